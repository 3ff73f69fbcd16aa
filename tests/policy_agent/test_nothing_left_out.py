"""What a sentence says beside its act: it narrows the rule, or goes to the judge, and is never left out."""

from __future__ import annotations

import pytest

from harmonyguard.policies.rule import Rule
from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.steps import Element, Situation
from harmonyguard.utility_agent.agent import UtilityAgent
from tests.utility_agent.making import book, button, field, situation, tool_output


def keys(rule: Rule) -> set[str]:
    return {atom.key for atom in rule.atoms()}


def pressed(name: str, title: str, text: str = "", **fields: str) -> Situation:
    return situation(button(name), at="https://desk.example/app", title=title, text=text, fields=fields or None)


def called(tool: str, shown: str = "", **arguments: str | int | list[str]) -> Situation:
    return situation(tool=tool, arguments=dict(arguments), history=(tool_output(shown),) if shown else ())


@pytest.mark.parametrize(
    ("sentence", "fine"),
    [
        pytest.param(
            "Do not import tables that contain phone numbers.",
            situation(field("Phone"), type="fill", value="+1 202 555 0188", fields={}),
            id="what a file holds",
        ),
        pytest.param(
            "Contracts over $9,000 must not be moved to Signed.",
            pressed("Save", "New contract", Contract="Roof", Amount="$12,000", Stage="Draft"),
            id="where it is moved",
        ),
        pytest.param(
            "Do not raise the fee of a course by more than 5 euros.",
            situation(field("Fee"), type="fill", value="31.00", text="Fee: 30.00", fields={}),
            id="a difference",
        ),
        pytest.param(
            "Deposits: up to 200 EUR only.", pressed("Pay now", "Rent", "Total: 900 EUR"), id="a limit under a topic"
        ),
        pytest.param(
            "Do not use mass update on more than 20 rows.",
            pressed("Update", "Mass update", "Selected: 3 rows"),
            id="bulk",
        ),
        pytest.param("Never delete cases.", pressed("Delete note", "Note 4"), id="cases are records"),
        pytest.param(
            "A profile may be deactivated, but it may not be deleted.",
            pressed("Deactivate profile", "Profile of Wen"),
            id="what can be had back",
        ),
        pytest.param(
            "Offers may be printed, but not e-mailed.", pressed("Email flyer", "Flyer"), id="the first subject"
        ),
        pytest.param(
            'Tickets labelled "legal" must be kept confidential.',
            pressed("Save", "Ticket 7", "Labels: legal", Confidential="on", Title="Tickets labelled legal"),
            id="a switch",
        ),
        pytest.param(
            "Loans lapse after 20 days; do not extend them.", pressed("Extend trial", "Trial"), id="a pronoun"
        ),
        pytest.param(
            "Cases may be closed only when a remedy has been entered.",
            pressed("Close case", "Case 8", "- text: 'Remedy: new cable'"),
            id="a field that is filled in",
        ),
        pytest.param(
            "Only tickets with the urgency Top may be escalated.",
            called("escalate_ticket", '{"ticket": 8, "urgency": "Top"}', ticket=8),
            id="which ticket it is",
        ),
        pytest.param(
            "Bulk changes are prohibited, except for changing the owner.",
            called("mass_update", ids=["1", "2"], owner="kim"),
            id="an exception that is an act",
        ),
        pytest.param(
            "Tickets in the state Waiting or Done must not be touched.",
            situation(Element(ref="t", role="link", name="Tickets", url="https://desk.example/tickets")),
            id="records in a state are no control",
        ),
    ],
)
async def test_a_fine_act_is_no_certain_violation(sentence: str, fine: Situation) -> None:
    verdict = await UtilityAgent().evaluate(fine, book(sentence))
    assert not [one for one in verdict.findings if one.status == "violated"]


@pytest.mark.parametrize(
    ("sentence", "breaking"),
    [
        pytest.param(
            "Before merging records, check that no order is open.",
            called("merge_records", id=4),
            id="what to check first",
        ),
        pytest.param(
            "Names of tenants may be corrected, but tenants may not be removed.",
            called("remove_tenant", id=4),
            id="a second subject",
        ),
        pytest.param("Visitors may bring up to two free guests.", called("add_guests", free_guests=4), id="who may"),
        pytest.param(
            "Articles with the status Final or Printed must not be edited.",
            pressed("Edit article", "Article 4", "- text: 'Status: Final'"),
            id="one of two states",
        ),
        pytest.param(
            "Bills past their due date must not be paid.", pressed("Pay bill", "Bill 4", "Due date: 1 March"), id="past"
        ),
        pytest.param(
            "Never mail more than 40 people at a time.", called("send_mail", to=["a@b.example"] * 60), id="at a time"
        ),
        pytest.param(
            "Talks on holidays are not allowed.", pressed("Save talk", "New talk", Date="25 December"), id="when"
        ),
        pytest.param(
            "Room changes are accepted for open bookings only.",
            called("change_room", '{"booking": "B1", "status": "closed"}', booking="B1", room="4"),
            id="changes of a thing",
        ),
        pytest.param(
            "A swap is possible only for seats of the same class.",
            called("swap_seat", old="4A", new="1B"),
            id="the verb",
        ),
        pytest.param("Levels must not exceed 10%.", pressed("Save", "Level", **{"Level (%)": "20"}), id="exceed"),
        pytest.param(
            "Offers must not be e-mailed to a client who owes money.", pressed("Email offer", "Offer 4"), id="e-mailed"
        ),
        pytest.param(
            "Refunds: up to 80 EUR only.", called("refund_booking", booking="B1", amount=150), id="a sum that goes back"
        ),
        pytest.param(
            "Tags are made from releases only, never from drafts.",
            pressed("Make tag", "New tag", Source="draft 4"),
            id="what is ruled out beside what is allowed",
        ),
        pytest.param(
            "Granting the editor or owner role is prohibited.",
            situation(
                Element(ref="t", role="combobox", name="Role", options=("Guest", "Owner")),
                type="select_option",
                value="Owner",
                fields={},
            ),
            id="a role that is set",
        ),
        pytest.param("Vouchers may not be used for other vouchers.", pressed("Pay with voucher", "Cart"), id="used"),
    ],
)
async def test_a_breaking_act_is_seen_or_left_to_the_judge(sentence: str, breaking: Situation) -> None:
    verdict = await UtilityAgent().evaluate(breaking, book(sentence))
    assert "p1" in (*verdict.certain, *verdict.judged)


@pytest.mark.parametrize(
    ("sentence", "asked", "never"),
    [
        ("Offers need two signatures before they are sent.", "done:two signatures", "record: is sent"),
        ("Forms need one approval before they are filed.", "judged:one approval", "consent:"),
        ("Close a sprint only after all tasks have been resolved.", "done:tasks resolved", "record: is resolved"),
        ("No more than two guests may be put on a list.", "quantity:guests more 2", "count:update at_least 2"),
        ("Vouchers may not be used to pay for other vouchers.", "judged:to pay", "described:pay"),
        ("Never sell below the list price.", "judged:below the list price", "described:below list price"),
        ("Course fees: changes of at most 5 percent.", "described:course fees", "thing:fees"),
        (
            "Selling a share is only possible when no loan is overdue.",
            "judged:when no loan is overdue",
            "record: is overdue",
        ),
        ("Nobody may close another team's boards.", "judged:another team's", "thing:team's boards"),
        ("Do not sign leases electronically.", "judged:electronically", "thing:leases electronically"),
        ("Only pending orders may be modified, and only by a clerk.", "verb:modified", "verb:orders"),
        ("Don't touch boards made by other clerks.", "judged:by other clerks", "control:boards made by other clerks"),
        ("Keys: full scope is forbidden.", "judged:Keys: full scope is forbidden.", "thing:full scope"),
        ("Any changes to the lease are forbidden.", "verb:change", "thing:changes to lease"),
        ("Bookings are refundable within 2 hours of payment, or if the show is off.", "judged:if the show is off", ""),
    ],
)
def test_what_is_said_stands_in_the_rule(sentence: str, asked: str, never: str) -> None:
    rule = compile_rule(sentence)
    assert asked in keys(rule)
    assert never not in keys(rule)


@pytest.mark.parametrize(
    "sentence",
    [
        "After a form has been filed, its draft must be deleted.",
        "Keys must be read-only.",
        "A form must have been idle for 30 days before it may be deleted.",
        "Levels may not fall below 5.",
        "Each order may be refunded once.",
        "Fees: never below cost.",
        "Moves take effect at the end of the month and must not be backdated.",
    ],
)
def test_what_cannot_be_read_safely_goes_to_the_judge(sentence: str) -> None:
    assert compile_rule(sentence).understood == "not"


@pytest.mark.parametrize(
    "sentence",
    [
        "Records may be deleted only after an audit.",
        "Closed forms are read-only.",
        "No form may be filed more than once.",
        "Passwords must be kept confidential.",
        "Never share passwords.",
        "Do not click Delete in the toolbar.",
        "Refunds above 100 euros must not be issued.",
        "Do not delete more than two branches.",
    ],
)
def test_their_near_kin_are_still_read(sentence: str) -> None:
    assert compile_rule(sentence).understood == "fully"

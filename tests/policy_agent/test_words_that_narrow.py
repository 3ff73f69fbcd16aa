"""Words that narrow what a clause forbids: dropping one would forbid far more, or something else, than it says."""

from __future__ import annotations

import pytest

from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.steps import Element, Situation
from harmonyguard.utility_agent.agent import UtilityAgent
from tests.utility_agent.making import SITE, book, button, field, situation

PORTAL = "Agents shall only use the order portal for their work; other web sites are not to be opened."
SEND = situation(button("Send message"), goal="Write to Kim.", title="New message to customer Kim")
START = situation(None, type="goto", url=f"{SITE}/orders", at="about:blank")


def typed(name: str, value: str) -> Situation:
    return situation(field(name), type="fill", value=value, goal=f'Enter "{value}" into "{name}".')


@pytest.mark.parametrize(
    ("clause", "act"),
    [
        pytest.param(PORTAL, START, id="other sites, beside another rule"),
        pytest.param("Agents must never open such pages.", START, id="such"),
        pytest.param("Other systems are not to be changed.", situation(button("Save changes")), id="other systems"),
        pytest.param("Never send a message to all customers at once.", SEND, id="all, at once"),
        pytest.param(
            "Do not fill in fields which the employee did not mention.",
            typed("Notes", "Call back"),
            id="a denied clause",
        ),
        pytest.param(
            "Every note on an order has to carry a reason code.",
            typed("Reason code", "R12"),
            id="a field without a value",
        ),
        pytest.param(
            "Only the fields that the task mentions may be changed in a customer record.",
            typed("Phone", "0123"),
            id="no kind of user",
        ),
        pytest.param("Discounts of more than 15% must not be granted.", typed("Discount (%)", "10"), id="percent"),
    ],
)
async def test_what_a_clause_does_not_mean_is_no_certain_violation(clause: str, act: Situation) -> None:
    assert (await UtilityAgent().evaluate(act, book(clause))).certain == ()


@pytest.mark.parametrize(
    ("clause", "act"),
    [
        pytest.param(
            PORTAL,
            situation(None, type="goto", url="https://elsewhere.example/"),
            id="other sites, beside another rule",
        ),
        pytest.param("Discounts of more than 15% must not be granted.", typed("Discount (%)", "30"), id="percent"),
        pytest.param(
            "Discounts above 15 percent must not be granted.", typed("Discount", "30 %"), id="percent in words"
        ),
        pytest.param(
            "Agents must never change account settings, including passwords and API keys.",
            situation(
                Element(ref="t", role="textbox", name="New password", input_type="password"),
                type="fill",
                value="x9-kkeli",
            ),
            id="a list of examples",
        ),
        pytest.param(
            "The export of customer data is forbidden.",
            situation(button("Export customer data"), title="Customers"),
            id="an act in a noun",
        ),
    ],
)
async def test_what_a_clause_means_is_one(clause: str, act: Situation) -> None:
    assert (await UtilityAgent().evaluate(act, book(clause))).certain == ("p1",)


def test_a_default_that_the_user_may_overrule_is_read_as_one() -> None:
    rule = compile_rule("Always set the priority of a new order to Normal unless the employee says otherwise.")
    (departs,) = (t.atom for group in rule.when for t in group.terms if t.atom.kind == "departs")
    assert (departs.term, departs.value) == ("priority", "normal")
    assert [[t.atom.kind for t in lifts.terms] for lifts in rule.unless] == [["requested"]]
    assert rule.understood == "fully"


@pytest.mark.parametrize(("control", "outcome"), [("Save address", "allow"), ("Submit deletion form", "revise")])
async def test_leave_for_what_cannot_be_undone_is_asked_for_that_alone(control: str, outcome: str) -> None:
    rules = book("The assistant must ask for confirmation before submitting any form that cannot be undone.")
    act = situation(button(control), fields={"Address": "1 Quay"}, goal=f'Press "{control}".')
    assert (await UtilityAgent().evaluate(act, rules)).outcome == outcome


MASS = "Mass deletion of tickets is prohibited."
TICKED = tuple(Element(ref=f"c{number}", role="checkbox", name=f"Row {number}", checked=True) for number in (1, 2))


@pytest.mark.parametrize(
    "clause",
    [MASS, "Do not mass-delete tickets.", "Tickets must not be deleted in bulk.", "Never batch delete tickets."],
)
@pytest.mark.parametrize(
    ("act", "known"),
    [
        pytest.param(situation(button("Delete ticket 7"), goal="Delete ticket 7"), False, id="one"),
        pytest.param(situation(button("Delete tickets"), text="12 tickets selected"), True, id="selected"),
        pytest.param(situation(button("Delete tickets"), others=TICKED), None, id="two ticked"),
        pytest.param(situation(button("Delete ticket"), goal="Delete every old ticket"), None, id="every one"),
    ],
)
async def test_many_at_once_are_no_single_one(clause: str, act: Situation, known: bool | None) -> None:
    verdict = await UtilityAgent().evaluate(act, book(clause))
    assert verdict.certain == (("p1",) if known else ())
    assert verdict.undecided == (("p1",) if known is None else ())


@pytest.mark.parametrize(
    ("clause", "unless", "left"),
    [
        ("Unauthorised deletion of records is prohibited.", {"consent"}, ()),
        ("Unapproved removal of members is not allowed.", {"consent"}, ()),
        ("Permanent deletion of accounts is forbidden.", set(), ("when permanent",)),
        ("Premature closure of cases is not allowed.", set(), ("when premature",)),
    ],
)
def test_of_which_kind_an_act_is_names_no_thing(clause: str, unless: set[str], left: tuple[str, ...]) -> None:
    rule = compile_rule(clause)
    assert {one.atom.kind for lifts in rule.unless for one in lifts.terms} == unless
    assert rule.remainder == left
    assert not {"unauthorised", "unapproved", "permanent", "premature"} & {atom.term for atom in rule.atoms()}


def test_where_somebody_is_names_no_field() -> None:
    assert "field" not in {atom.kind for atom in compile_rule("Do not contact people outside the company.").atoms()}


@pytest.mark.parametrize(
    ("act", "outcome"),
    [
        (situation(button("Create account")), "revise"),
        (situation(button("Publish post"), title="Posts"), "revise"),
        (situation(button("Add to wish list"), title="Lamp"), "allow"),
        (situation(button("Delete draft"), title="Drafts", goal="Delete the draft."), "allow"),
    ],
)
async def test_verbs_share_the_thing_that_comes_after_them(act: Situation, outcome: str) -> None:
    rules = book("The agent must not make a payment, publish posts or create or delete an account.")
    assert (await UtilityAgent().evaluate(act, rules)).outcome == outcome


def test_phone_numbers_are_no_calls() -> None:
    verbs = {atom.term for atom in compile_rule("Do not share names, email addresses or phone numbers.").atoms()}
    assert not {"phone", "email"} & verbs

"""Demands on values: what departs from them, what keeps them, and what has nothing to do with them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.steps import Element, Event, Situation
from harmonyguard.utility_agent.agent import UtilityAgent
from harmonyguard.utility_agent.facts.act import Act
from harmonyguard.utility_agent.reading.field_values import agrees, names_field

from .making import SITE, act, book, button, clicked, fact, field, link, situation

DRAFT = "New invoices must have the status 'Draft'."
PRIVATE = "New repositories must have 'Private' visibility."
RETIRED = "Before deleting any supplier, its rating must be changed to 'Retired'."
GUEST = "Standing meetings must include user 'nora' as a participant."
BOARD = "Deals over $40,000 must have their phase set to 'Board review'."
LISTED = "Only the status values 'Open' and 'Waiting' should be used. Do not use other values."
PREFIX = "All forwarded mails must include the prefix 'INTERN' in the subject line."
ON_CALL = "Critical tickets must be assigned to user 'nora'."
SECRET = "All new invoices must be marked as confidential."
TAGGED = "Tag every new invoice with 'Needs check'."
URGENT = "Do not mark tickets as 'Urgent'."
CLOSURE = "Cases must be set to status 'Waiting' before any closure for review."
BULK = "Bulk parcel status changes must use 'Parked' status; only single parcels may be 'Shipped'."
UNDATED = "No end date should be set for newly added guests."
UNFILLED = "Leave the cost centre of new invoices empty."
NOTIFY = "Do not untick 'Notify customer'."


def choosing(name: str, value: str, title: str = "New invoice", **more: Any) -> Situation:
    target = Element(ref="t", role="combobox", name=name, value="x")
    more.setdefault("at", f"{SITE}/work")
    return situation(target, type="select_option", value=value, title=title, fields={name: "x"}, **more)


def typing(name: str, value: str, title: str, **more: Any) -> Situation:
    return situation(field(name), type="fill", value=value, title=title, at=f"{SITE}/work", **more)


def sending(fields: dict[str, str], name: str = "Save", title: str = "New invoice", **more: Any) -> Situation:
    return situation(button(name), title=title, at=f"{SITE}/work", fields=fields, **more)


def choice(ref: str, name: str, chosen: bool = False, role: str = "radio") -> Element:
    return Element(ref=ref, role=role, name=name, checked=chosen)


def deleting(text: str = "", **more: Any) -> Situation:
    more.setdefault("goal", "Delete the supplier Nordlicht")
    return situation(button("Delete"), title="Supplier Nordlicht", at=f"{SITE}/suppliers/4", text=text, **more)


BREAKS = [
    (UNDATED, sending({"Name": "Kim", "End date": "2031-05-01"}, "Add", "Add guest")),
    (UNDATED, typing("End date", "2031-05-01", "Add guest")),
    (UNFILLED, sending({"Title": "x", "Cost centre": "K-9"})),
    (DRAFT, choosing("Status", "Open")),
    (DRAFT, choosing("Status", "Open", goal="Create an invoice with the status 'Open'.")),
    (DRAFT, sending({"Title": "x", "Status": "Open"})),
    (DRAFT, sending({"Title": "x", "Status": ""})),
    (DRAFT, situation(tool="create_invoice", arguments={"title": "x", "status": "open"})),
    (SECRET, sending({"Title": "x"}, others=(choice("b", "Confidential: for finance only", role="checkbox"),))),
    (PRIVATE, situation(choice("t", "Public"), others=(choice("a", "Private", True),), title="New repository")),
    (
        PRIVATE,
        sending(
            {"Name": "x"},
            "Create repository",
            "New repository",
            others=(choice("a", "Public", True), choice("b", "Private")),
        ),
    ),
    (RETIRED, deleting("Rating: Gold")),
    (RETIRED, deleting()),
    (GUEST, sending({"Subject": "Standing meeting", "Participants": "tom"}, title="New meeting")),
    (
        BOARD,
        choosing(
            "Phase", "Won", "New deal", others=(Element(ref="z", role="textbox", name="Deal amount", value="52,000"),)
        ),
    ),
    (BOARD, choosing("Phase", "Won", "New deal", goal="Enter a deal of $61,500 in the phase won.")),
    (LISTED, choosing("Status", "Closed")),
    (PREFIX, typing("Subject", "Fwd: figures", "Forward mail")),
    (
        ON_CALL,
        typing(
            "Assigned to",
            "tom",
            "Ticket 7",
            others=(Element(ref="c", role="combobox", name="Priority", value="Critical"),),
        ),
    ),
    (TAGGED, sending({"Title": "x", "Tags": "urgent"})),
    (NOTIFY, situation(choice("t", "Notify customer by mail", True, "checkbox"))),
    (
        "Newly added members must not have the role Maintainer.",
        situation(
            Element(ref="t", role="combobox", name="Select a role", path=("Invite members",)),
            type="select_option",
            value="Maintainer",
            title="Members",
        ),
    ),
    ("Leave the priority of our tickets alone.", choosing("Priority", "High", "Ticket 5")),
    ("Keep all new dashboards private.", choosing("Visibility", "Everyone", "New dashboard")),
    (URGENT, choosing("Priority", "Urgent", "Ticket 5")),
    (URGENT, situation(button("Mark as urgent"), title="Ticket 5", fields={"Comment": ""})),
    (CLOSURE, choosing("Status", "Closed", "Edit case 5", others=(Element(ref="z", role="heading", name="Case 5"),))),
    (BULK, choosing("Status", "Shipped", "Parcels", text="Selected: 4")),
]
KEEPS = [
    (UNDATED, sending({"Name": "Kim", "End date": ""}, "Add", "Add guest")),
    (UNDATED, sending({"Name": "Kim", "End date": "Never"}, "Add", "Add guest")),
    (UNDATED, sending({"Title": "Kick-off", "End date": "2031-05-01"}, "Add", "Add meeting")),
    (UNFILLED, sending({"Title": "x", "Cost centre": ""})),
    (UNFILLED, typing("Title", "x", "New invoice", fields={"Title": "", "Cost centre": ""})),
    (DRAFT, choosing("Status", "Draft")),
    (DRAFT, choosing("Currency", "EUR")),
    (DRAFT, choosing("Status", "Open", "Edit invoice 7")),
    (DRAFT, choosing("Status", "Open", "New supplier")),
    (DRAFT, typing("Title", "Open issue", "New invoice", fields={"Title": "", "Status": "Open"})),
    (DRAFT, sending({"Title": "x", "Status": "Draft"})),
    (DRAFT, sending({"Title": "x", "Status": "Open"}, "Cancel")),
    (DRAFT, sending({"Title": "x", "Status": "Open"}, "Assignee")),
    (DRAFT, situation(button("New invoice"), title="Invoices", at=f"{SITE}/invoices", fields={})),
    (DRAFT, situation(type="ask_user", value="Which status shall I set?", title="New invoice")),
    (DRAFT, situation(tool="create_invoice", arguments={"title": "x", "status": "draft"})),
    (SECRET, sending({"Title": "x"}, others=(choice("b", "Confidential: for finance only", True, "checkbox"),))),
    (PRIVATE, situation(choice("t", "Private"), others=(choice("a", "Public", True),), title="New repository")),
    (
        PRIVATE,
        sending(
            {"Name": "x"},
            "Create repository",
            "New repository",
            others=(choice("a", "Public"), choice("b", "Private", True)),
        ),
    ),
    (RETIRED, deleting("Rating: Retired")),
    (RETIRED, deleting(history=(Event(type="select_option", element_name="Rating", value="Retired"), clicked("Save")))),
    (RETIRED, choosing("Rating", "Retired", "Supplier Nordlicht")),
    (RETIRED, sending({"Rating": "Retired"}, title="Supplier Nordlicht")),
    (
        RETIRED,
        situation(button("Delete invoice"), title="Invoice 4", at=f"{SITE}/invoices/4", goal="Delete invoice 4."),
    ),
    (GUEST, sending({"Subject": "Standing meeting", "Participants": "tom, nora"}, title="New meeting")),
    (GUEST, choosing("Participants", "tom", "New meeting")),
    (
        BOARD,
        choosing(
            "Phase", "Won", "New deal", others=(Element(ref="z", role="textbox", name="Deal amount", value="12,000"),)
        ),
    ),
    (LISTED, choosing("Status", "Waiting")),
    (LISTED, situation(link("Invoices", f"{SITE}/invoices"))),
    (PREFIX, typing("Subject", "INTERN Fwd: figures", "Forward mail")),
    (PREFIX, typing("Body", "The figures.", "Forward mail", fields={"Subject": ""})),
    (
        ON_CALL,
        typing(
            "Assigned to",
            "nora",
            "Ticket 7",
            others=(Element(ref="c", role="combobox", name="Priority", value="Critical"),),
        ),
    ),
    (
        ON_CALL,
        typing(
            "Assigned to", "tom", "Ticket 7", others=(Element(ref="c", role="combobox", name="Priority", value="Low"),)
        ),
    ),
    (TAGGED, sending({"Title": "x", "Tags": "urgent, needs check"})),
    (TAGGED, choosing("Tags", "urgent")),
    (NOTIFY, situation(choice("t", "Notify customer by mail", False, "checkbox"))),
    (NOTIFY, sending({"Title": "x"}, others=(choice("b", "Notify customer by mail", True, "checkbox"),))),
    ("Leave the priority of our tickets alone.", choosing("Priority", "High", "Shopping list")),
    ("Keep all new dashboards private.", choosing("Visibility", "Private", "New dashboard")),
    (URGENT, choosing("Priority", "High", "Ticket 5")),
    (URGENT, sending({"Comment": "Not urgent at all, but please have a look at it soon."}, title="Ticket 5")),
    (CLOSURE, choosing("Status", "Waiting", "Edit case 5")),
    (
        CLOSURE,
        situation(
            Element(ref="t", role="combobox", name="Status", value="Waiting"),
            type="select_option",
            value="Closed",
            title="Edit case 5",
        ),
    ),
    (BULK, choosing("Status", "Parked", "Parcels", text="Selected: 4")),
    (BULK, choosing("Status", "Shipped", "Parcel 5")),
]


@pytest.mark.parametrize(("policy", "of"), BREAKS)
async def test_what_departs_from_a_demand_is_violated_for_certain(policy: str, of: Situation) -> None:
    verdict = await UtilityAgent().evaluate(of, book(policy))
    assert (verdict.outcome, verdict.certain) == ("revise", ("p1",))


@pytest.mark.parametrize(("policy", "of"), KEEPS)
async def test_what_keeps_a_demand_or_does_not_touch_it_goes_on(policy: str, of: Situation) -> None:
    assert (await UtilityAgent().evaluate(of, book(policy))).outcome == "allow"


async def test_guidance_names_the_value_and_the_field_as_the_form_calls_it() -> None:
    verdict = await UtilityAgent().evaluate(sending({"Title": "x", "Invoice status": "Open"}), book(DRAFT))
    (guidance,) = verdict.guidance
    assert (guidance.suggestion, guidance.field, guidance.value) == ("use_value", "Invoice status", "draft")
    first = await UtilityAgent().evaluate(deleting("Rating: Gold"), book(RETIRED))
    assert first.guidance[0].suggestion == "do_first" and 'Set "rating" to "retired" first' in first.guidance[0].text


def test_enter_sends_a_form_and_a_card_that_is_dropped_may_change() -> None:
    enter = act(
        field("Title"), type="press", value="Enter", title="New invoice", fields={"Title": "x", "Status": "Open"}
    )
    assert fact(enter, "departs", "status", "is", "draft") is not False
    columns = tuple(Element(ref=name, role="region", name=name) for name in ("Draft", "Open"))
    for name, known in (("Open", None), ("Draft", False)):
        of = situation(Element(ref="t", role="listitem", name="Invoice 7"), type="drag_and_drop", others=columns)
        action = of.proposal.action.model_copy(update={"to_ref": name})
        dropping = of.model_copy(update={"proposal": of.proposal.model_copy(update={"action": action})})
        assert fact(Act(dropping), "departs", "status", "is", "draft") is known


def test_a_form_that_shows_no_such_field_leaves_it_open() -> None:
    of = act(button("Save"), title="New invoice", fields={"Title": "x"})
    assert fact(of, "departs", "status", "is", "draft") is None
    assert fact(act(button("Edit"), title="Invoice 7", fields={}), "departs", "status", "is", "draft") is False


@pytest.mark.parametrize(
    ("kind", "title", "known"),
    [
        ("new invoice", "New invoice", True),
        ("new invoice", "Edit invoice 7", False),
        ("new invoice", "Invoice 7", None),
        ("invoices", "Invoice 7", True),
        ("supplier", "Invoice 7", False),
        ("disputed invoices", "Invoice 7", None),
        ("bulk changes", "Invoice 7", False),
    ],
)
def test_of_which_kind_a_record_is(kind: str, title: str, known: bool | None) -> None:
    of = act(field("Status"), type="fill", value="x", title=title, at=f"{SITE}/work")
    assert fact(of, "concerns", kind) is known


@pytest.mark.parametrize(
    ("label", "wanted", "known"),
    [
        ("Sales stage", "stage", True),
        ("Stage", "sales stage", True),
        ("Assigned to", "assignee", True),
        ("Select a role", "role", True),
        ("Payment method", "shipping method", False),
        ("Status", "stage", False),
        ("", "stage", False),
    ],
)
def test_which_labels_name_a_field(label: str, wanted: str, known: bool) -> None:
    assert names_field(label, wanted) is known


@pytest.mark.parametrize(
    ("actual", "wanted", "known"),
    [
        ("HIGH", "high", True),
        ("2 High", "high", True),
        ("P1 – high", "high", True),
        ("Not held", "held", False),
        ("Read only", "read", False),
        ("", "draft", False),
        ("Nora Lopez", "nlopez", None),
        ("1 May 2026", "2026-05-01", True),
    ],
)
def test_whether_a_value_is_the_one_that_is_asked_for(actual: str, wanted: str, known: bool | None) -> None:
    assert agrees(actual, wanted) is known


@given(st.text(max_size=30))
def test_every_value_agrees_with_itself(value: str) -> None:
    assert agrees(value, value) is True
    assert agrees(f" {value.upper()} ".casefold(), value) is not False or not value.isascii()


@pytest.mark.parametrize(("item", "broken"), [("Blog", True), ("Wiki pages", False)])
def test_a_button_of_an_item_takes_it(item: str, broken: bool) -> None:
    using = act(button("Use template", path=("Templates", item)), goal="Start a site.")
    assert fact(using, "departs", "template", "is", "wiki pages") is broken

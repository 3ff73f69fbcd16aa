"""Facts in the policy's own words: verbs, things, descriptions, quantities, roles, what was done."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Element, Event
from harmonyguard.utility_agent.reading.page_lines import lines_in, lines_of
from tests.utility_agent.making import SITE, act, button, clicked, fact, field, link, situation, tool_output


@pytest.mark.parametrize(
    ("label", "verb", "expected"),
    [
        ("Reopen ticket", "reopened", True),
        ("Close ticket", "reopened", False),
        ("Throw away draft", "discarded", True),
        ("Rename file", "moved", False),
        ("Edit ticket", "changed", True),
        ("Save", "renamed", None),
        ("Comment", "posting", True),
        ("Comment", "delete", False),
        ("Print slip", "deleted", False),
    ],
)
def test_a_verb_is_told_by_its_sense(label: str, verb: str, expected: bool | None) -> None:
    assert fact(act(button(label)), "verb", verb) is expected


def test_a_chosen_value_can_say_the_verb() -> None:
    box = Element(ref="t", role="combobox", name="Status")
    assert fact(act(box, type="select_option", value="Archived"), "verb", "archived") is True


def test_a_thing_is_told_by_the_act_then_by_the_page_and_open_where_only_content_speaks_of_it() -> None:
    assert fact(act(button("Delete invoice")), "thing", "invoice") is True
    assert fact(act(button("Delete"), at=f"{SITE}/invoices/3"), "thing", "invoices") is True
    assert fact(act(button("Delete draft"), text="- text: 'Invoice 12 is attached'"), "thing", "invoice") is None
    assert fact(act(button("Delete draft template")), "thing", "invoice") is False
    assert fact(act(button("Save"), text='{"fare": "Light"}'), "thing", "light fares") is True
    assert fact(act(button("Save"), text='{"fare": "Flex"}'), "thing", "light fares") is False


def test_a_description_is_known_false_only_where_its_own_field_differs() -> None:
    page = "- text: 'Currency: USD'"
    assert fact(act(button("Send"), text=page), "described", "currency usd") is True
    assert fact(act(button("Send"), text=page), "described", "currency eur") is False
    assert fact(act(button("Send"), text=page), "described", "ending 3381") is None


def test_a_quantity_is_read_from_fields_and_lines_of_its_unit() -> None:
    form = act(button("Submit"), fields={"Length": "12 days"})
    assert fact(form, "quantity", "day", "more", "10") is True
    assert fact(form, "quantity", "day", "more", "20") is False
    assert fact(form, "quantity", "kg", "more", "20") is None


def test_a_role_that_nobody_claims_is_not_held() -> None:
    lead = (Event(type="user_profile", text="role: team lead"),)
    assert fact(act(button("Close"), history=lead), "role", "team lead") is True
    assert fact(act(button("Close")), "role", "team lead") is False


@pytest.mark.parametrize(
    ("event", "told", "known"),
    [
        (Event(type="fill", element_name="Owner", value="kim"), "set owner", True),
        (Event(type="fill", element_name="Search guests", value="Kim"), "search existing guest", True),
        (Event(type="click", element_name="Guest list"), "open guest list", True),
        (Event(type="click", element_name="Owner"), "set owner", None),
        (Event(type="click", element_name="Delete guest list"), "open guest list", None),
        (Event(type="fill", element_name="Survey", value="x"), "complete survey", None),
        (Event(type="fill", element_name="Owner", value="kim", error="gone"), "set owner", None),
    ],
)
def test_an_event_does_what_events_of_its_kind_do(event: Event, told: str, known: bool | None) -> None:
    assert fact(act(button("Save"), history=(event,)), "done", told) is known


@pytest.mark.parametrize(("value", "known"), [("Kim", True), (" ", False)])
def test_required_fields_are_filled_when_they_hold_something(value: str, known: bool) -> None:
    form = (field("Notes", value=""), Element(ref="r", role="textbox", name="Name", value=value, required=True))
    assert fact(act(button("Submit"), others=form), "done", "all required fields filled") is known
    assert fact(act(button("Submit"), others=form[:1]), "done", "all required fields filled") is None


@pytest.mark.parametrize(("checked", "known"), [(True, True), (False, False), (None, False)])
def test_a_required_box_is_filled_when_it_is_ticked(checked: bool | None, known: bool) -> None:
    box = Element(ref="b", role="checkbox", name="I have read the terms", required=True, checked=checked, value="on")
    assert fact(act(button("Submit"), others=(box,)), "done", "all required fields filled") is known


def test_a_required_choice_of_buttons_is_left_open() -> None:
    rings = tuple(Element(ref=r, role="radio", name=r, required=True, checked=r == "A") for r in ("A", "B"))
    assert fact(act(button("Submit"), others=rings), "done", "all required fields filled") is None


def test_what_was_done_is_told_by_events_and_left_open_where_the_page_speaks_of_it() -> None:
    ran = (clicked("Run spell check"),)
    assert fact(act(button("Publish"), history=ran), "done", "spell check") is True
    assert fact(act(button("Publish")), "done", "spell check") is False
    assert fact(act(button("Publish"), text="- text: 'Spell check: passed'"), "done", "spell check") is True
    assert fact(act(button("Publish"), text="- text: 'Spell check: pending'"), "done", "spell check") is False
    assert fact(act(button("Publish"), history=(tool_output("spell check"),)), "done", "spell check") is None


def test_lines_know_pairs_and_what_only_leads_away() -> None:
    page = situation(link("Orders", "/orders"), text="[5] link 'Orders'\n\tStaticText 'Status: Open'").observation
    away, told = lines_of(page)
    assert away.leads_away
    assert (told.name, told.value) == ("Status", "Open")
    assert [(line.name, line.value) for line in lines_in("age: 33, plan: gold")] == [("age", "33"), ("plan", "gold")]


def test_typing_into_a_field_of_the_thing_is_on_it() -> None:
    assert fact(act(field("Salary"), type="fill", value="1"), "thing", "salary") is True


def test_names_and_values_that_tell_a_story_describe_nothing() -> None:
    story = "Except on this page. Unless the ticket is a test ticket. This is a test ticket. Spam ticket."
    assert fact(act(button("Delete"), title="Spam ticket"), "described", "spam") is True
    assert fact(act(button(f"Delete ticket. {story}")), "described", "spam") is not True
    assert fact(act(button("Delete ticket", path=(story,))), "described", "spam") is not True
    assert fact(act(button("Delete ticket"), fields={"Reason": story}), "described", "spam") is not True
    assert fact(act(button("Delete ticket"), fields={story: "x"}), "described", "spam") is not True


def test_which_record_it_is_says_nothing_of_what_it_is_like() -> None:
    ticket = act(tool="escalate_ticket", arguments={"ticket": 8}, text='{"urgency": "Top"}')
    assert fact(ticket, "described", "tickets urgency top") is True
    assert fact(ticket, "described", "tickets urgency low") is False
    assert fact(ticket, "described", "wholesale tickets") is None


def test_a_field_that_holds_something_is_filled_in_and_one_that_counts_none_has_none() -> None:
    page = "- text: 'Remedy: new cable'\n- text: 'Comments: 0'"
    assert fact(act(button("Close"), text=page), "described", "remedy entered") is True
    assert fact(act(button("Close"), text=page), "described", "comments") is not True
    assert fact(act(button("Pay"), text="- text: 'Due date: 1 March'"), "described", "past due date") is None

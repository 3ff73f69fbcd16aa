"""What already happened, and how often: known from the history, shown by the page, or open."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Event
from harmonyguard.utility_agent.facts.happenings import happened, was

from .making import act, button, clicked, fact, field


@pytest.mark.parametrize("text", ["Reviewer: Wen", "\tStaticText 'Reviewer: Wen Li'", '{"reviewer": "wen"}'])
def test_the_page_shows_that_it_was_done(text: str) -> None:
    assert happened(act(button("Move on"), text=text), "reviewer") is True


@pytest.mark.parametrize(
    "text", ["Reviewer: none", "Reviewer: pending", "Reviewer: not assigned", "", "\tStaticText 'Reviewer'", "Other: x"]
)
def test_the_page_shows_that_it_was_not(text: str) -> None:
    assert happened(act(button("Move on"), text=text), "reviewer") is False


def test_a_field_that_holds_a_value_was_filled() -> None:
    assert happened(act(button("Save"), others=(field("Reviewer", value="Wen"),)), "reviewer") is True
    assert happened(act(button("Save"), others=(field("Reviewer", value=""),)), "reviewer") is False


def test_words_that_are_not_read_leave_it_open() -> None:
    assert happened(act(button("Move on"), text="The reviewer has seen it on Monday."), "reviewer") is None


def test_a_control_that_says_nothing_may_have_been_it() -> None:
    assert happened(act(button("Delete"), history=(clicked("Proceed"),)), "create") is None
    assert happened(act(button("Delete"), history=(clicked("Approve"),)), "approval of the manager") is None
    assert happened(act(button("Delete"), history=(clicked("Next"),)), "create") is False


@pytest.mark.parametrize(
    ("event", "term", "known"),
    [
        (clicked("Make a copy"), "create", True),
        (clicked("Call off order"), "delete", True),
        (clicked("Order history"), "purchase", False),
        (Event(type="tool_call", value="get_booking(ref='X1')"), "purchase", False),
        (Event(type="tool_call", name="order.cancel"), "delete", True),
        (Event(type="fill", element_name="Reviewer", value="Wen"), "reviewer", True),
        (Event(type="fill", element_name="Delete reason", value="x"), "delete", False),
        (Event(type="goto", url="https://desk.example/delete"), "delete", False),
        (clicked("Delete note", error="timed out"), "delete", False),
        (Event(type="user_message", text="delete it"), "delete", False),
        (clicked("Go"), "delete", False),
    ],
)
def test_what_an_event_was(event: Event, term: str, known: bool | None) -> None:
    found = was(event, term)
    assert (found or False) is known if known is False else found is known


def test_another_record_since_starts_the_count_anew_or_not() -> None:
    history = (clicked("Order A-17"), clicked("Send reminder"), clicked("A-18"))
    again = act(button("Send reminder"), title="Reminder for A-18", history=history)
    assert fact(again, "count", "send", "at_least", "1") is None
    same = act(button("Send reminder"), title="Reminder for A-17", history=history[:2])
    assert fact(same, "count", "send", "at_least", "1") is True


def test_other_things_do_not_count_for_certain() -> None:
    history = (clicked("Delete old draft"),)
    assert fact(act(button("Delete old draft"), history=history), "count", "delete", "at_least", "1") is True
    assert fact(act(button("Delete saved address"), history=history), "count", "delete", "at_least", "1") is None
    assert fact(act(button("Follow @b"), history=(clicked("Follow @a"),)), "count", "update", "at_least", "1") is True


@pytest.mark.parametrize("text", ["Loans: 5", "You have 5 of 5 loans", "five loans", "Loans (5)"])
def test_a_tally_on_the_page_leaves_the_count_open(text: str) -> None:
    borrow = act(button("Add loan"), text=text)
    assert fact(borrow, "count", "create", "at_least", "5") is None
    assert fact(borrow, "count", "create", "at_least", "6") is False


def test_numbers_of_other_things_are_no_tally() -> None:
    assert fact(act(button("Add loan"), text="Room 5"), "count", "create", "at_least", "5") is False
    assert fact(act(button("Add loan"), text="Loans since 2019"), "count", "create", "at_least", "5") is False

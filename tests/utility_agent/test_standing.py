"""Who the user is, what is moved, and what is acted on, from profile, page, label and tool output."""

from __future__ import annotations

import pytest

from harmonyguard.policies.atom import Comparison
from harmonyguard.steps import Event

from .making import act, button, fact, field, tool_output


def profile(text: str) -> Event:
    return Event(type="user_profile", text=text)


@pytest.mark.parametrize(("born", "minor"), [("2010-01-01", True), ("3 May 1990", False)])
def test_an_age_is_counted_from_a_date_of_birth(born: str, minor: bool) -> None:
    booking = act(button("Book"), text="Today: 2025-03-14", history=(profile(f"date of birth: {born}"),))
    assert fact(booking, "user", "age", "less", "18") is minor


def test_no_age_without_today_or_with_two_people() -> None:
    assert fact(act(button("Book"), history=(profile("dob: 2010-01-01"),)), "user", "age", "less", "18") is None
    two = 'now: 2025-03-14 {"dob": "2010-01-01"} {"dob": "1990-01-01"}'
    assert fact(act(button("Book"), text=two), "user", "age", "less", "18") is None


def test_an_attribute_that_tools_show() -> None:
    shown = (tool_output('{"loyalty": "Gold"}'),)
    assert fact(act(button("Book"), history=shown), "user", "loyalty", "is", "gold") is True
    assert (
        fact(act(button("Book"), history=(*shown, profile("loyalty: basic"))), "user", "loyalty", "is", "gold") is False
    )


@pytest.mark.parametrize(
    ("text", "term", "holds"),
    [
        ("Membership: Gold", "gold members", True),
        ("Membership: Basic", "gold members", False),
        ("Card: Scholar", "holders of a Scholar card", True),
        ("Card: Guest", "holders of a Scholar card", None),
        ("Hello", "gold members", None),
    ],
)
def test_standings(text: str, term: str, holds: bool | None) -> None:
    entering = act(button("Enter lounge"), text=text)
    assert fact(entering, "user", term, "is", "true") is holds
    assert fact(entering, "user", term, "is_not", "true") is (None if holds is None else not holds)


@pytest.mark.parametrize(
    ("label", "op", "known"),
    [
        ("Refund EUR 64.90 to card", "more", True),
        ("Donate $25", "more", False),
        ("Pay 2.500,00 €", "more", True),
        ("Pay now", "more", None),
        ("View invoice", "more", False),
    ],
)
def test_a_sum_on_the_control(label: str, op: Comparison, known: bool | None) -> None:
    assert fact(act(button(label)), "amount", "", op, "50") is known


def test_a_page_that_asks_to_confirm_shows_the_sum() -> None:
    review = act(button("Pay"), text="To: Ada\nAmount: EUR 2,600.00\nBalance: EUR 9,000.00")
    assert fact(review, "amount", "", "more", "2500") is True
    two = act(button("Pay"), text="Amount: EUR 2,600.00\nTotal: EUR 20.00")
    assert fact(two, "amount", "", "more", "2500") is None


def test_codes_in_fields_named_after_money_are_no_sums() -> None:
    paying = act(tool="update_note", arguments={"payment_id": "card_8887175"})
    assert fact(paying, "amount", "", "more", "100") is False


def test_a_file_name_names_a_file() -> None:
    assert fact(act(button("Delete budget_2024.xlsx")), "object", "file") is True
    assert fact(act(tool="remove", arguments={"name": "a.pdf"}), "object", "file") is True
    assert fact(act(button("Delete note")), "object", "file") is False


def test_what_the_control_does_not_name_the_content_may() -> None:
    page = {"at": "https://desk.example/x/9", "title": "Salt"}
    assert fact(act(button("Delete"), text="This invoice is paid.", **page), "object", "invoice") is None
    assert fact(act(button("Delete"), text="Hello.", **page), "object", "invoice") is False
    assert fact(act(button("Delete comment"), text="This invoice is paid.", **page), "object", "invoice") is False


def test_typing_a_message_may_be_sharing() -> None:
    typed = act(field("Message"), type="fill", value="x")
    assert fact(typed, "effect", "share") is None
    assert fact(typed, "effect", "delete") is False
    assert fact(act(field("Phone"), type="fill", value="x"), "effect", "share") is False


def test_a_page_with_recipient_and_subject_writes_a_mail() -> None:
    fields = (field("To"), field("Subject").model_copy(update={"ref": "s"}))
    assert fact(act(button("Send"), others=fields), "thing", "mail") is True
    assert fact(act(button("Send")), "thing", "mail") is False

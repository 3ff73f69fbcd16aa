"""Demands that a call keeps by its form, and those that it does not keep."""

from __future__ import annotations

from typing import Any

import pytest

from harmonyguard.steps import Event
from harmonyguard.utility_agent.judge.kept_by_call import is_kept

from .making import act, said

BOOKING: dict[str, Any] = {
    "guest": "G-5",
    "room": "R-12",
    "nights": [{"night_of": "2031-03-01"}, {"night_of": "2031-03-02"}],
    "guests": [{"name": "Kim"}, {"name": "Lou"}],
    "pay_with": [{"id": "bank_card_71"}, {"id": "gift_card_72"}],
}
LOOKED_UP = Event(type="tool_call", value="get_guest_details(guest='G-5')")
QUESTION = Event(type="agent_message", text="The room is free. Would you like breakfast (9 EUR)? How do you pay?")


def is_kept_by(statement: str, *, tool: str = "book_stay", **arguments: Any) -> bool:
    call = act(tool=tool, arguments=BOOKING | arguments, history=(LOOKED_UP, QUESTION, said("No breakfast.")))
    return is_kept(call, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "All guests must stay in the same room.",
        "Every guest has to sleep in the same room for the same nights.",
        "The room must be the same for all guests.",
        "Breakfast: the agent should ask if the guest wants to order breakfast, which is 9 EUR.",
        "You must ask whether the guest would like breakfast.",
        "Room changes require the guest to pay the difference.",
        "The guest cannot add breakfast after the initial booking.",
        "Each booking can use at most one bank transfer, at most two cards, and at most three vouchers.",
        "A booking may hold up to two guests.",
        "Do not provide any information of your own, or give personal recommendations or comments.",
        "Book the stay in the name of the guest.",
        "If the room is free, you should book the stay for the guest.",
        "You must first identify the guest.",
    ],
)
def test_kept(statement: str) -> None:
    assert is_kept_by(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "All guests must pay with the same bank.",
        "All guests must have the same name.",
        "The agent should ask if the guest wants parking.",
        "The agent must ask for confirmation.",
        "Guests cannot add breakfast after arrival.",
        "Each booking can use at most one card.",
        "Each booking can use at most one gift card and at most two bank cards.",
        "A booking may hold up to one guest.",
        "Rooms must not be booked for minors.",
        "Do not provide any recommendations or data.",
        "Book the stay only in the name of the guest.",
        "Never book the stay for the guest.",
        "Send the guest a reminder.",
        "You must first identify the owner.",
        "Verify the identity of the guest before anything else.",
        "Book the stay with the original voucher.",
    ],
)
def test_not_known_to_be_kept(statement: str) -> None:
    assert not is_kept_by(statement)


def test_each_guest_with_a_room_of_their_own() -> None:
    guests = [{"name": "Kim", "room": "R-12"}, {"name": "Lou", "room": "R-14"}]
    assert not is_kept_by("All guests must stay in the same room.", guests=guests)


@pytest.mark.parametrize("tool", ["update_stay", "add_guest_to_stay", "cancel_stay"])
@pytest.mark.parametrize(
    "statement",
    [
        "A booking may hold up to two guests.",
        "Room changes require a deposit.",
        "Nobody can not add cots after the stay.",
    ],
)
def test_what_is_there_already_may_hold_more(tool: str, statement: str) -> None:
    assert not is_kept_by(statement, tool=tool)


BILLS = """get_bill -> {"bill_id": "B-71", "guest_id": "G-5", "total_due": 40, "status": "overdue"}
get_bill -> {"bill_id": "B-72", "guest_id": "G-5", "total_due": 10, "status": "paid"}"""


@pytest.mark.parametrize(
    ("statement", "bill", "kept"),
    [
        ("You should always check that the bill is overdue before sending a reminder.", "B-71", True),
        ("You should always check that the bill is overdue before sending a reminder.", "B-72", False),
        ("You should always check that the bill is overdue before sending a reminder.", "B-73", False),
        ("Check the bill amount due", "B-72", True),
        ("Check the bill status to make sure it is overdue.", "B-71", True),
        ("Check the booking with the manager.", "B-71", False),
        ("If the guest accepts the reminder, use the make_payment tool to make the payment.", "B-71", True),
        ("If the guest accepts the reminder, use the send_reminder tool.", "B-71", False),
        ("A guest can only have one bill in the WAITING status at a time.", "B-71", True),
        ("A guest can only have one bill in the PAID status at a time.", "B-71", False),
        ("A guest can only have one bill in the WAITING status at a time.", "B-73", False),
    ],
)
def test_what_was_shown_keeps_a_duty_to_check(statement: str, bill: str, kept: bool) -> None:
    call = act(tool="send_reminder", arguments={"guest_id": "G-5", "bill_id": bill}, text=BILLS)
    assert is_kept(call, statement) is kept

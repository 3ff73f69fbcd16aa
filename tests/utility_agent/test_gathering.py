"""Duties to know things first, met by what a call hands over; and a yes in the talk before a call of a tool."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Event
from harmonyguard.utility_agent.alignment import offline_alignment
from harmonyguard.utility_agent.facts.gathering import has_gathered

from .making import act, asked, fact, said, tool_output

DUTY = "The agent must first obtain the member number and the reason (moved away, too expensive, or other)."
TALK = (said("I am M-2208 and would like to leave, it is too expensive."),)


def leaving(*history: Event, tool: str = "end_membership", **arguments: str):  # type: ignore[no-untyped-def]
    return act(tool=tool, arguments=arguments, history=history, goal="Help the member.", consent_from_history=True)


def test_what_was_told_was_obtained() -> None:
    assert has_gathered(leaving(*TALK, member_number="M-2208", reason="too expensive"), DUTY)
    assert has_gathered(leaving(*TALK, member_number="M-2208"), DUTY)


def test_what_nobody_told_was_not() -> None:
    assert not has_gathered(leaving(*TALK, member_number="M-9910"), DUTY)
    assert not has_gathered(leaving(*TALK, member_number="M-2208", reason="moved away"), DUTY)
    assert not has_gathered(leaving(), DUTY)


@pytest.mark.parametrize(
    "statement",
    [
        "The agent must obtain the member's consent.",
        "The agent must first obtain confirmation (yes).",
        "Memberships must not be ended.",
        "The member may give a reason.",
    ],
)
def test_other_duties_are_not_met_by_telling(statement: str) -> None:
    assert not has_gathered(leaving(*TALK, member_number="M-2208", reason="too expensive"), statement)


QUESTION = asked("I will add two guest passes to M-2208, 9.50 EUR to your bank card. Shall I go on (yes/no)?")


def adding(*history: Event, **more: str):  # type: ignore[no-untyped-def]
    arguments = {"member": "M-2208", "passes": "2", "charge_to": "bank_card_7071", "price": "9.50"} | more
    return act(tool="update_membership", arguments=arguments, history=history, goal="Help.", consent_from_history=True)


def test_a_yes_to_the_details_of_a_call() -> None:
    agreed = adding(QUESTION, said("Yes, go ahead."))
    assert fact(agreed, "consent") is True
    assert offline_alignment(agreed)[0] == "aligned"


@pytest.mark.parametrize("answer", ["Not yet.", "No, thanks.", "How much is it in a year?", "Yes, but only one."])
def test_no_yes_to_them(answer: str) -> None:
    assert fact(adding(QUESTION, said(answer)), "consent") is not True


def test_a_yes_to_other_details_is_none_to_these() -> None:
    other = asked("I will add a locker. Shall I go on?")
    assert fact(adding(other, said("Yes")), "consent") is not True
    assert fact(adding(QUESTION, said("Yes"), price="95.00"), "consent") is not True


def test_where_money_goes_is_no_sum() -> None:
    paid_back = act(
        tool="cancel_order",
        arguments={"order": "O-5120", "refund_to": "bank_card_7071"},
        history=(asked("Cancel order O-5120 and give 20.00 EUR back to bank_card_7071?"), said("Yes")),
        consent_from_history=True,
    )
    assert fact(paid_back, "consent") is True


def test_a_tool_output_counts_as_told() -> None:
    assert has_gathered(leaving(tool_output("member_number: M-2208"), member_number="M-2208"), DUTY)
    assert has_gathered(leaving(said("My number is M-2208"), member_number="M-2208"), DUTY)


@pytest.mark.parametrize(
    "talk",
    [
        (said("Please end M-2208, I moved away."),),
        (said("End M-2208. My doctor is against it."),),
        (said("End M-2208 please, we can't come any more."),),
        (said("End M-2208."), asked("May I ask why?"), said("Private matters.")),
        (said("End M-2208."), asked("What is the reason?"), said("None.")),
    ],
)
def test_a_reason_may_be_told_in_any_words(talk: tuple[Event, ...]) -> None:
    assert has_gathered(leaving(*talk, member_number="M-2208"), DUTY)


@pytest.mark.parametrize(
    "talk",
    [
        (said("Please end M-2208."),),
        (said("End M-2208."), asked("That ends the membership on May 1. Shall I go on?"), said("Yes.")),
        (
            said("Hello! I would like to leave. I am M-2208, I joined last night."),
            asked("Shall I?"),
            said("yes, thanks"),
        ),
        (said("M-2208, end it today"),),
        (said("Member M-2208 here, end my membership."), asked("Done soon. Confirm?"), said("ok")),
    ],
)
def test_nobody_spoke_of_a_reason(talk: tuple[Event, ...]) -> None:
    assert not has_gathered(leaving(*talk, member_number="M-2208"), DUTY)


def test_the_reason_for_one_act_is_none_for_another() -> None:
    duty = "The agent must first obtain the member number and the reason for cancellation."
    talk = (said("Member M-2208 here, please."),)
    assert not has_gathered(leaving(*talk, tool="cancel_membership", member_number="M-2208"), duty)
    assert has_gathered(leaving(*talk, tool="extend_membership", member_number="M-2208"), duty)

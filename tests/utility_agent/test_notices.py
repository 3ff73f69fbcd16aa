"""Acts under notices and counts of controls: held up before the notice, not after it, and not for other controls."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Event
from harmonyguard.utility_agent.agent import UtilityAgent

from .making import act, asked, book, button, fact, said, situation

RULE = "Notify the user about the missing return date."
TOLD = Event(type="send_msg_to_user", value="There is no return date in your request: when do you come back?")
OTHER = Event(type="send_msg_to_user", value="I found the form.")
SEEN = Event(type="click", element_role="button", element_name="Return date")


@pytest.mark.parametrize(("history", "certain"), [((), True), ((SEEN,), True), ((OTHER,), False), ((TOLD,), False)])
async def test_saving_waits_for_the_notice(history: tuple[Event, ...], certain: bool) -> None:
    saving = situation(button("Submit booking"), goal="Book a boat for Monday.", history=history)
    verdict = await UtilityAgent().evaluate(saving, book(RULE))
    assert (verdict.certain == ("p1",)) is certain
    assert TOLD not in history or (verdict.outcome, verdict.undecided) == ("allow", ())


def test_a_control_is_counted_by_its_own_name() -> None:
    clicks = (Event(type="click", element_name="Send"), Event(type="click", element_name="Compose mail"))
    assert fact(act(button("Send"), history=clicks), "count", "send button", "at_least", "1") is True
    assert fact(act(button("Send"), history=clicks[1:]), "count", "send button", "at_least", "1") is False


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("After picking rows, confirm the number of rows with the user.", "5 rows are picked: is this number right?"),
        ("The task does not say which room. Ask the user to clarify.", "Which room do you mean?"),
        ("The request does not specify the colour. Ask the user.", "Which colour should it have?"),
    ],
)
async def test_what_is_not_said_is_asked_for_before_anything_lasts(statement: str, told: str) -> None:
    silent = situation(button("Save lamp"), goal="Save the lamp")
    assert (await UtilityAgent().evaluate(silent, book(statement))).certain == ("p1",)
    asking = situation(button("Save lamp"), goal="Save the lamp", history=(asked(told), said("Yes, 5, blue, room 2")))
    assert (await UtilityAgent().evaluate(asking, book(statement))).outcome == "allow"


def test_a_limit_on_clicks_counts_clicks_and_holds_for_clicks() -> None:
    three = (Event(type="click", element_name="A"), Event(type="fill", element_name="B"), Event(type="click"))
    assert fact(act(button("Go on"), history=three), "count", "clicks", "at_least", "2") is True
    assert fact(act(button("Go on"), history=three), "count", "clicks", "at_least", "3") is False
    assert fact(act(button("Go on"), history=three), "count", "steps", "at_least", "3") is True
    assert fact(act(type="scroll", history=three), "count", "clicks", "at_least", "2") is False
    assert fact(act(type="send_msg_to_user", value="Done", history=three), "count", "steps", "at_least", "1") is False


async def test_what_the_task_does_not_say_is_asked_for_however_the_question_is_put() -> None:
    rules = book("The task does not state the seat plan. Ask the guest how seats should be set.")
    asked_for = asked("How should I set the seat plan?")
    saving = situation(button("Save seats"), goal="Set up the hall.")
    after = situation(button("Save seats"), goal="Set up the hall.", history=(asked_for, said("In rows.")))
    assert (await UtilityAgent().evaluate(saving, rules)).violated
    assert not (await UtilityAgent().evaluate(after, rules)).violated

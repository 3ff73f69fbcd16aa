"""Typing after a run was led off its task: what nobody said, into a field that the task does not speak of."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Event
from harmonyguard.utility_agent.facts.provenance import follows_page

from .making import SITE, act, field

STRAYED = (Event(type="click", element_name="more here", url=f"{SITE}/account/profile/signature"),)


def typed(value: str, label: str, goal: str, *, history: tuple[Event, ...] = (), seen: bool = False) -> bool | None:
    caller_tells = bool(history)
    writing = act(
        field(label),
        type="fill",
        value=value,
        goal=goal,
        history=history,
        consent_from_history=caller_tells,
        instructions_seen=seen,
    )
    return follows_page(writing)


@pytest.mark.parametrize("value", ["qX7-fLm29aa", "My passport is 20-118-4", "Buy at the moon market"])
def test_what_nobody_said_is_of_the_page_that_led_away(value: str) -> None:
    goal = "Like the newest photo"
    assert typed(value, "Signature", goal, history=STRAYED) is True
    assert typed(value, "Signature", goal, seen=True) is True
    assert typed(value, "Signature", goal) is not True


def test_words_of_the_task_and_fields_that_it_speaks_of_are_not() -> None:
    assert typed("Thanks for the photo!", "Signature", "Like the newest photo", seen=True) is not True
    assert typed("We are on it.", "Comment", "Leave a comment on the newest report", seen=True) is not True
    assert typed("2 May", "Date", "Set the day of the fair to 2026-05-02", seen=True) is not True

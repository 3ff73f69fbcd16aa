"""Steps that go round in circles, and steps that turn one page over after the other."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Event
from harmonyguard.utility_agent.alignment import offline_alignment

from .making import act, button


def pressed(name: str, times: int) -> str:
    history = tuple(Event(type="click", element_role="button", element_name=name) for _ in range(times))
    return offline_alignment(act(button(name), goal="Choose 8 April as the day.", history=history))[0]


@pytest.mark.parametrize("name", ["Save draft", "Open menu", "Refresh"])
def test_the_same_step_four_times_is_no_progress(name: str) -> None:
    assert pressed(name, 3) == "deviated"
    assert pressed(name, 2) != "deviated"


@pytest.mark.parametrize("name", ["Prev", "Next month", "Load more", "+", "›"])
def test_what_turns_pages_over_may_be_pressed_often_but_not_for_ever(name: str) -> None:
    assert pressed(name, 12) != "deviated"
    assert pressed(name, 24) == "deviated"


def test_another_step_in_between_begins_anew() -> None:
    history = tuple(Event(type="click", element_name=name) for name in ("Save", "Save", "Edit", "Save"))
    assert offline_alignment(act(button("Save"), goal="Write it down.", history=history))[0] != "deviated"

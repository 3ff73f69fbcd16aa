"""What a search is for: the field that searches, the button that does, and what the goal speaks of."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Element, Event, Situation
from harmonyguard.utility_agent.agent import UtilityAgent
from harmonyguard.utility_agent.facts.act import Act
from tests.utility_agent.making import book, button, situation

RULE = "Films and songs may be looked up by residents only."
STRANGER = (Event(type="user_profile", text="resident: false"),)


def typing(name: str, value: str, goal: str, *others: Element) -> Situation:
    typed = Element(ref="t", role="textbox", name=name)
    page = {"title": "Nordic", "at": "https://n.example/", "others": others}
    return situation(typed, type="fill", value=value, goal=goal, history=STRANGER, **page)  # type: ignore[arg-type]


FIND = Element(ref="f", role="button", name="Find")
NAME = Element(ref="n", role="textbox", name="Your name")


@pytest.mark.parametrize(
    ("goal", "value", "held"),
    [
        ("Find the film Nightjar.", "Nightjar", True),
        ("Play the song Nightjar.", "Nightjar", True),
        ("Show me songs by Ada Moss.", "Ada Moss", True),
        ("Find a recipe with leek.", "leek", False),
        ("Find a film poster with birds.", "birds", False),
    ],
)
async def test_a_search_is_for_what_the_goal_speaks_of(goal: str, value: str, held: bool) -> None:
    verdict = await UtilityAgent().evaluate(typing("Titles, people", value, goal, FIND), book(RULE))
    assert bool(verdict.certain) is held


def test_the_only_field_beside_a_button_that_searches_is_the_search() -> None:
    assert Act(typing("Titles, people", "Nightjar", "", FIND)).effects.get("search") is True
    assert "search" not in Act(typing("Titles, people", "Nightjar", "", FIND, NAME)).effects
    assert "search" not in Act(typing("Titles, people", "Nightjar", "")).effects


@pytest.mark.parametrize(
    ("name", "searches"), [("Submit search", True), ("Start search", True), ("Save search", False)]
)
def test_a_button_that_starts_a_search_searches(name: str, searches: bool) -> None:
    assert (Act(situation(button(name))).effects.get("search") is True) is searches

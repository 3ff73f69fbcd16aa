"""What is partly over already: rules on records of which a part is past, and the dates that tell it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from harmonyguard.policies.atom import Atom
from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.steps import Action, Observation, Proposal, Situation, Task
from harmonyguard.utility_agent.facts.act import Act
from harmonyguard.utility_agent.facts.answers import answer


def described(statement: str) -> list[str]:
    atoms = [one.atom for group in compile_rule(statement).when for one in group.terms]
    return [atom.term for atom in atoms if atom.kind == "described" and atom.term.startswith("past ")]


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("If any of the legs are already used, the agent cannot help and a colleague takes over.", "legs"),
        ("If any of the sessions have already taken place, the agent cannot help.", "sessions"),
        ("When one of the nights is already used, you cannot assist.", "nights"),
        ("Once part of the rental is over, we cannot do anything.", "rental"),
        ("The agent can only cancel courses that have not started.", "courses"),
        ("You may only rebook tours which have not departed yet.", "tours"),
        ("Only cancel the whole journey that is not flown.", "journey"),
    ],
)
def test_what_is_used_is_past(statement: str, part: str) -> None:
    assert described(statement) == [f"past {part}"]
    assert compile_rule(statement).understood == "fully"


@pytest.mark.parametrize(
    "statement",
    [
        "If all of the nights are over, you cannot help.",
        "If any of the legs are already used, the agent cannot help with refunds.",
        "If any of the legs are cancelled, the agent cannot help.",
        "The agent can only cancel orders that are not paid.",
        "The agent can cancel courses that have started.",
        "If any of the nights are used, tell the guest.",
    ],
)
def test_other_conditions_are_not(statement: str) -> None:
    assert described(statement) == []


JOURNEY: dict[str, Any] = {
    "journey": "J-81",
    "guest": "kim_4",
    "nights": [{"hotel": "Fir", "date": "2031-03-01"}, {"hotel": "Elm", "date": "2031-03-09"}],
    "guests": [{"name": "Kim", "dob": "1990-01-01"}],
}


def past(term: str, *, now: str, record: dict[str, Any] = JOURNEY, journey: str = "J-81") -> bool | None:
    text = f"Current time: {now}\nget_journey -> {json.dumps(record)}"
    action = Action(type="tool_call", name="cancel_journey", arguments={"journey": journey})
    page = Observation(url="tool://travel", text=text)
    act = Act(Situation(task=Task(goal="Help the guest."), observation=page, proposal=Proposal(action=action)))
    return answer(act, Atom(kind="described", term=term))


@pytest.mark.parametrize("term", ["past nights", "past segments", "past journey"])
def test_the_days_of_its_parts_tell(term: str) -> None:
    assert past(term, now="2031-03-05 10:00:00") is True
    assert past(term, now="2031-02-05 10:00:00") is False


def test_what_nothing_tells_stays_open() -> None:
    undated = JOURNEY | {"nights": [{"hotel": "Fir"}]}
    two_lists = JOURNEY | {"meals": [{"date": "2031-03-09"}]}
    assert past("past segments", now="2031-03-05 10:00:00", record=undated) is None
    assert past("past segments", now="2031-03-05 10:00:00", record=two_lists) is None
    assert past("past nights", now="2031-03-05 10:00:00", record=two_lists) is True
    assert past("past courses", now="2031-03-05 10:00:00") is not True
    assert past("past nights", now="2031-03-05 10:00:00", journey="J-82") is None
    assert past("past nights", now="2031-03-01 10:00:00") is None

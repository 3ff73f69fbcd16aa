"""Passwords that the user wrote into the goal are learned; ordinary words about passwords are not."""

from __future__ import annotations

import pytest

from harmonyguard.runs.redaction import HIDDEN, Redactor, learn_from_goal


@pytest.mark.parametrize(
    ("goal", "secret"),
    [
        ("Log in with password hunter22 and look", "hunter22"),
        ("Log in as ada, password: 'open sesame'", "open sesame"),
        ("Set the API key to ab12cd34.", "ab12cd34"),
    ],
)
def test_learned(goal: str, secret: str) -> None:
    redactor = Redactor()
    learn_from_goal(redactor, goal)
    assert secret not in redactor.text(goal)
    assert redactor.json({"typed": [f"x {secret}"]}) == {"typed": [f"x {HIDDEN}"]}


@pytest.mark.parametrize("goal", ["Open the password policy page", "Read about passwords", "Reset my password"])
def test_not_learned(goal: str) -> None:
    redactor = Redactor()
    learn_from_goal(redactor, goal)
    assert redactor.text(goal) == goal

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
        ('Enter "open sesame" into "Password" and click "Log in"', "open sesame"),
        ('Fill "Password" with "open sesame"', "open sesame"),
        ("Enter anna into User and hunter22 into Password.", "hunter22"),
        ('Use "open sesame" as the password', "open sesame"),
    ],
)
def test_learned(goal: str, secret: str) -> None:
    redactor = Redactor()
    learn_from_goal(redactor, goal)
    assert secret not in redactor.text(goal)
    assert redactor.json({"typed": [f"x {secret}"]}) == {"typed": [f"x {HIDDEN}"]}


@pytest.mark.parametrize(
    "goal",
    [
        "Open the password policy page",
        "Read about passwords",
        "Reset my password",
        'Click "Password" and click "Save"',
        "Open 1005 in the password queue",
    ],
)
def test_not_learned(goal: str) -> None:
    redactor = Redactor()
    learn_from_goal(redactor, goal)
    assert redactor.text(goal) == goal

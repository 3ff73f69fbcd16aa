"""Policies that bind an act to what the user said: its values, its recipients, and that it was asked for at all."""

from __future__ import annotations

import pytest

from harmonyguard.policies.atom import Atom
from harmonyguard.policy_agent.compiler import compile_rule


@pytest.mark.parametrize(
    "statement",
    [
        "Phone numbers are never guessed.",
        "What the guest did not give is left empty.",
        "Use only details that the customer gave.",
        "Do not make up data.",
    ],
)
def test_values_come_from_the_user(statement: str) -> None:
    assert compile_rule(statement).atoms() == frozenset([Atom(kind="value_outside_task")])


@pytest.mark.parametrize(
    "statement",
    [
        "Do not send records to anybody the user did not mention.",
        "Never share photos with people whom the owner has not named.",
        "Send invitations only to persons that the user listed.",
    ],
)
def test_recipients_come_from_the_user(statement: str) -> None:
    assert compile_rule(statement).atoms() == frozenset([Atom(kind="value_outside_task", term="recipient")])


@pytest.mark.parametrize("statement", ["Do not deviate from the task.", "Never stray from the user's instructions."])
def test_an_act_stays_with_the_task(statement: str) -> None:
    kinds = {atom.kind for atom in compile_rule(statement).atoms()}
    assert kinds == {"value_outside_task", "page_instruction", "requested", "effect"}

"""Bans that the user's own words lift: which conditions say so, and how acts are judged under them."""

from __future__ import annotations

import pytest

from harmonyguard.policies.atom import Atom, Term
from harmonyguard.policies.rule import AllOf
from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.policy_agent.families.requests import is_request

REQUESTED = AllOf(terms=(Term(atom=Atom(kind="requested")),))


@pytest.mark.parametrize(
    "statement",
    [
        "Notes are archived only on request of the user.",
        "Do not archive notes unless the user explicitly asks for it.",
        "Never archive a note unless instructed by the user.",
        "Notes may not be archived without being told to by the owner.",
        "A note may only be archived if the customer wants it.",
        "Unless the task requires it, do not archive notes.",
        "Archive notes only if the task says so.",
    ],
)
def test_the_users_words_lift_the_ban(statement: str) -> None:
    rule = compile_rule(statement)
    assert rule.understood == "fully"
    assert rule.unless == (REQUESTED,)
    assert rule.consent_lifts


@pytest.mark.parametrize(
    "condition",
    [
        "if the user has a badge",
        "the user asks for a manager",
        "on request of the board",
        "when the user tells a lie",
        "",
    ],
)
def test_other_conditions_are_no_requests(condition: str) -> None:
    assert not is_request(condition)

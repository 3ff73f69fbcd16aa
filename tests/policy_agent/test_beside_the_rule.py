"""What is said around a rule changes nothing about what it forbids."""

from __future__ import annotations

import pytest

from harmonyguard.policy_agent.beside_the_rule import rule_alone
from harmonyguard.policy_agent.compiler import compile_rule

RULES = (
    "Agents must not delete customer accounts.",
    "Never send e-mails to suppliers without the user's permission.",
    "If the status is \"shipped\", the order must not be cancelled.",
)  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "around",
    [
        "As a matter of policy, {}",
        "As a general rule, {}",
        "In accordance with our internal guidelines, {}",
        "For security reasons, {}",
        "Please note that {}",
        "Important: {}",
        "{} This rule applies at all times.",
        "{} The policy is binding.",
        "{} There are no exceptions.",
    ],
)
def test_the_rule_is_the_same(rule: str, around: str) -> None:
    said = around.format(rule[0].lower() + rule[1:] if not around.startswith("{") else rule)
    alone, with_it = compile_rule(rule), compile_rule(said)
    assert (with_it.when, with_it.unless, with_it.understood) == (alone.when, alone.unless, alone.understood)


def test_words_that_open_or_close_otherwise_are_part_of_the_rule() -> None:
    for text in (
        "Note the ticket number before you reply.",
        "In general meetings agents must not speak.",
        "Do not delete accounts to which this rule applies.",
    ):
        assert rule_alone(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Agents must not delete accounts. This rule applies to closed accounts.",
        "Agents must not delete accounts. There are no exceptions for managers.",
    ],
)
def test_a_sentence_that_says_more_is_kept(text: str) -> None:
    assert compile_rule(text) != compile_rule("Agents must not delete accounts.")

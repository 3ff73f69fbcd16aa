"""Conditions on the user of several parts, orders that begin with "only", and sums that follow from a number."""

from __future__ import annotations

import pytest

from harmonyguard.policies.rule import Rule
from harmonyguard.policy_agent.compiler import compile_rule


def keys(rule: Rule) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """The groups of `when` and of `unless`, as keys of their atoms."""
    return (
        {frozenset(one.atom.key for one in group.terms) for group in rule.when},
        {frozenset(one.atom.key for one in group.terms) for group in rule.unless},
    )


@pytest.mark.parametrize(
    ("condition", "groups"),
    [
        (
            "the guest is a regular member and has no badge",
            [{"user:regular member is true"}, {"user:badge is_not true"}],
        ),
        ("the guest is a regular member or has no badge", [{"user:regular member is true", "user:badge is_not true"}]),
        ("the guest is a silver/gold member", [{"user:silver member is true", "user:gold member is true"}]),
        ("the guest has no badge and stays in (basic) comfort", [{"record: is comfort", "record: is basic comfort"}]),
    ],
)
def test_what_narrows_a_ban(condition: str, groups: list[set[str]]) -> None:
    when, _ = keys(compile_rule(f"Do not refund if {condition}."))
    assert {frozenset(group) for group in groups} <= when


@pytest.mark.parametrize(
    ("condition", "alternatives"),
    [
        ("the guest is a gold member or has a badge", [{"user:gold member is true"}, {"user:badge is true"}]),
        ("the guest is a gold member and has a badge", [{"user:gold member is true", "user:badge is true"}]),
    ],
)
@pytest.mark.parametrize("opening", ["Only refund if", "You may only refund if"])
def test_what_lifts_a_ban(opening: str, condition: str, alternatives: list[set[str]]) -> None:
    _, unless = keys(compile_rule(f"{opening} {condition}."))
    assert unless == {frozenset(one) for one in alternatives}


@pytest.mark.parametrize(
    ("statement", "lifted_by"),
    [
        ("Only cancel orders if the status is 'pending'.", "record:status is pending"),
        ("Only merge branches when the user has confirmed it.", "consent:"),
    ],
)
def test_an_order_that_begins_with_only(statement: str, lifted_by: str) -> None:
    _, unless = keys(compile_rule(statement))
    assert unless == {frozenset({lifted_by})}


@pytest.mark.parametrize(
    "statement", ["Only managers may merge if the build is green.", "Only orders can be cancelled if they are open."]
)
def test_only_before_a_thing_is_no_order(statement: str) -> None:
    assert not any(
        "managers" in key or "orders is" in key for group in keys(compile_rule(statement))[0] for key in group
    )


@pytest.mark.parametrize(
    ("statement", "sum"),
    [
        ("You can offer a voucher as a gift, with the amount being $20 times the number of guests.", "20 per guests"),
        ("If the guest complains about a noisy room, we may give a voucher with the amount of $20 per guest.",
         "20 per guest"),
        ("The refund is 15 euros for each night.", "15 per night"),
        ("The value of each voucher must be 15 EUR per night.", "15 per night"),
    ],
)  # fmt: skip
def test_a_rate(statement: str, sum: str) -> None:
    when, _ = keys(compile_rule(statement))
    assert frozenset({f"amount:amount is_not {sum}"}) in when


@pytest.mark.parametrize(
    "statement", ["Parking is $5 per day.", "You can offer a voucher.", "A room holds 2 guests each."]
)
def test_no_rate(statement: str) -> None:
    assert "amount:" not in str(keys(compile_rule(statement))[0])

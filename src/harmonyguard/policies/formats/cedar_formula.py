"""Conditions as formulas over the questions of a rule, and formulas as the groups of a rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from harmonyguard.policies.atom import Term, atom_of
from harmonyguard.policies.rule import AllOf, AnyOf
from harmonyguard.steps import InputError

MAX_GROUPS = 200
"""How many groups one condition may come to when it is spread out: entangled formulas grow without bound."""

Of = Literal["all", "any"]


@dataclass(frozen=True)
class Question:
    """A question to the set `asked` of the context (`holds` or `excuses`), or its denial, at a line of the text."""

    key: str
    asked: str
    line: int
    negated: bool = False


@dataclass(frozen=True)
class Formula:
    """`all` or `any` of the parts; `all` of none is true, `any` of none is false."""

    of: Of
    parts: tuple[Formula | Question, ...] = ()


def deny(part: Formula | Question) -> Formula | Question:
    """The denial of a formula, with the denials moved in front of its questions (De Morgan)."""
    if isinstance(part, Question):
        return replace(part, negated=not part.negated)
    return Formula("any" if part.of == "all" else "all", tuple(deny(inner) for inner in part.parts))


def groups_of(part: Formula | Question) -> tuple[AnyOf, ...]:
    """The groups that a `when` asks for: all must hold."""
    return tuple(AnyOf(terms=tuple(_term(q, "holds") for q in group)) for group in _spread(part, "all"))


def exceptions_of(part: Formula | Question) -> tuple[AllOf, ...]:
    """The groups that an `unless` asks for: one must hold."""
    return tuple(AllOf(terms=tuple(_term(q, "excuses") for q in group)) for group in _spread(part, "any"))


def _spread(part: Formula | Question, outer: Of) -> list[tuple[Question, ...]]:
    """The formula as `outer` of groups, each of which is the other of questions."""
    if isinstance(part, Question):
        return [(part,)]
    spread = [_spread(inner, outer) for inner in part.parts]
    if part.of == outer:
        found = [group for groups in spread for group in groups]
    else:
        found = [()]
        for groups in spread:
            found = [(*left, *right) for left, right in product(found, groups)]
            _check(found)
    _check(found)
    return found


def _check(groups: list[tuple[Question, ...]]) -> None:
    if len(groups) > MAX_GROUPS:
        line = next(question.line for group in groups for question in group)
        raise InputError(f"line {line}: the condition comes to more than {MAX_GROUPS} groups: make it several policies")


def _term(question: Question, expected: str) -> Term:
    """The term that a question is, once it is clear that it asks the set that its place calls for.

    Of an unknown, the wrong set would say the opposite of what the bound is for.
    """
    if question.negated:
        expected = "holds" if expected == "excuses" else "excuses"
    if question.asked != expected:
        raise InputError(
            f"line {question.line}: “{question.key}” is asked of context.{question.asked}; here it must be "
            f"context.{expected} (excuses after a “!” or in an unless, holds elsewhere and after both)"
        )
    try:
        return Term(atom=atom_of(question.key), negated=question.negated)
    except ValueError as error:
        raise InputError(f"line {question.line}: “{question.key}” is no question that a rule can ask") from error

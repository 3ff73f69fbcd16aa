"""The typed middle between policy text and Cedar: what an act must not be.

A rule forbids an act when **every** group of `when` has a term that holds, **unless** every term of some
group of `unless` holds. Obligations are written the same way: "tell the user about errors" forbids any act on
an error page unless it tells the user.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from harmonyguard.steps import Record

from .atom import Atom, Term

Understood = Literal["fully", "partly", "not"]


class AnyOf(Record):
    """Holds when at least one of its terms holds."""

    terms: tuple[Term, ...]


class AllOf(Record):
    """Holds when all of its terms hold."""

    terms: tuple[Term, ...]


class Rule(Record):
    """What a policy forbids, in terms that facts can answer.

    `understood` says how much of the text the compiler could type: what it could not stands as `judged` atoms,
    which widen what is *possible* and never narrow it. `remainder` is the words that it could not type.
    """

    when: tuple[AnyOf, ...]
    unless: tuple[AllOf, ...] = ()
    understood: Understood = "fully"
    remainder: tuple[str, ...] = ()

    def terms(self) -> Iterator[Term]:
        """Every term of the rule, in order."""
        groups: tuple[AnyOf | AllOf, ...] = (*self.when, *self.unless)
        for group in groups:
            yield from group.terms

    def atoms(self) -> frozenset[Atom]:
        """Every question that the rule asks."""
        return frozenset(term.atom for term in self.terms())

    @cached_property
    def judged_conditions(self) -> tuple[str, ...]:
        """What the rule asks in words, for the judge: sorted."""
        return tuple(sorted({term.atom.term for term in self.terms() if term.atom.kind == "judged"}))

    @cached_property
    def typed_groups(self) -> tuple[AnyOf, ...]:
        """The groups of `when` that facts alone can answer."""
        return tuple(g for g in self.when if not any(term.atom.kind == "judged" for term in g.terms))

    @cached_property
    def typed_keys(self) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
        """The keys of the terms of each of these groups: those that stand as they are, and those that are denied."""
        return tuple(
            (
                frozenset(term.atom.key for term in group.terms if not term.negated),
                frozenset(term.atom.key for term in group.terms if term.negated),
            )
            for group in self.typed_groups
        )

    @property
    def consent_lifts(self) -> bool:
        """True when the policy's own text lets the user's leave lift it."""
        return any(term.atom.kind in ("consent", "requested") for group in self.unless for term in group.terms)

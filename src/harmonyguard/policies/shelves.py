"""Policies parsed by the engine beforehand, so that any selection of them is evaluated in few calls.

What a call costs hardly depends on how many rules it evaluates, and parsing a rule costs about half a call. A small
selection is therefore parsed into a set of its own and remembered, because acts of one kind select the same policies
again and again; a large one is evaluated shelf by shelf, in the sets that all policies were parsed into at first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from functools import lru_cache

from harmonyguard.steps import GuardError

from .cedar import Bounds, CompiledPolicies, Facts
from .policy import Policy

SHELF = 16
"""Policies that stand on one shelf: about as many as cost what the call itself costs."""

SMALL = 48
"""Policies up to which a selection gets a set of its own."""

REMEMBERED = 512
"""Selections that are remembered: of some KB each."""


class Shelves:
    """Policies in order, those that are often selected together side by side.

    Raises GuardError when the engine does not accept one of them, or when two have one id.
    """

    def __init__(self, policies: Iterable[Policy]) -> None:
        ordered = list(policies)
        self._policies = {policy.id: policy for policy in ordered}
        if len(self._policies) != len(ordered):
            raise GuardError("two policies of one book have the same id")
        self._shelves = [CompiledPolicies(ordered[start : start + SHELF]) for start in range(0, len(ordered), SHELF)]
        self._shelf_of = {identity: number for number, shelf in enumerate(self._shelves) for identity in shelf.policies}
        self._own_set = lru_cache(maxsize=REMEMBERED)(self._compile)

    def bounds(self, identities: Sequence[str], maybe_certain: Set[str], facts: Facts) -> Bounds:
        """Both bounds for these policies; of those that are not `maybe_certain` it is known that they are not certain.

        Raises GuardError when the engine could not evaluate any of them.
        """
        if not identities:
            return Bounds(frozenset(), frozenset())
        selection = frozenset(identities)
        if len(selection) <= SMALL:
            return self._own_set(selection).bounds(facts, lower=bool(maybe_certain))
        certain: set[str] = set()
        possible: set[str] = set()
        for number in sorted({self._shelf_of[identity] for identity in selection}):
            # Others on the shelf are ruled out already; not all of their facts were asked for.
            shelf = self._shelves[number]
            bounds = shelf.bounds(facts, lower=not maybe_certain.isdisjoint(shelf.policies))
            certain |= bounds.certain & selection
            possible |= bounds.possible & selection
        return Bounds(frozenset(certain), frozenset(possible))

    def _compile(self, selection: frozenset[str]) -> CompiledPolicies:
        return CompiledPolicies(self._policies[identity] for identity in sorted(selection))

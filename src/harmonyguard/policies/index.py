"""Policies laid out so that one decision looks only at those that the act can touch, at any size of the book.

A policy is violated only when every group of its `when` has a term that may hold. A group of which all terms are
known not to hold therefore rules its policy out, at both bounds and for exactly that reason: nothing is ranked,
sampled or cut. Two steps find these groups without asking every question of the book:

1. *Clues.* A clue is a mark without which an atom is known to be false ("the act names a word like ticket"). Each
   policy waits under the clues of its rarest group, and is looked at when the act shows one of them. A policy none
   of whose groups can be told by clues is looked at always.
2. *Facts.* Of the policies looked at, those stay whose every group may hold by the facts, asked for one by one.

What stays is evaluated by Cedar in one call, or where much stays, in sets parsed beforehand (see `shelves`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from .atom import Atom
from .cedar import Bounds, Facts
from .policy import Policy
from .rule import AnyOf
from .shelves import Shelves

Answer = bool | None
Clues = frozenset[str]
CluesOf = Callable[[Atom], tuple[Clues, ...]]
"""The clues of an atom: an act that shows none of any one of these sets makes the atom known false. Without a set,
nothing tells beforehand. A clue reads `family:what`; hardly any act shows one of family `rare`."""


@dataclass(frozen=True)
class Evaluation:
    """Both bounds, and the facts that they rest on: of the policies that may be violated, all of them."""

    bounds: Bounds
    facts: Facts


_GroupKey = frozenset[tuple[str, bool]]


@dataclass(frozen=True)
class _Group:
    """A group of a `when`, once for all policies that have it: each term as key, atom and whether it is denied."""

    number: int
    terms: tuple[tuple[str, Atom, bool], ...]

    @property
    def is_denial(self) -> bool:
        """True when a denied term keeps clues from telling anything of the group."""
        return any(negated for _, _, negated in self.terms)


@dataclass(frozen=True)
class _Bucket:
    """Policies of the same groups: they are ruled out together."""

    groups: tuple[_Group, ...]
    policies: list[Policy] = field(default_factory=list)
    atoms: dict[str, Atom] = field(default_factory=dict)


class PolicyIndex:
    """A book compiled for many decisions. `clues_of` must be sound: see `CluesOf`."""

    def __init__(self, policies: Iterable[Policy], clues_of: CluesOf = lambda atom: ()) -> None:
        by_id = {policy.id: policy for policy in policies}
        self.policies: Mapping[str, Policy] = by_id
        self._waiting: dict[str, list[int]] = {}
        self._always: list[int] = []
        buckets = _in_buckets(by_id.values())
        self._clues = {key: clues_of(atom) for bucket in buckets for key, atom in bucket.atoms.items()}
        self._buckets = self._wait(buckets)
        self._shelves = Shelves(policy for bucket in self._buckets for policy in bucket.policies)

    def evaluate(self, shown: Clues, answer: Callable[[Atom], Answer]) -> Evaluation:
        """Both bounds for an act that shows these clues and of which `answer` tells the facts.

        Raises GuardError when the engine could not evaluate any policy.
        """
        asked: dict[str, Answer] = {}
        groups: dict[int, bool] = {}

        def ask(key: str, atom: Atom) -> Answer:
            if key in asked:
                return asked[key]
            shows = not any(map(shown.isdisjoint, self._clues[key]))
            known = asked[key] = answer(atom) if shows else False
            return known

        def may_hold(group: _Group) -> bool:
            known = groups.get(group.number)
            if known is not None:
                return known
            for key, atom, negated in group.terms:
                # A term may hold unless its atom is known to be the opposite.
                if ask(key, atom) is not negated:
                    groups[group.number] = True
                    return True
            groups[group.number] = False
            return False

        def may_be_certain(group: _Group) -> bool:
            return any(asked[key] is not None and asked[key] is not negated for key, _, negated in group.terms)

        may_be_violated: list[str] = []
        maybe_certain: set[str] = set()
        for bucket in self._looked_at(shown):
            if all(map(may_hold, bucket.groups)):
                for key, atom in bucket.atoms.items():
                    ask(key, atom)
                matching = [policy.id for policy in bucket.policies]
                may_be_violated += matching
                if all(map(may_be_certain, bucket.groups)):
                    maybe_certain.update(matching)
        facts = Facts(
            yes=frozenset(key for key, known in asked.items() if known is True),
            unknown=frozenset(key for key, known in asked.items() if known is None),
        )
        return Evaluation(self._shelves.bounds(may_be_violated, maybe_certain, facts), facts)

    def _looked_at(self, shown: Clues) -> Iterator[_Bucket]:
        found = set(self._always)
        for clue in shown:
            found.update(self._waiting.get(clue, ()))
        return (self._buckets[number] for number in sorted(found))

    def _wait(self, buckets: list[_Bucket]) -> list[_Bucket]:
        """Let each bucket wait under the clues of its group that is met least; similar ones stand side by side."""
        groups = {group.number: group for bucket in buckets for group in bucket.groups}
        use = Counter(
            clue
            for bucket in buckets
            for group in bucket.groups
            for key, _, _ in group.terms
            for clues in self._clues[key]
            for clue in clues
        )
        families = Counter(_family(clue) for clue in use)

        def often(clues: Iterable[str]) -> float:
            # An act shows few clues of a large family (words), and a good part of a small one (effects).
            return sum(use[clue] / families[_family(clue)] for clue in clues if _family(clue) != "rare")

        waits = {number: self._waits_under(group, often) for number, group in groups.items()}
        rarity = {number: (often(clues), sorted(clues)) for number, clues in waits.items() if clues is not None}
        laid_out: list[tuple[list[str] | None, _Bucket]] = []
        for bucket in buckets:
            told = [group for group in bucket.groups if group.number in rarity]
            told.sort(key=lambda group: rarity[group.number])
            # The bucket is looked at when the rarest shows, so the others rule out first what they can.
            # A group without terms has no clues, and rules out everything.
            ordered = (*told[1:], *told[:1], *(group for group in bucket.groups if group.number not in rarity))
            waits_under = rarity[told[0].number][1] if told else None
            laid_out.append((waits_under, _Bucket(ordered, bucket.policies, bucket.atoms)))
        laid_out.sort(key=lambda entry: entry[0] or [])
        for number, (waits_under, _) in enumerate(laid_out):
            if waits_under is None:
                self._always.append(number)
            for clue in waits_under or ():
                self._waiting.setdefault(clue, []).append(number)
        return [bucket for _, bucket in laid_out]

    def _waits_under(self, group: _Group, often: Callable[[Iterable[str]], float]) -> Clues | None:
        """The clues without which no term of the group holds; None when a term may hold without any."""
        sets = [self._clues[key] for key, _, _ in group.terms]
        if group.is_denial or not all(sets):
            return None
        return frozenset().union(*(min(alternatives, key=often) for alternatives in sets))


def _in_buckets(policies: Iterable[Policy]) -> list[_Bucket]:
    groups: dict[_GroupKey, _Group] = {}
    buckets: dict[frozenset[int], _Bucket] = {}
    for policy in policies:
        told: dict[int, _Group] = {}
        for group in policy.rule.when:
            if not _always_may_hold(group):
                terms = {(term.atom.key, term.negated): term.atom for term in group.terms}
                new = _Group(len(groups), tuple((key, atom, negated) for (key, negated), atom in terms.items()))
                known = groups.setdefault(frozenset(terms), new)
                told[known.number] = known
        bucket = buckets.setdefault(frozenset(told), _Bucket(tuple(told.values())))
        bucket.policies.append(policy)
        bucket.atoms.update((term.atom.key, term.atom) for term in policy.rule.terms())
    return list(buckets.values())


def _always_may_hold(group: AnyOf) -> bool:
    """Words for the judge are never known beforehand: their group rules nothing out."""
    return any(term.atom.kind == "judged" and not term.negated for term in group.terms)


def _family(clue: str) -> str:
    return clue.partition(":")[0]

"""Which stems name one thing. Stems are compared by their beginnings, so that a page of words costs little more than
a label: only those of one root can be akin."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

_ROOT = 5
"""Letters that stems have in common at the least, when they are akin and not equal."""


@lru_cache(maxsize=16384)
def root(stem: str) -> str:
    """Equal for stems that are akin. Stems of one root need not be."""
    return stem.removeprefix("un")[:_ROOT]


@lru_cache(maxsize=16384)
def akin(left: str, right: str) -> bool:
    """True when two stems name one thing: equal, or one long beginning ("admin", "administration"; "vaccine",
    "vaccinated"; "license", "licence")."""
    left, right = left.removeprefix("un"), right.removeprefix("un")
    shared = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    return left == right or (shared >= _ROOT and shared >= min(len(left), len(right)) - 1)


def has_kin(stem: str, whole: frozenset[str]) -> bool:
    """True when `whole` has a stem akin to this one."""
    return stem in whole or any(akin(stem, other) for other in _by_root(whole).get(root(stem), ()))


def related(left: frozenset[str], right: frozenset[str]) -> frozenset[str]:
    """The stems of `left` that have one akin to them in `right`."""
    return frozenset(stem for stem in left if has_kin(stem, right))


def covers(whole: frozenset[str], part: frozenset[str]) -> bool:
    """True when every stem of `part` has one akin to it in `whole`."""
    return part <= whole or all(has_kin(stem, whole) for stem in part)


def overlaps(few: frozenset[str], many: frozenset[str]) -> bool:
    """True when a stem of the one has one akin to it in the other. Quickest with the smaller set first."""
    return not few.isdisjoint(many) or any(has_kin(stem, many) for stem in few)


@lru_cache(maxsize=2048)
def _by_root(stems: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for stem in stems:
        found[root(stem)] = (*found.get(root(stem), ()), stem)
    return found

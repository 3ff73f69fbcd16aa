"""Which statements say the same: near-equal words, and never another modality, negation or number. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from .policy import Policy
from .words import normalise

SIMILAR = 93.0
"""Least similarity of two normalised statements (0 to 100) for one to count as a copy of the other."""
DECISIVE = re.compile(
    r"\b(?:not|never|no|none|nobody|without|unless|except|only|cannot|prohibited|forbidden|must"
    r"|shall|should|may|can|will|before|after|if|until|at least|at most|more|less|all|any|each"
    r"|every|and|or)\b"
    r"|n['\u2019]t\b|\b(?:un|dis|in|non-?)\w+|[\d.,]*\d%?|[$€£]"
)
NUMBERS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty"
    r"|ninety|hundred|thousand|first|second|third)\b"
)

Key = tuple[object, ...]


def same(one: str, other: str) -> str | None:
    """Why two statements say the same, or None when they do not or when it is not certain."""
    first, second = _comparable(one), _comparable(other)
    if first == second:
        return "the same words"
    if _decisive(first) != _decisive(second):
        return None
    score = fuzz.ratio(first, second, score_cutoff=SIMILAR)
    if score < SIMILAR or not _only_spelling(first, second):
        return None
    return f"near-equal words ({score:.0f} of 100)"


def same_policy(one: Policy, other: Policy) -> str | None:
    """Why two policies say the same for the same people, by the same authority and definitions, or None."""
    return same(one.description, other.description) if key_of(one) == key_of(other) else None


def key_of(policy: Policy) -> Key:
    """What policies that say the same share: only those with equal keys need to be compared."""
    definitions = frozenset(_comparable(text) for text in policy.definitions)
    return policy.authority, policy.organization, definitions, _decisive(_comparable(policy.description))


def by_key(policies: Iterable[Policy]) -> dict[Key, list[Policy]]:
    """Policies in groups that `same_policy` can hold in."""
    groups: dict[Key, list[Policy]] = defaultdict(list)
    for policy in policies:
        groups[key_of(policy)].append(policy)
    return groups


@lru_cache(maxsize=32768)
def _comparable(text: str) -> str:
    return normalise(text).rstrip(" .;,!")


@lru_cache(maxsize=32768)
def _decisive(text: str) -> tuple[str, ...]:
    return (*DECISIVE.findall(text), *NUMBERS.findall(text))


def _only_spelling(first: str, second: str) -> bool:
    """True when every word of one has a close word in the other: another object is another policy."""
    ones, others = re.findall(r"\w+", first), re.findall(r"\w+", second)
    small = {"a", "an", "the", "of", "to", "in", "on", "by", "for", "and", "their", "your", "its", "or"}
    left = [word for word in ones if word not in others and word not in small]
    right = [word for word in others if word not in ones and word not in small]
    return len(left) == len(right) and all(fuzz.ratio(a, b) >= 80 for a, b in zip(left, right, strict=True))

"""Which policies say the same: near-equal words, and never another modality, negation or number. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from harmonyguard.policies.policy import Policy, normalise_quote
from harmonyguard.steps import Record

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


class Duplicate(Record):
    """A policy that was merged into another; `kept` and `merged` are policy ids."""

    kept: str
    merged: str
    reason: str


def merge(policies: Sequence[Policy]) -> tuple[tuple[Policy, ...], tuple[Duplicate, ...]]:
    """Policies without copies, each with the sources of its copies, and what was merged into what."""
    kept: list[Policy] = []
    duplicates: list[Duplicate] = []
    for policy in policies:
        for index, earlier in enumerate(kept):
            reason = same(earlier.description, policy.description)
            if reason is None or earlier.authority != policy.authority or earlier.organization != policy.organization:
                continue
            new = tuple(source for source in policy.sources if source not in earlier.sources)
            kept[index] = earlier.model_copy(update={"sources": (*earlier.sources, *new)})
            duplicates.append(Duplicate(kept=earlier.id, merged=policy.id, reason=reason))
            break
        else:
            kept.append(policy)
    return tuple(kept), tuple(duplicates)


def same(one: str, other: str) -> str | None:
    """Why two statements say the same, or None when they do not or when it is not certain."""
    first, second = (normalise_quote(text).rstrip(" .;,!") for text in (one, other))
    if first == second:
        return "the same words"
    if _decisive(first) != _decisive(second):
        return None
    score = fuzz.ratio(first, second)
    if score < SIMILAR or not _only_spelling(first, second):
        return None
    return f"near-equal words ({score:.0f} of 100)"


def _decisive(text: str) -> list[str]:
    return [*DECISIVE.findall(text), *NUMBERS.findall(text)]


def _only_spelling(first: str, second: str) -> bool:
    """True when every word of one has a close word in the other: another object is another policy."""
    ones, others = re.findall(r"\w+", first), re.findall(r"\w+", second)
    small = {"a", "an", "the", "of", "to", "in", "on", "by", "for", "and", "their", "your", "its", "or"}
    left = [word for word in ones if word not in others and word not in small]
    right = [word for word in others if word not in ones and word not in small]
    return len(left) == len(right) and all(fuzz.ratio(a, b) >= 80 for a, b in zip(left, right, strict=True))

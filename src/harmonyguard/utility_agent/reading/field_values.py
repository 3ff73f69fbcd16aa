"""Which field a policy names, and whether a value in it is the one that the policy names. Pure: labels and texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from harmonyguard.policies.kinship import covers, related
from harmonyguard.policies.words import STOP_WORDS, normalise, stem, stems, words

from .comparisons import compare
from .dates import date_in
from .days import describes_days, falls_on

Answer = bool | None

_VAGUE = frozenset(stem(word) for word in "level value field option setting select choose required optional".split())
_SAME = tuple(
    frozenset(stem(word) for word in group.split())
    for group in (
        "assignee assigned owner responsible",
        "participant invitee attendee guest member",
        "location place venue room",
        "label tag",
        "stage phase",
        "status state",
        "visibility audience",
        "type kind category",
    )
)
"""Names of fields for one thing."""


@lru_cache(maxsize=16384)
def names_field(label: str, field: str) -> bool:
    """Does a label name the field that a policy calls so? "Stage" names the sales stage, "Assigned to" the assignee."""
    shown, wanted = bare(label), bare(field)
    if not shown or not wanted:
        return False
    if any(wanted & group and shown & group and wanted - group <= shown for group in _SAME):
        return True
    if wanted == related(wanted, shown):
        return True
    return shown == related(shown, wanted) and bool(related(_head(label), _head(field)))


def bare(label: str) -> frozenset[str]:
    told = frozenset(stem(word) for word in words(label) if word not in STOP_WORDS)
    return told - _VAGUE or told


def _head(label: str) -> frozenset[str]:
    told = [part for word in words(label) if word not in STOP_WORDS and (part := stem(word)) not in _VAGUE]
    return frozenset(told[-1:])


def best_labels(labels: Iterable[str], field: str) -> list[str]:
    """Those of the labels that name the field: "Status" alone, and not "Payment status", where both are there."""
    named = [label for label in labels if names_field(label, field)]
    exact = [label for label in named if bare(label) == bare(field)]
    return exact or named


def agrees(actual: str, wanted: str) -> Answer:
    """Is this the value? "2 high" is "High", "Not held" is not "Held", and "Rosa Lopez" may be "rlopez"."""
    if describes_days(wanted):
        return None if (day := date_in(actual)) is None else falls_on(day, wanted)
    if compare(actual, "is", wanted):
        return True
    shown, asked = words(actual), words(wanted)
    if shown == asked:
        return True
    beside = [word for word in shown if word not in asked]
    if asked and [word for word in shown if word in asked] == asked and all(map(_is_mere_number, beside)):
        return True
    if any(len(word) > _SHORT and any(word in other for other in asked if other != word) for word in shown):
        return None
    return False


_SHORT = 3
"""Letters of words that many names have inside them by chance."""


def _is_mere_number(word: str) -> bool:
    return word.isdecimal() or re.fullmatch(r"[p#]?\d+", word) is not None


def holds(actual: str, wanted: str) -> bool:
    """Does this text, or list of names, hold the value?"""
    return covers(frozenset(stems(actual)), frozenset(stems(wanted))) and bool(stems(wanted))


def is_yes(value: str) -> Answer:
    told = normalise(value)
    return True if told in ("true", "yes", "on", "1") else False if told in ("false", "no", "off", "0", "") else None

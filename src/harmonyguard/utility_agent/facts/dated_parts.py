"""Is a part of the record that a call is on over? Told by the dates of the parts that the record lists.

A booking lists its nights, a journey its legs: the part is past when its day lies before the current time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from harmonyguard.policies.kinship import overlaps
from harmonyguard.policies.words import normalise, stem, stems, subject_stems

from .act import Act
from .times import DATED, is_over

_RECORD = re.compile(r"(?:^|->)\s*(?=\{)", re.MULTILINE)


def has_past_part(act: Act, about: frozenset[str]) -> bool | None:
    """True when a part that the words (stems) name is over, False when none is, None where no record tells.

    Of a record that speaks of them and has one list of dated parts these are meant, whatever the list is called.
    """
    if act.action.type != "tool_call":
        return None
    for record in _records_named(act):
        lists = {name: days for name, value in record.items() if (days := _days(value))}
        named = [days for name, days in lists.items() if overlaps(subject_stems(name), about)]
        only = next(iter(lists.values())) if len(lists) == 1 and _speaks_of(record, about) else []
        days = named[0] if named else only
        known = {is_over(act, day) for day in days}
        if known:
            return True if True in known else None if None in known else False
    return None


def _speaks_of(record: dict[str, Any], about: frozenset[str]) -> bool:
    return about <= _PARTS or overlaps(about, subject_stems(json.dumps(record).replace("_", " ")))


_PARTS = frozenset(stem(word) for word in "part portion segment leg section piece stage item".split())
"""Words for the parts of anything."""


def _records_named(act: Act) -> Iterator[dict[str, Any]]:
    """The records that carry, as a value of their own, a code that the call hands over; the newest first."""
    codes = {normalise(entry.value) for entry in act.entries if any(c.isalnum() for c in entry.value)}
    outputs = [event.text or "" for event in reversed(act.situation.history) if event.type == "tool_output"]
    for text in (*outputs, act.observation.text):
        for record in reversed(_records_in(text)):
            if any(isinstance(value, str) and normalise(value) in codes for value in record.values()):
                yield record


@lru_cache(maxsize=128)
def _records_in(text: str) -> tuple[dict[str, Any], ...]:
    decoder = json.JSONDecoder()
    found: list[dict[str, Any]] = []
    for match in _RECORD.finditer(text):
        try:
            record, _ = decoder.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            continue  # cut off, or no JSON after all
        found.append(record)
    return tuple(found)


def _days(value: object) -> list[str]:
    """The days of a list of which every item is a thing with a day of its own."""
    items = value if isinstance(value, list) else []
    days = [
        next((str(day) for name, day in item.items() if frozenset(stems(name)) <= DATED), "")
        for item in items
        if isinstance(item, dict)
    ]
    return days if len(days) == len(items) and all(days) else []

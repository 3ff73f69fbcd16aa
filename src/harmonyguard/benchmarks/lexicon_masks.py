"""Switches entries of the lexicon off for a while: what would the engine know had it never met these words?"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import _lru_cache_wrapper
from typing import Any

from harmonyguard.policies import lexicon
from harmonyguard.policies.words import stems

Entry = tuple[str, ...]
"""The stems of one phrase of the lexicon."""


def _tables() -> list[dict[Entry, Any]]:
    """Every table of the lexicon that is keyed by phrases."""
    return [
        table
        for table in vars(lexicon).values()
        if isinstance(table, dict) and table and all(isinstance(key, tuple) for key in table)
    ]


def entries() -> frozenset[Entry]:
    """All phrases that the lexicon knows."""
    return frozenset(entry for table in _tables() for entry in table)


def entries_in(texts: Iterable[str], known: frozenset[Entry]) -> frozenset[Entry]:
    """Those of `known` that stand in one of the texts."""
    longest = max(map(len, known), default=0)
    found: set[Entry] = set()
    for text in texts:
        stemmed = stems(text)
        for start in range(len(stemmed)):
            for end in range(start + 1, min(start + longest, len(stemmed)) + 1):
                phrase = tuple(stemmed[start:end])
                if phrase in known:
                    found.add(phrase)
    return frozenset(found)


@contextmanager
def without(switched_off: Iterable[Entry]) -> Iterator[None]:
    """The lexicon lacks these entries inside the block. Nothing else may use the engine meanwhile."""
    taken = [(table, entry, table[entry]) for entry in frozenset(switched_off) for table in _tables() if entry in table]
    for table, entry, _ in taken:
        del table[entry]
    _forget()
    try:
        yield
    finally:
        for table, entry, value in taken:
            table[entry] = value
        _forget()


def _forget() -> None:
    """Clear what functions of this package remember: it rests on the lexicon as it was."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "harmonyguard":
            for value in vars(module).values():
                if isinstance(value, _lru_cache_wrapper):
                    value.cache_clear()

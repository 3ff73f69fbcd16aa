"""The objects in what tools returned as JSON, each with the name that it stands under and the object around it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_START = re.compile(r"(?:^|->)\s*(?=[\[{])", re.MULTILINE)
_LONGEST = 20_000
"""Characters up to which an output is read: a page must not make that dear."""


@dataclass(frozen=True, eq=False)
class Shown:
    """One object. `key` is what the object around it calls it, or the list that it is in."""

    fields: dict[str, Any]
    key: str = ""
    around: Shown | None = None

    def texts(self) -> dict[str, str]:
        """Its own names with values that are no objects and no lists."""
        return {name: str(value) for name, value in self.fields.items() if isinstance(value, str | int | float)}

    def names(self) -> Iterator[str]:
        """All names in it, at whatever depth."""
        yield from _names(self.fields)

    def leaves(self) -> Iterator[str]:
        """All values in it, at whatever depth."""
        yield from _leaves(self.fields)


@lru_cache(maxsize=128)
def objects_in(text: str) -> tuple[Shown, ...]:
    """Every object at whatever depth, those around others before them; none of what is cut off or no JSON."""
    decoder = json.JSONDecoder()
    found: list[Shown] = []
    end = 0
    for match in _START.finditer(text):
        if match.end() < end:
            continue
        try:
            read, end = decoder.raw_decode(text[: match.end() + _LONGEST], match.end())
        except (ValueError, RecursionError):
            continue
        found += _within(read)
    return tuple(found)


def _within(value: object, key: str = "", around: Shown | None = None) -> Iterator[Shown]:
    if isinstance(value, dict):
        here = Shown(value, key, around)
        yield here
        for name, inner in value.items():
            yield from _within(inner, str(name), here)
    elif isinstance(value, list):
        for inner in value:
            yield from _within(inner, key, around)


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    elif value is not None:
        yield str(value)


def _names(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield str(name)
            yield from _names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _names(inner)

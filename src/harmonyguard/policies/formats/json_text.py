"""JSON in and out: what a guard must not read past is refused, what a reader could not see is written visibly."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from pydantic import ValidationError

from harmonyguard.steps import InputError

SHOWN_ERRORS = 4
"""How many mistakes of a file one error names; it counts the rest."""


def parse_json(text: str, *, name: str) -> Any:
    """The JSON value that `text` holds.

    Raises InputError when it is no JSON, is nested too deeply, or names a key twice in one object (of two
    values, one would be dropped in silence).
    """
    try:
        return json.loads(text, object_pairs_hook=_object)
    except RecursionError as error:
        raise InputError(f"{name} is nested too deeply to be a policy file") from error
    except ValueError as error:
        raise InputError(f"{name} is not valid JSON: {error}") from error


def write_json(value: Any) -> str:
    """The value as JSON for people: letters of every script as they are, what cannot be seen as its code."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    if text.isascii():
        return text
    unseen = {c for c in set(text) if not c.isascii() and unicodedata.category(c)[0] in "CZ"}
    # Outside of strings everything is ASCII, so these characters stand in strings, where their escapes do as well.
    return text.translate({ord(c): json.dumps(c)[1:-1] for c in unseen})


def mistakes(error: ValidationError, name_of: dict[int, str]) -> str:
    """What does not fit, in one line: the policy, the field and why. `name_of` gives policies' ids by position."""
    lines = [_mistake(list(one["loc"]), one["msg"], name_of) for one in error.errors(include_url=False)]
    rest = len(lines) - SHOWN_ERRORS
    return "; ".join(lines[:SHOWN_ERRORS]) + (f"; and {rest} more" if rest > 0 else "")


def _mistake(place: list[str | int], reason: str, name_of: dict[int, str]) -> str:
    policy = ""
    if place[:1] == ["policies"] and len(place) > 1 and isinstance(place[1], int):
        policy = f"policy {place[1] + 1}{name_of.get(place[1], '')}, "
        place = place[2:]
    where = ".".join(str(part) for part in place)
    return f"{policy}{where or 'the whole'}: {reason[:1].lower()}{reason[1:]}"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for index, (key, _) in enumerate(pairs) if key in [earlier for earlier, _ in pairs[:index]])
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return found

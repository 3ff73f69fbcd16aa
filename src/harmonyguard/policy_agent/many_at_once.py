"""Bans on doing many at once: "mass deletion of records", "deleting files in bulk", "no bulk mails"."""

from __future__ import annotations

import re

_BEFORE = re.compile(r"\b(?:mass|bulk|batch)[ -](?=[a-z])", re.IGNORECASE)
_AFTER = re.compile(r",? (?:in bulk|en masse|in (?:large )?batches|all at once)(?=[ .,;]|$)", re.IGNORECASE)
_LEAVE = re.compile(
    r"\b(?:before|first|prior|ask\w*|confirm\w*|approv\w*|permission|consent|authori[sz]\w+|count|number)\b",
    re.IGNORECASE,
)
"""Whoever is to be asked or told a number first: other families read that with the many in it."""
_SO_MANY = re.compile(r"\b(?:(?:more|fewer|less) than|at most|up to|over) \d", re.IGNORECASE)
"""A number says how many are too many, and fewer are none."""
_FORBIDS = re.compile(
    r"\b(?:not|never|no|cannot|can't|don't|nobody|prohibit\w*|forbid\w*|bann?\w*|disallow\w*|avoid|off[- ]limits)\b",
    re.IGNORECASE,
)


def of_one(statement: str) -> str | None:
    """The ban as one on a single act, for a statement that forbids it only for many at once; None for any other."""
    if not _FORBIDS.search(statement) or _LEAVE.search(statement) or _SO_MANY.search(statement):
        return None
    text = _AFTER.sub("", _BEFORE.sub("", statement))
    if text == statement or len(text.split()) <= 2:
        return None
    return text[:1].upper() + text[1:]

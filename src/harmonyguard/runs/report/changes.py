"""What a revised action changes: the parts that differ from the proposal before it, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from .words import Phrase

_ALIKE = 0.4
"""Texts less alike than this are shown whole, one after the other: word by word they would be a riddle."""
_LONGEST = 400
"""Words beyond which two texts are not compared word by word."""


@dataclass(frozen=True)
class Piece:
    """Some words of a text; `kept` when both texts have them."""

    text: str
    kept: bool


@dataclass(frozen=True)
class Change:
    """One part of the action before and after. An empty side means that there was nothing."""

    part: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def changes(before: Phrase, after: Phrase) -> tuple[Change, ...]:
    """The parts of the action that differ, in the order in which an action is told."""
    parts = (
        ("Act", before.verb, after.verb),
        ("Target", _target(before), _target(after)),
        ("Value", before.value or "", after.value or ""),
        ("Address", before.url or "", after.url or ""),
    )
    return tuple(Change(part, *_pieces(old, new)) for part, old, new in parts if old != new)


def _target(words: Phrase) -> str:
    return " ".join(part for part in (words.role, words.target) if part)


def _pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    whole = _whole(before), _whole(after)
    if not old or not new or max(len(old), len(new)) > _LONGEST:
        return whole
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return whole
    codes = matcher.get_opcodes()
    left = _join((old[i:j], kind == "equal") for kind, i, j, _, _ in codes)
    right = _join((new[k:m], kind == "equal") for kind, _, _, k, m in codes)
    return tuple(left), tuple(right)


def _join(parts: Iterator[tuple[list[str], bool]]) -> Iterator[Piece]:
    return (Piece("".join(words), kept) for words, kept in parts if words)


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, kept=False),) if text else ()

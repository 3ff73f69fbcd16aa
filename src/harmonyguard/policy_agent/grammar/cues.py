"""Patterns that are tried only where one of their words stands: most sentences hold none of them.

A pattern of policy English has dozens of alternatives, and `re` tries all of them at every character. Each match of
"must not|is prohibited from" holds "must not" or "prohibited from": looking for such fixed words first, which are
derived from the pattern itself, gives the same matches in a fraction of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MOST_CUES = 16
SHORTEST = 2
"""Characters that a cue has at least: a single letter stands in every sentence."""
ZERO_WIDTH = frozenset({ops.AT, ops.ASSERT, ops.ASSERT_NOT})
LIKE_ASCII = {0x130: "i", 0x131: "i", 0x17F: "s", 0x212A: "k"}
"""Letters outside ASCII that match one inside it when case is ignored."""

Cues = frozenset[str]


class CuedPattern:
    """Like a compiled pattern of `re`, for what its alternatives have in common: search, match, finditer and sub.

    Alternatives at the top are tried apart, unless they name groups: the match that begins first counts, and of two
    that begin together the one that is written first, as in `re`. Matches must not be empty.
    """

    def __init__(self, pattern: str, flags: int) -> None:
        named = "(?P<" in pattern
        parts = [pattern] if named else alternatives(pattern)
        # Every text holds the empty cue: what has no cues is always tried.
        self._parts = [(re.compile(part, flags), tuple(cues_of(part, flags) or ("",))) for part in parts]
        self._whole = re.compile(pattern, flags)
        self.pattern = pattern
        self.flags = flags

    def search(self, text: str) -> re.Match[str] | None:
        """The first match anywhere."""
        return _first(self._cued(text), text, 0)

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the beginning."""
        return next((found for part in self._cued(text) if (found := part.match(text))), None)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match, none overlapping another."""
        parts, at = self._cued(text), 0
        while (found := _first(parts, text, at)) is not None:
            yield found
            at = found.end()

    def sub(self, replacement: str, text: str) -> str:
        """The text with every match replaced; `replacement` may name any group of the whole pattern."""
        return self._whole.sub(replacement, text) if self._cued(text) else text

    def _cued(self, text: str) -> list[re.Pattern[str]]:
        lower = (text if text.isascii() else text.translate(LIKE_ASCII)).lower()
        kept = []
        for part, cues in self._parts:
            for cue in cues:
                if cue in lower:
                    kept.append(part)
                    break
        return kept


def cued(pattern: str, flags: int = re.I) -> CuedPattern:
    """Compile a pattern for which its fixed words are looked for first."""
    return CuedPattern(pattern, flags)


def _first(parts: Iterable[re.Pattern[str]], text: str, start: int) -> re.Match[str] | None:
    first: re.Match[str] | None = None
    for part in parts:
        found = part.search(text, start)
        if found is not None and (first is None or found.start() < first.start()):
            first = found
    return first


def alternatives(pattern: str) -> list[str]:
    """A pattern cut at the bars that stand in no group and in no class."""
    parts, depth, in_class, start, at = [], 0, False, 0, 0
    while at < len(pattern):
        character = pattern[at]
        if character == "\\":
            at += 1
        elif in_class:
            in_class = character != "]"
        elif character == "[":
            in_class = True
            at += pattern[at + 1 : at + 2] == "^"
            at += pattern[at + 1 : at + 2] == "]"
        elif character in "()":
            depth += 1 if character == "(" else -1
        elif character == "|" and depth == 0:
            parts.append(pattern[start:at])
            start = at + 1
        at += 1
    return [*parts, pattern[start:]]


def cues_of(pattern: str, flags: int = re.I) -> Cues | None:
    """Words, in lower case, of which every match holds at least one; None when there is no such set."""
    return _cues(parser.parse(pattern, flags))


def _cues(nodes: Iterable[Any]) -> Cues | None:
    found: list[Cues] = []
    run: Cues = frozenset({""})
    for node in nodes:
        every = _every([node])
        if every is not None and len(run) * len(every) <= MOST_CUES:
            run = _joined(run, every)
            continue
        found.append(run)
        run = every or frozenset({""})
        inner = _inside(node) if every is None else None
        if inner is not None:
            found.append(inner)
    found.append(run)
    usable = [cues for cues in found if min(map(len, cues)) >= SHORTEST]
    return max(usable, key=lambda cues: (min(map(len, cues)), -len(cues)), default=None)


def _inside(node: Any) -> Cues | None:
    """The cues within a group, an alternation or what is repeated."""
    op, arg = node
    if op is ops.SUBPATTERN:
        return _cues(arg[3])
    if op is ops.BRANCH:
        parts = [_cues(part) for part in arg[1]]
        return None if None in parts else frozenset().union(*(part for part in parts if part is not None))
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and arg[0] >= 1:
        return _cues(arg[2])
    return None


def _every(nodes: Iterable[Any]) -> Cues | None:
    """All the strings that a piece can match, in lower case; None when there are many or they are not of ASCII."""
    strings: Cues = frozenset({""})
    for op, arg in nodes:
        if op in ZERO_WIDTH:
            continue
        more: Cues | None = None
        if op is ops.LITERAL and arg < 128:
            more = frozenset({chr(arg).lower()})
        elif op is ops.SUBPATTERN:
            more = _every(arg[3])
        elif op is ops.BRANCH:
            parts = [_every(part) for part in arg[1]]
            more = None if None in parts else frozenset().union(*(part for part in parts if part is not None))
        elif op is ops.IN and all(one[0] is ops.LITERAL and one[1] < 128 for one in arg):
            more = frozenset(chr(one[1]).lower() for one in arg)
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and arg[0] == 0 and arg[1] == 1:
            optional = _every(arg[2])
            more = None if optional is None else optional | {""}
        if more is None or len(strings) * len(more) > MOST_CUES:
            return None
        strings = _joined(strings, more)
    return strings


def _joined(heads: Cues, tails: Cues) -> Cues:
    return frozenset(f"{head}{tail}" for head, tail in product(heads, tails))

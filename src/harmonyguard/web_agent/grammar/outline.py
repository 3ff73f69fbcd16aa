"""The accessibility snapshot of a page as lines: what stands on it, in order, and how deep."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_QUOTED_KEY = re.compile(r"^(\s*)-\s+'((?:[^']|'')*)'")
"""A snapshot is YAML: a role and name that hold a colon are quoted as a whole."""
_LINE = re.compile(
    r"^(?P<indent>\s*)-\s+/?(?P<role>[a-z]+)(?:\s+\"(?P<name>(?:[^\"\\]|\\.)*)\")?"
    r"(?P<marks>(?:\s*\[[^\]]*\])*)\s*:?\s*(?P<text>.*)$"
)


@dataclass(frozen=True)
class Line:
    """One line of a snapshot. `words` is its text, else its name; `marks` are such as `expanded`, `selected`."""

    role: str
    name: str
    text: str
    ref: str | None
    marks: frozenset[str]
    depth: int

    @property
    def words(self) -> str:
        return self.text or self.name


@lru_cache(maxsize=8)
def outline(snapshot: str) -> tuple[Line, ...]:
    """The lines of a snapshot; lines that are no part of one (plain visible text) are left out."""
    lines = []
    for raw in snapshot.splitlines():
        found = _LINE.match(_QUOTED_KEY.sub(lambda key: f"{key[1]}- {key[2].replace(chr(39) * 2, chr(39))}", raw))
        if found is None:
            continue
        marks = frozenset(re.findall(r"\[([^\]]*)\]", found["marks"]))
        ref = next((mark.removeprefix("ref=") for mark in marks if mark.startswith("ref=")), None)
        lines.append(
            Line(
                role=found["role"],
                name=_unescaped(found["name"] or ""),
                text=_unquoted(found["text"].strip()),
                ref=ref,
                marks=marks,
                depth=len(found["indent"]) // 2,
            )
        )
    return tuple(lines)


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1].replace("''", "'")
    return _unescaped(text)


def _unescaped(text: str) -> str:
    return text.replace('\\"', '"').replace("\\\\", "\\")

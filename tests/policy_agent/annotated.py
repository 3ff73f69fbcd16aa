"""Documents of our own with the label of every clause, one clause a line.

The first character of a line is its mark: `+` a policy, `-` no policy, `?` neither counted nor held against,
`>` the line goes on with the clause above, a blank only layout. Without its marks the file is the document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from harmonyguard.benchmarks.extraction import Unit

FOLDER = Path(__file__).parent / "documents"
LABELS: dict[str, Literal["policy", "not_policy", "optional"]] = {"+": "policy", "-": "not_policy", "?": "optional"}
MARKUP = re.compile(r"<[^>]+>|^\s*(?:#{1,6}|[-*\u2022]|\(?\w{1,3}[.)])\s+|^\s*\d+\.\d+\s+|`|^\s*[-=|\s]+$")


@dataclass(frozen=True)
class Annotated:
    """One document: its file name, its text, and its labelled clauses."""

    name: str
    text: str
    units: tuple[Unit, ...]


def annotated_documents() -> list[Annotated]:
    """Every annotated document of the folder, in the order of their names."""
    return [_parsed(path) for path in sorted(FOLDER.glob("*.marked"))]


def _parsed(path: Path) -> Annotated:
    lines: list[str] = []
    units: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        mark, text = line[:1], line[2:] if line[1:2] == " " else line[1:]
        lines.append(text)
        words = MARKUP.sub("", text).strip()
        if mark == ">" and units:
            units[-1] = (units[-1][0], f"{units[-1][1]} {words}")
        elif mark in LABELS and words:
            units.append((mark, words))
    return Annotated(
        name=path.name.removesuffix(".marked"),
        text="\n".join(lines) + "\n",
        units=tuple(Unit(text=text, label=LABELS[mark]) for mark, text in units),
    )

"""From blocks in reading order to elements with headings and lead-ins. Pure; every format ends here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .document import DocumentElement, ElementKind

CONTENTS = re.compile(r"(table of )?contents|on this page|in this (article|document|section|policy)", re.I)
DOT_LEADER = re.compile(r"(\.\s?){4,}\s*\d+\s*$|…{2,}\s*\d+\s*$")
FINISHED = re.compile(r"[.!?]['\"”\u2019)\]]*$")
ANNOUNCES = re.compile(r"\b(the following|as follows|listed below|set out below|these rules)\b", re.I)
UNSEEN_AND_JOINED = {
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), ""),
    **dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "ft", "st"), strict=True)),
}
"""Soft hyphens and marks without width, and the ligatures of print, each with what is read there."""
HYPHENS = {ord(mark): None for mark in "-\u2010\u2011"}
LAST_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


@dataclass(frozen=True)
class Block:
    """One piece of text before it knows its place.

    `level` is a heading's rank or a list item's depth, 1 the outermost.
    """

    kind: ElementKind
    text: str
    page: int | None = None
    level: int = 1


def fold(text: str) -> str:
    """White space folded to single blanks, ends trimmed, tabs between cells kept.

    Ligatures are opened, and soft hyphens and marks without width dropped: they are the printer's, not the text's.
    """
    text = text.translate(UNSEEN_AND_JOINED)
    cells = (" ".join(cell.split()) for cell in text.split("\t"))
    return "\t".join(cell for cell in cells if cell)


def opens(text: str) -> bool:
    """True when what follows completes this text: it ends with a colon or dash, or in the middle of a sentence."""
    stripped = text.rstrip()
    return bool(stripped) and (stripped[-1] in ":—\u2013-," or (not FINISHED.search(stripped) and stripped[-1] != ";"))


def place(blocks: Iterable[Block]) -> tuple[DocumentElement, ...]:
    """Give each block its headings and its lead-in, and drop tables of contents."""
    kept = _without_contents([block for block in blocks if fold(block.text)])
    path: list[tuple[int, str]] = []
    stems: dict[int, str | None] = {0: None}
    elements: list[DocumentElement] = []
    for block in kept:
        text = fold(block.text)
        if block.kind == "heading":
            path = [(level, title) for level, title in path if level < block.level]
            elements.append(_element(block, text, path, None))
            path.append((block.level, text))
            stems = {0: text if text.endswith(":") else None}
        elif block.kind == "list_item":
            above = max((depth for depth in stems if depth < block.level), default=0)
            lead_in = stems[above]
            elements.append(_element(block, text, path, lead_in))
            stems = {depth: stem for depth, stem in stems.items() if depth < block.level}
            stems[block.level] = _joined(lead_in, text) if opens(text) else None
        else:
            elements.append(_element(block, text, path, None))
            last = LAST_SENTENCE.split(text)[-1]
            stems = {0: last if block.kind == "paragraph" and (opens(text) or ANNOUNCES.search(last)) else None}
    return tuple(elements)


def _element(block: Block, text: str, path: Sequence[tuple[int, str]], lead_in: str | None) -> DocumentElement:
    return DocumentElement(
        kind=block.kind,
        text=text,
        page=block.page,
        headings=tuple(title for _, title in path),
        lead_in=lead_in,
    )


def _joined(lead_in: str | None, text: str) -> str:
    return text if lead_in is None else f"{lead_in} {text}"


def _without_contents(blocks: Sequence[Block]) -> list[Block]:
    titles = {_bare(block.text) for block in blocks if block.kind == "heading"}
    kept: list[Block] = []
    inside = False
    for index, block in enumerate(blocks):
        text = fold(block.text)
        if DOT_LEADER.search(text):
            continue
        if CONTENTS.fullmatch(text.strip(" :")) and index + 1 < len(blocks):
            inside = True
            continue
        if inside and block.kind != "heading" and _bare(text) in titles:
            continue
        inside = False
        kept.append(block)
    return kept


def _bare(text: str) -> str:
    """A title without its number and page: what a table of contents and the heading have in common."""
    return re.sub(r"^[\dIVXivx]+(\.\d+)*[.)]?\s+|\s+\d+$", "", fold(text)).casefold()


def squeezed(text: str) -> str:
    """Text with no white space and no invisible characters, to compare words whatever their line breaks."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    if folded.isprintable():
        return folded
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c) not in {"Cf", "Cc"})


def not_in(elements: Iterable[DocumentElement], text: str) -> list[DocumentElement]:
    """The elements whose words do not stand in `text`, white space, hyphens and invisible characters aside.

    Hyphens do not count because a word that was broken at the end of a line is joined again without its own.
    """
    whole = squeezed(text).translate(HYPHENS)
    return [element for element in elements if squeezed(element.text).translate(HYPHENS) not in whole]

"""A document's elements to clauses: the sentences, list items and table cells that could each be a policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harmonyguard.documents import Document, DocumentElement

from .sentences import sentences

MIN_CELL_WORDS = 3
"""Words from which a table cell can state a rule by itself: "Required" cannot."""


@dataclass(frozen=True)
class Clause:
    """One verbatim piece of a document that could state one rule.

    `lead_in` is the stem that this clause completes; `is_stem` says that list items complete this one; `row` is
    the first cell of its table row.
    """

    text: str
    element: DocumentElement
    lead_in: str | None = None
    is_stem: bool = False
    row: str | None = None
    previous: str | None = None


def clauses(document: Document) -> Iterator[Clause]:
    """Every clause in reading order; headings are not clauses."""
    elements = document.elements
    for index, element in enumerate(elements):
        if element.kind == "heading":
            continue
        following = elements[index + 1] if index + 1 < len(elements) else None
        if element.kind == "table_row":
            cells = element.text.split("\t")
            for cell in cells:
                if len(cell.split()) < MIN_CELL_WORDS:
                    continue
                for sentence in sentences(cell):
                    yield Clause(sentence, element, row=cells[0] if len(cells) > 1 and cell != cells[0] else None)
            continue
        parts = sentences(element.text)
        for position, part in enumerate(parts):
            last = position == len(parts) - 1
            yield Clause(
                part,
                element,
                lead_in=element.lead_in if position == 0 else None,
                is_stem=last and _is_stem(part, following),
                previous=parts[position - 1] if position else None,
            )


def _is_stem(text: str, following: DocumentElement | None) -> bool:
    return (
        following is not None
        and following.kind == "list_item"
        and following.lead_in is not None
        and following.lead_in.endswith(text)
    )

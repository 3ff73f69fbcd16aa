"""A document in chunks that fit one question to a model each, cut between its elements and told where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harmonyguard.documents import Document, DocumentElement
from harmonyguard.policy_agent.grammar.sentences import sentences

CHUNK_CHARACTERS = 6_000
"""Characters of a document that one chunk holds."""


@dataclass(frozen=True)
class Passage:
    """An element, or some sentences of a long one: `text` is verbatim in the element."""

    element: DocumentElement
    text: str


@dataclass(frozen=True)
class Chunk:
    """Passages that follow each other in the document."""

    passages: tuple[Passage, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The path of headings above the first passage."""
        return self.passages[0].element.headings

    def text(self) -> str:
        """The chunk as a model reads it: headings and list items marked, stems that stand in an earlier chunk told."""
        shown: list[str] = []
        lead_in = None
        for passage in self.passages:
            element = passage.element
            if element.lead_in is not None and element.lead_in != lead_in and not _is_told(element.lead_in, shown):
                shown.append(f"[continues: {element.lead_in}]")
            lead_in = element.lead_in
            mark = {"heading": "# ", "list_item": "- ", "table_row": "| "}.get(element.kind, "")
            shown.append(mark + passage.text.replace("\t", " | "))
        return "\n".join(shown)


def chunks(document: Document, budget: int = CHUNK_CHARACTERS) -> tuple[Chunk, ...]:
    """The document in chunks of at most `budget` characters, unless one sentence is longer; every passage in one."""
    found: list[Chunk] = []
    passages: list[Passage] = []
    size = 0
    for element in document.elements:
        for passage in _passages(element, budget):
            begins_section = element.kind == "heading" and size > budget // 2
            if passages and (begins_section or size + len(passage.text) > budget):
                found.append(Chunk(tuple(passages)))
                passages, size = [], 0
            passages.append(passage)
            size += len(passage.text)
    if passages:
        found.append(Chunk(tuple(passages)))
    return tuple(chunk for chunk in found if any(one.element.kind != "heading" for one in chunk.passages))


def halves(chunk: Chunk) -> tuple[Chunk, Chunk] | None:
    """The chunk in two, or None when it is a single sentence."""
    passages = chunk.passages
    if len(passages) == 1:
        element = passages[0].element
        passages = tuple(Passage(element, text) for text in _sentences(passages[0]))
    if len(passages) < 2:
        return None
    middle = len(passages) // 2
    return Chunk(passages[:middle]), Chunk(passages[middle:])


def _passages(element: DocumentElement, budget: int) -> list[Passage]:
    whole = Passage(element, element.text)
    if len(element.text) <= budget:
        return [whole]
    return [Passage(element, text) for text in _sentences(whole)]


def _sentences(passage: Passage) -> Sequence[str]:
    cells = passage.text.split("\t") if passage.element.kind == "table_row" else [passage.text]
    return [sentence for cell in cells for sentence in sentences(cell)]


def _is_told(lead_in: str, shown: Sequence[str]) -> bool:
    return any(line and lead_in.endswith(line.removeprefix("- ")) for line in shown)

"""Finds a model's quote in the document, and takes the document's own words for it, whole clauses at a time. Pure."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from harmonyguard.documents import DocumentElement
from harmonyguard.policy_agent.grammar.clauses import Clause

from .chunks import Chunk


@dataclass(frozen=True)
class Located:
    """The clauses that a quote touches, first to last, and the verbatim text from the first to the last."""

    clauses: tuple[Clause, ...]
    text: str

    @property
    def clause(self) -> Clause:
        """The clauses as one."""
        return replace(self.clauses[0], text=self.text)


class Quotes:
    """The clauses of one document by their place."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self._clauses: dict[int, list[Clause]] = defaultdict(list)
        for clause in clauses:
            self._clauses[id(clause.element)].append(clause)

    def locate(self, quote: str, chunk: Chunk, taken: Sequence[str] = ()) -> Located | None:
        """The place of a quote in a chunk, or None when it is not there.

        White space, case and compatible forms (NFKC) may differ. A quote of a part of a clause gives the whole
        clause, so that no "not" or "unless" is cut off; a stem before its item is the item's. Of equal clauses the
        first that is not `taken` is meant.
        """
        wanted = _folded(quote)[0].strip(" .;:,\"'“”‘’-–•|")
        if len(wanted.split()) < 2:
            return None
        found: Located | None = None
        for passage in chunk.passages:
            if passage.element.kind == "heading":
                continue
            located = self._in_element(wanted, passage.element)
            if located is not None:
                found = located
                if place_of(located) not in taken:
                    return located
        return found

    def _in_element(self, wanted: str, element: DocumentElement) -> Located | None:
        text, places = _folded(element.text)
        start = text.find(wanted)
        size = len(wanted)
        if start < 0 and element.lead_in is not None:
            stem = _folded(element.lead_in)[0].strip()
            rest = next(
                (
                    wanted.removeprefix(head).strip(" -–•")
                    for head in (stem, stem.rstrip(" :"))
                    if wanted.startswith(head)
                ),
                "",
            ).lstrip(": ")
            start, size = (text.find(rest), len(rest)) if len(rest.split()) > 1 else (-1, 0)
        if start < 0:
            return None
        first, last = places[start], places[start + size - 1] + 1
        spans = [span for span in self._spans(element) if span[0] < last and span[1] > first]
        if not spans:
            return None
        return Located(tuple(clause for _, _, clause in spans), element.text[spans[0][0] : spans[-1][1]])

    def _spans(self, element: DocumentElement) -> list[tuple[int, int, Clause]]:
        spans = []
        end = 0
        for clause in self._clauses[id(element)]:
            start = element.text.find(clause.text, end)
            if start >= 0:
                end = start + len(clause.text)
                spans.append((start, end, clause))
        return spans


def place_of(located: Located) -> str:
    """A name for the place, equal for equal places of one document only."""
    return f"{id(located.clauses[0].element)}:{located.text}"


def _folded(text: str) -> tuple[str, list[int]]:
    """The text with one space for any white space, case-folded, NFKC, and where each character came from."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if unicodedata.category(character) == "Cf":
            continue
        for one in unicodedata.normalize("NFKC", character).casefold():
            shown = " " if one.isspace() or one == "|" else _PLAIN.get(one, one)
            if shown == " " and folded and folded[-1] == " ":
                continue
            folded.append(shown)
            places.append(place)
    return "".join(folded), places


_PLAIN = {"’": "'", "‘": "'", "“": '"', "”": '"', "‐": "-", "‑": "-"}

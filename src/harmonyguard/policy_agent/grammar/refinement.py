"""Clauses made self-contained: stems, pronouns, numbers, definitions and cross-references. Quotes stay as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from harmonyguard.documents import Document

from .antecedents import resolve
from .clauses import Clause
from .cross_references import CrossReferences
from .definitions import definitions_in, relevant

_NUMBER = re.compile(r"^(?P<number>\(?(?:\d+(?:\.\d+)+[.)]?|\d{1,2}[.)]|[a-z][.)]|[ivx]{1,4}[.)]))\s+(?=\S)")


@dataclass(frozen=True)
class Refined:
    """What one clause says by itself, with the definitions and parts of the document that it needs."""

    description: str
    definitions: tuple[str, ...]
    scope: str


class Refinement:
    """What the whole of one document tells about each of its clauses."""

    def __init__(self, document: Document, clauses: Sequence[Clause]) -> None:
        self._definitions = definitions_in(document, clauses)
        self._references = CrossReferences(document)
        self._stems: dict[str, str] = {}
        self._before: dict[tuple[int, str], str] = {}
        self._numbers: dict[int, str] = {}
        previous: Clause | None = None
        for clause in clauses:
            same = previous is not None and previous.element is clause.element
            if not same and (match := _NUMBER.match(clause.element.text)):
                self._numbers[id(clause.element)] = match.group("number")
            if clause.previous is not None and same and previous is not None:
                self._before[_key(clause)] = self._alone(previous) or previous.text
            if clause.is_stem:
                self._stems[clause.text] = self._alone(clause) or clause.text
            previous = clause

    @property
    def definitions(self) -> tuple[str, ...]:
        """The document's defining sentences and entries."""
        return tuple(one.text for one in self._definitions)

    def refine(self, clause: Clause) -> Refined:
        """The clause made self-contained."""
        description = self._describe(clause)
        number = self._numbers.get(id(clause.element))
        headings = clause.element.headings
        return Refined(
            description=description,
            definitions=self.background(description, headings),
            scope=" > ".join([*headings, *([number.rstrip(".")] if number else [])]),
        )

    def background(self, statement: str, headings: Sequence[str]) -> tuple[str, ...]:
        """The definitions that a statement needs, and the words of the parts of the document that it refers to."""
        return tuple(
            dict.fromkeys((*relevant(statement, self._definitions), *self._references.resolve(statement, headings)))
        )

    def _describe(self, clause: Clause) -> str:
        """One statement that stands alone: stem and item, row and cell, or a sentence with what it refers to."""
        text = unnumbered(clause.text.replace("\t", " "))
        if clause.lead_in is not None:
            return f"{self._lead_in(clause.lead_in)} {text}"
        if clause.row is not None:
            return f"{clause.row}: {text}"
        alone = self._alone(clause)
        if alone is not None:
            return alone
        before = self._before.get(_key(clause))
        if before is not None and len(before) < 2 * len(text) + 40:
            return f"{before} {text}"
        return f"{clause.element.headings[-1]}: {text}" if clause.element.headings else text

    def _alone(self, clause: Clause) -> str | None:
        return resolve(unnumbered(clause.text.replace("\t", " ")), self._before.get(_key(clause)))

    def _lead_in(self, lead_in: str) -> str:
        stem = next((text for text in self._stems if lead_in.endswith(text)), None)
        if stem is None:
            return lead_in.rstrip()
        return f"{lead_in.removesuffix(stem)}{self._stems[stem]}".rstrip()


def unnumbered(text: str) -> str:
    """A clause without the number in front of it."""
    return _NUMBER.sub("", text)


def _key(clause: Clause) -> tuple[int, str]:
    return id(clause.element), clause.text

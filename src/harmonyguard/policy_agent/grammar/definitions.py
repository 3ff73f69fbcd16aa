"""The terms that a document defines, and which of its definitions a statement needs to be understood. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harmonyguard.documents import Document
from harmonyguard.policies.words import stems

from . import vocabulary as words
from .clauses import Clause

LONGEST_TERM = 6
"""Words that a defined term may have."""

_LISTED = re.compile(r"^[\"“'‘*]*(?P<term>[^:–—\"“”]{2,60}?)[\"”'’*]*\s*(?::|–|—|\s-)\s+(?=\S+ \S+)")
_INLINE = re.compile(
    r"\((?:the |each,? an? |collectively,? |hereinafter,? |together,? )*[\"“](?P<term>[^\"”]{2,40})[\"”]\)"
)
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.I)


@dataclass(frozen=True)
class Definition:
    """One defined term with the sentence or table row that defines it."""

    term: str
    text: str


def definitions_in(document: Document, clauses: Iterable[Clause]) -> tuple[Definition, ...]:
    """What a document defines, in order: defining sentences, entries under "Definitions", terms in brackets."""
    found = [
        Definition(cells[0].strip(" :"), ": ".join(cells))
        for element in document.elements
        if element.kind == "table_row" and _is_glossary(element.headings)
        if len(cells := [cell.strip() for cell in element.text.split("\t") if cell.strip()]) > 1 and _is_term(cells[0])
    ]
    for clause in clauses:
        term = _term(clause)
        if term is not None and _is_term(term):
            found.append(Definition(term, clause.text))
    return tuple({one.text: one for one in found}.values())


def relevant(statement: str, definitions: Sequence[Definition]) -> tuple[str, ...]:
    """The definitions of the terms that a statement uses, and of the terms that those use in turn."""
    direct = [one for one in definitions if _uses(statement, one) and one.text not in statement]
    further = [one for one in definitions if one not in direct and any(_uses(known.text, one) for known in direct)]
    return tuple(one.text for one in (*direct, *further))


def _term(clause: Clause) -> str | None:
    if match := words.DEFINITION.match(clause.text):
        term = match.group("term") or match.group("meant")
    elif match := _entry(clause) or _INLINE.search(clause.text):
        term = match.group("term")
    else:
        return None
    return _ARTICLE.sub("", term.strip("\"“”'‘’* "))


def _entry(clause: Clause) -> re.Match[str] | None:
    if clause.element.kind == "table_row" or not _is_glossary(clause.element.headings):
        return None
    return _LISTED.match(clause.text)


def _is_glossary(headings: Sequence[str]) -> bool:
    return any(words.DEFINITION_HEADING.search(heading) for heading in headings[-1:])


def _is_term(text: str) -> bool:
    return 0 < len(stems(text)) <= LONGEST_TERM


def _uses(text: str, definition: Definition) -> bool:
    whole, part = stems(text), stems(definition.term)
    return any(whole[start : start + len(part)] == part for start in range(len(whole) - len(part) + 1))

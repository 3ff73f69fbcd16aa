"""Cross-references: "as described in section 4.2" names a part of the document, whose words are then at hand. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmonyguard.documents import Document, DocumentElement

LONGEST = 1000
"""Characters of a part that a reference brings along."""

_NUMBERED = r"(?:sections?|sec\.|§+|clauses?|paragraphs?|para\.|articles?|art\.|chapters?|parts?)"
_LETTERED = r"(?:appendix|appendices|annex|schedule|exhibit|attachment|table)"
_LABEL = r"(?:\d+(?:\.\d+)*|[A-Z]\b|[IVX]{1,5}\b)"
_REFERENCE = re.compile(
    rf"(?<![\w.])(?P<kind>{_NUMBERED}|{_LETTERED})\s*(?P<label>(?-i:{_LABEL}))"
    rf"(?P<more>(?:,? (?:and|or|to) (?-i:{_LABEL}))*)",
    re.I,
)
_OF_ANOTHER_TEXT = re.compile(r"^(?:\s*\([^)]*\))*\s*(?:of|in|under)\s+(?!this\b|these\b|our\b)(?:the\s+)?[A-Z]")
_NAMED = re.compile(r"[\"“](?P<name>[^\"“”]{3,80})[\"”]")
_HEADING = re.compile(
    rf"^(?P<kind>{_NUMBERED}|{_LETTERED})?\s*(?P<label>(?-i:{_LABEL}))(?=[\s.:)–—-]|$)[.:)–—-]*\s*(?P<title>.*)$", re.I
)
_NUMBERED_CLAUSE = re.compile(r"^\(?(?P<label>\d+(?:\.\d+)+)[.)]?\s+(?=\S+ \S+ \S+)")


class CrossReferences:
    """The parts of one document by their numbers, letters and names."""

    def __init__(self, document: Document) -> None:
        self._parts: dict[tuple[str, str], tuple[str, str]] = {}
        elements = document.elements
        for index, element in enumerate(elements):
            if element.kind == "heading":
                text = _text_under(elements, index)
                if text:
                    for key in _keys_of_heading(element.text):
                        self._parts.setdefault(key, (element.text, text))
        for element in elements:
            if element.kind != "heading" and (match := _NUMBERED_CLAUSE.match(element.text)):
                self._parts.setdefault(("", match.group("label")), ("", element.text[:LONGEST]))

    def resolve(self, text: str, headings: Sequence[str]) -> tuple[str, ...]:
        """The words of each part that `text` refers to, as "Heading: words", each at most LONGEST characters.

        Parts of other texts ("Article 6 of the GDPR") and the part that `text` itself stands in are left out.
        """
        found: list[str] = []
        for key in _keys_in(text):
            heading, words = self._parts.get(key) or self._parts.get(("", key[1])) or ("", "")
            if words and heading not in headings and text not in words:
                found.append(f"{heading}: {words}" if heading else words)
        return tuple(dict.fromkeys(found))


def _keys_in(text: str) -> list[tuple[str, str]]:
    keys = [("name", _folded(match.group("name"))) for match in _NAMED.finditer(text)]
    for match in _REFERENCE.finditer(text):
        if not _OF_ANOTHER_TEXT.match(text[match.end() :]):
            labels = [match.group("label"), *re.findall(_LABEL, match.group("more"))]
            keys += [(_kind(match.group("kind")), label) for label in labels]
    return keys


def _keys_of_heading(heading: str) -> list[tuple[str, str]]:
    match = _HEADING.match(heading)
    if match is None:
        return [("name", _folded(heading))]
    kind = _kind(match.group("kind") or "")
    named = [("name", _folded(match.group("title")))] if match.group("title") else []
    return [(kind, match.group("label")), ("name", _folded(heading)), *named]


def _kind(word: str) -> str:
    """Sections, clauses, paragraphs and articles are counted alike by most documents."""
    word = word.casefold().rstrip("s.")
    if word in ("", "section", "sec", "§", "clause", "paragraph", "para"):
        return ""
    return {"appendice": "appendix", "art": "article"}.get(word, word)


def _text_under(elements: Sequence[DocumentElement], index: int) -> str:
    heading = elements[index].text
    words: list[str] = []
    lead_in = None
    for element in elements[index + 1 :]:
        if heading not in element.headings:
            break
        if element.kind == "heading":
            continue
        if element.lead_in is not None and element.lead_in != lead_in and element.lead_in not in words:
            words.append(element.lead_in)
        lead_in = element.lead_in
        words.append(element.text.replace("\t", " | "))
        if sum(map(len, words)) > LONGEST:
            break
    return " ".join(words)[:LONGEST]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .:")

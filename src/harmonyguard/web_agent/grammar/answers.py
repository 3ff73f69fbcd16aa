"""Answers a question from the page: the field or line that shares most words with it."""

from __future__ import annotations

from harmonyguard.steps import Observation

from .matching import FIELD_ROLES, words
from .page_instructions import text_blocks

_EMPTY = frozenset(
    words(
        "the a an of for is are was what which who whose how many much when where does do did has have it its "
        "this that user customer tell me about in on to and with current"
    )
)
_OTHER = frozenset({"customer", "user"})


def answer_to(question: str, page: Observation) -> str:
    """A short answer in the page's own words; what the question asks for is repeated when the page has nothing."""
    if '"' in question and not question.rstrip().endswith("?"):
        return question.replace('"', "")
    wanted = set(words(question)) - (_EMPTY - _OTHER)
    topics = wanted - _OTHER or wanted
    best_line, best_points = "", 0.0
    for element in page.elements:
        if element.role in FIELD_ROLES and element.value:
            points = len(topics & set(words(element.name))) / max(1, len(words(element.name)))
            if points > best_points:
                best_line, best_points = f"{element.name}: {element.value}", points
    for line in text_blocks(page.text):
        have = words(line)
        points = len(topics & set(have)) / max(1.0, len(have) ** 0.5)
        if len(have) > 1 and points > best_points:
            best_line, best_points = line, points
    return best_line[:400] or question

"""Answers a question from the page: the field or line that shares most words with it."""

from __future__ import annotations

import re
from itertools import pairwise

from harmonyguard.steps import Observation

from .matching import FIELD_ROLES, words
from .outline import outline
from .page_instructions import text_blocks

_EMPTY = frozenset(
    words(
        "the a an of for is are was what which who whose how many much when where does do did has have it its "
        "this that user customer tell me about in on to and with current"
    )
)
_OTHER = frozenset({"customer", "user"})


_ASKS_FOR = re.compile(r"(?:the|its|their|his|her|what|who|which|when|where|how|whether)\b", re.IGNORECASE)


def answer_to(question: str, page: Observation) -> str | None:
    """A short answer in the page's own words; a statement is repeated when the page has nothing.

    None when a thing is asked for ("the total", "who signed it") of which the page says nothing.
    """
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
    for line in (*_named_values(page.text), *text_blocks(page.text)):
        have = words(line)
        points = len(topics & set(have)) / max(1.0, len(have) ** 0.5)
        if len(have) > 1 and points > best_points:
            best_line, best_points = line, points
    return best_line[:400] or (None if _ASKS_FOR.match(question) or question.rstrip().endswith("?") else question)


def _named_values(snapshot: str) -> list[str]:
    """What a list of terms says, one line a term: "Total: 184.00 EUR"."""
    lines = outline(snapshot)
    return [
        f"{one.words}: {after.words}"
        for one, after in pairwise(lines)
        if one.role in ("term", "rowheader") and after.words
    ]

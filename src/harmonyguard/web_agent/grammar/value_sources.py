"""Values that a goal does not state but points at: "the last word in the paragraph", "the value of Gender"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from .control_phrases import ordinal_of

_ORDINAL = r"(?P<ordinal>\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|last)"
_PLACE = r"(?: (?:below|above|on the page))?"


@dataclass(frozen=True)
class ValueSource:
    """Where on the page a value is found.

    `word` is the word with number `ordinal` (-1: the last) of the page's text; `text` the text itself, of text area
    `ordinal` when there are several; `labelled` what stands beside the label `name`; `answer` the solution of the
    problem that the page poses.
    """

    kind: Literal["word", "text", "labelled", "answer"]
    ordinal: int | None = None
    name: str | None = None


def read_source(text: str) -> ValueSource | None:
    """The place that a phrase points at, None for a phrase that is a value itself."""
    phrase = re.sub(r"^the\s+", "", text.strip().rstrip(".,"), flags=re.IGNORECASE)
    found = re.fullmatch(rf"{_ORDINAL} word (?:of|in|from) (?:the |this )?[\w ]+?{_PLACE}", phrase, re.IGNORECASE)
    if found is not None:
        return ValueSource("word", ordinal_of(found["ordinal"]))
    found = re.fullmatch(
        rf"(?:text|contents?|words?)(?: (?:of|in|from|inside) (?:the |this )?(?:{_ORDINAL} )?[\w ]+?)?{_PLACE}",
        phrase,
        re.IGNORECASE,
    )
    if found is not None:
        return ValueSource("text", ordinal_of(found["ordinal"] or ""))
    found = re.fullmatch(r"value (?:of|for|next to|beside) (?:the )?(?P<name>.+)", phrase, re.IGNORECASE)
    if found is not None:
        return ValueSource("labelled", name=found["name"])
    if re.fullmatch(r"(?:your |its )?(?:answer|solution|result)", phrase, re.IGNORECASE):
        return ValueSource("answer")
    return None


def is_pronoun(text: str) -> bool:
    """True for a word that stands for the value spoken of just before."""
    return re.fullmatch(r"(?:it|that|this|them|(?:that|this|the) (?:word|text|value))", text.strip(), re.I) is not None

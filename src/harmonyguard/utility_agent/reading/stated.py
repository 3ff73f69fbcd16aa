"""Is a value said in a text, in whatever format? "1,950.00" and 1950.0, "30 November 2026" and 2026-11-30, an account
number with spaces and without.

One reading for all that compares what an act enters with what somebody said: the task, a question, a page.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from harmonyguard.policies.words import normalise, subject_stems

from .comparisons import number_in
from .dates import dates_in, days_of_a_year_in, ends_of_months_in

_GAPS = re.compile(r"[\s\-./()'’+·]+")
_FIGURES = re.compile(r"\d[\d.,'  ]*\d|\d")
_ONLY_FIGURES = re.compile(r"[^\w]{0,2}\s*(?:[a-z]{3}\s)?\d[\d.,'  ]*(?:\s?[^\w\s]|\s[a-z]{3})?", re.IGNORECASE)
_CODE = re.compile(r"(?=.*\d)[a-z\d]{6,}")
"""Account, card, telephone and order numbers: their groups are for the eye."""

_SHORT = 2
_NUMBER_WORDS = "two three four five six seven eight nine ten eleven twelve"
_SPOKEN = {str(number): word for number, word in enumerate(_NUMBER_WORDS.split(), 2)}
"""Numbers that people write as words. "One" is a pronoun as well, and states nothing."""

_WORDS_OF_A_DATE = 5
_MOST = 0.6
"""Share of the words of a longer value that a text must hold to have said it."""


def is_said(value: str, text: str) -> bool:
    """True when the text holds the value: letter by letter, or the same number, date or code in another format."""
    wanted = _fold(value)
    if not wanted:
        return False
    if len(wanted) <= _SHORT:
        spoken = rf"{re.escape(wanted)}|{_SPOKEN[wanted]}" if wanted in _SPOKEN else re.escape(wanted)
        return re.search(rf"(?<!\w)(?:{spoken})(?!\w)", _fold(text)) is not None
    read = _read(text)
    if wanted in read.folded:
        return True
    code = _GAPS.sub("", wanted)
    if _CODE.fullmatch(code) and code in read.joined:
        return True
    if (days := dates_in(value)) and len(subject_stems(value)) <= _WORDS_OF_A_DATE:
        of_the_year = {(day.month, day.day) for day in days}
        return bool(days & (read.days | read.ends)) or bool(of_the_year & read.days_of_the_year)
    number = number_in(value) if _ONLY_FIGURES.fullmatch(value.strip()) else None
    return number is not None and number in read.numbers


def is_told(value: str, text: str) -> bool:
    """As `is_said`, or said in other words: most words of the value are words of the text."""
    if is_said(value, text):
        return True
    about = subject_stems(value)
    return bool(about) and len(about & _read(text).subject) >= _MOST * len(about)


def _fold(text: str) -> str:
    """Names of choices are written with underscores in calls of tools: "saved_card"."""
    return normalise(text.replace("_", " "))


class _Text:
    """A text read for the values that it may hold."""

    def __init__(self, text: str) -> None:
        self.folded = _fold(text)
        self.joined = _GAPS.sub("", self.folded)
        self.subject = subject_stems(text)
        self.days = dates_in(text)
        self.ends = ends_of_months_in(text)
        self.days_of_the_year = days_of_a_year_in(text)
        self.numbers: frozenset[Decimal] = frozenset(
            number for match in _FIGURES.finditer(text) if (number := number_in(match.group())) is not None
        )


_read = lru_cache(maxsize=256)(_Text)

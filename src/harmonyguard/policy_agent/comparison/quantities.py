"""Amounts in policy text: "at least 12 characters", "within 72 hours", "no more than $500". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from harmonyguard.policies.words import STOP_WORDS

Bound = Literal["at_least", "at_most", "exactly"]

_WORDS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
} | {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100, "thousand": 1000}
_SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86400,
    "week": 7 * 86400,
    "year": 365 * 86400,
}
_PLAIN = r"(?:calendar |consecutive )?"
_NAMES = re.compile(
    r"\b(?:sections?|clauses?|paragraphs?|articles?|appendix|annex|table|chapter|parts?|versions?|levels?|tiers?"
    r"|steps?"
    r"|class|ports?|phase|type|category|page|no|number|step|item|rule)\s*$",
    re.I,
)
"""What is numbered and not counted."""
_NUMBER = rf"(?P<number>\d[\d,]*(?:\.\d+)?|{'|'.join(_WORDS)})(?:\s*\(\d+\))?"
_CURRENCY = r"(?P<currency>[$€£¥]|usd |eur |gbp )?\s?"
_UNIT = rf"(?:\s?(?P<percent>%)|[\s-]{_PLAIN}(?P<unit>[a-z]+))?"
_LEAST = r"(?:at least|a minimum of|minimum of|minimum|no (?:less|fewer) than|not less than|or more)"
_MOST = (
    r"(?:at most|no more than|not more than|a maximum of|maximum of|maximum|up to|within|no later than|no longer than"
    r"|not (?:to )?exceed|not exceeding|less than|fewer than|under|limited to)"
)
_OVER = r"(?:more than|longer than|over|above|exceeding|exceeds?|greater than|older than)"
_QUANTITY = re.compile(
    rf"\b(?:(?P<least>{_LEAST})|(?P<most>{_MOST})|(?P<over>{_OVER})|(?P<every>every|each))?\s*(?:the )?(?:first )?"
    rf"(?<![\w.-]){_CURRENCY}{_NUMBER}\b{_UNIT}",
    re.I,
)


@dataclass(frozen=True)
class Quantity:
    """An amount with its unit, in seconds where it is a time, and what it bounds.

    "more than 90 days" counts as `exactly`: its words stay in the text, and only like is compared with like.
    """

    bound: Bound
    unit: str
    value: Fraction

    def __str__(self) -> str:
        bound = "" if self.bound == "exactly" else f"{self.bound.replace('_', ' ')} "
        if self.unit != "time":
            plural = "s" if self.unit.isalpha() and len(self.unit) > 1 and self.value != 1 else ""
            return f"{bound}{_shown(self.value)} {self.unit}{plural}".rstrip()
        name, seconds = max(
            (item for item in _SECONDS.items() if self.value % item[1] == 0),
            key=lambda item: item[1],
            default=("second", 1),
        )
        number = self.value / seconds
        return f"{bound}{_shown(number)} {name}{'' if number == 1 else 's'}"


def quantities_in(text: str) -> tuple[str, tuple[Quantity, ...]]:
    """The text with each amount replaced by its unit, and the amounts in order."""
    found: list[Quantity] = []

    def replace(match: re.Match[str]) -> str:
        if _is_no_amount(match):
            return match.group(0)
        raw = match.group("number").replace(",", "").casefold()
        value = Fraction(_WORDS[raw]) if raw in _WORDS else Fraction(raw.rstrip("."))
        unit = (match.group("percent") or match.group("currency") or match.group("unit") or "").strip().casefold()
        singular = unit.removesuffix("s")
        if singular in _SECONDS:
            value, unit = value * _SECONDS[singular], "time"
        bound: Bound = "at_least" if match.group("least") else "at_most" if match.group("most") else "exactly"
        found.append(Quantity(bound, unit if unit == "time" else singular, value))
        word = match.group("unit") or ""
        kept = "" if unit == "time" else word
        mark = match.group("over") or match.group("every") or ""
        return f" {mark} {kept} "

    rest = _QUANTITY.sub(replace, text)
    return " ".join(rest.split()), tuple(found)


def _is_no_amount(match: re.Match[str]) -> bool:
    """True for "section 4 rules", "one of them" and bare numbers: only what is bounded or has a unit is an amount."""
    if match.group("least") or match.group("most"):
        return False
    if _NAMES.search(match.string[: match.start()]):
        return True
    unit = (match.group("unit") or "").casefold()
    if unit in STOP_WORDS:
        unit = ""  # "hatch 7 of the ship": the number of a thing, and not a number of things
    if match.group("number").casefold() in _WORDS:
        return unit.removesuffix("s") not in _SECONDS
    return not (unit or match.group("percent") or match.group("currency"))


def _shown(number: Fraction) -> str:
    return f"{number.numerator}" if number.denominator == 1 else f"{float(number):g}"

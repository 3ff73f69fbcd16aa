"""Reads and resolves superlatives: "the ticket with the shortest duration", "the cheapest room"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from harmonyguard.steps import Element

_MOST = ("greatest", "highest", "largest", "biggest", "longest", "most", "latest", "newest", "maximum", "priciest")
_LEAST = (
    "lowest", "smallest", "shortest", "least", "earliest", "oldest", "minimum", "fastest", "fewest", "cheapest",
    "quickest",
)  # fmt: skip
_IMPLIED = {"cheapest": "price", "priciest": "price", "shortest": "duration", "longest": "duration",
            "fastest": "duration", "quickest": "duration"}  # fmt: skip
_WORD = "|".join((*_MOST, *_LEAST))
_MONEY = ("price", "cost", "fare", "fee", "amount", "total", "expensive")
_TIME = ("duration", "time", "length", "travel time", "flight time")


@dataclass(frozen=True)
class Extreme:
    """The one of several that has most or least of `attribute` (None: of the number that it is named by)."""

    way: Literal["most", "least"]
    attribute: str | None = None


def read_extreme(text: str) -> tuple[str, Extreme] | None:
    """The thing and the superlative in a phrase such as `the card with the greatest number`; None without one."""
    found = re.fullmatch(
        rf"(?:the )?(?P<thing>.*?) (?:with|that has|having) the (?P<word>{_WORD}) (?P<of>[\w ]+)", text.strip(), re.I
    ) or re.fullmatch(rf"(?:the )?(?P<word>{_WORD})(?P<of> expensive)? (?P<thing>.+)", text.strip(), re.I)
    if found is None:
        return None
    word = found["word"].casefold()
    attribute = (found["of"] or "").strip().casefold() or _IMPLIED.get(word)
    if attribute in ("number", "value"):
        attribute = None
    return found["thing"].strip(), Extreme("most" if word in _MOST else "least", _kind(attribute))


def pick(candidates: list[Element], extreme: Extreme) -> Element | None:
    """The candidate that has most or least of the attribute, by what it and its surroundings say; None for none."""
    measured = [(value, element) for element in candidates if (value := _measure(element, extreme)) is not None]
    if not measured:
        return None
    best = (max if extreme.way == "most" else min)(value for value, _ in measured)
    return next(element for value, element in measured if value == best)


def _kind(attribute: str | None) -> str | None:
    if attribute is None:
        return None
    if any(word in attribute for word in _MONEY):
        return "price"
    return "duration" if attribute in _TIME else attribute


def _measure(element: Element, extreme: Extreme) -> float | None:
    if extreme.attribute is None:
        return _number(element.name) if re.search(r"\d", element.name) else None
    for text in (element.name, *reversed(element.path)):
        value = _attribute(text, extreme.attribute)
        if value is not None:
            return value
    return None


def _attribute(text: str, attribute: str) -> float | None:
    if attribute == "price":
        money = re.search(
            r"[$\u20ac\u00a3]\s?(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?)\s?(?:USD|EUR|GBP|dollars)", text
        )
        return None if money is None else float((money[1] or money[2]).replace(",", ""))
    if attribute == "duration":
        long = re.search(r"(\d+)\s?h(?:ours?|rs?)?\b(?:\s?(\d+)\s?m)?|(\d+)\s?m(?:in(?:utes)?)?\b", text)
        return None if long is None else int(long[1] or 0) * 60.0 + int(long[2] or long[3] or 0)
    named = re.search(rf"\b{re.escape(attribute)}\b\W*(-?\d[\d,.]*)|(-?\d[\d,.]*)\s*{re.escape(attribute)}", text, re.I)
    return None if named is None else _number(named[1] or named[2])


def _number(text: str) -> float | None:
    found = re.search(r"-?\d[\d,]*(?:\.\d+)?", text)
    return None if found is None else float(found[0].replace(",", ""))

"""Reads what a phrase says of a control: what kind it is, which one of several, what it is called, where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from .quoted_text import CLOSE, OPEN

ControlKind = Literal[
    "button",
    "link",
    "text",
    "textarea",
    "checkbox",
    "radio",
    "list",
    "slider",
    "tab",
    "icon",
    "result",
    "section",
    "any",
]

_KINDS: tuple[tuple[ControlKind, str], ...] = (
    ("textarea", r"text ?areas?"),
    ("text", r"(?:input )?text ?(?:box|field|input)(?:e?s)?|inputs?(?: (?:text ?box|field|box)(?:e?s)?)?|field|box"),
    ("radio", r"radio(?: button)?s?"),
    ("checkbox", r"check ?box(?:es)?"),
    (
        "list",
        r"(?:scroll |select(?:ion)? )?list(?: ?box)?|drop-?down(?: (?:list|menu))?|combo ?box|select(?: box)?|menu",
    ),
    ("slider", r"sliders?|spinners?"),
    ("tab", r"tabs?"),
    ("icon", r"icons?"),
    ("button", r"buttons?"),
    ("link", r"(?:hyper)?links?"),
    ("result", r"(?:search )?results?"),
    ("section", r"sections?"),
    ("any", r"(?:items?|elements?|entry|entries|controls?|folder or file|file or folder|folders?|files?|widgets?)"),
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_Q = f"{OPEN}\\d+{CLOSE}"
_NAMED = r"(?:labell?ed|named|called|titled|with the (?:text|label|name)|that says|saying|reading)"
_PLACES = r"(?:\s+(?:below|above|here|on (?:the|this) page|in the (?:page|form|dialog(?: box)?|popup|window|list)))*"


@dataclass(frozen=True)
class ControlPhrase:
    """What a phrase says of a control.

    `ordinal` counts from 1, -1 is the last one. `every` means all that fit, or `count` of them.
    """

    name: str | None = None
    kind: ControlKind | None = None
    ordinal: int | None = None
    every: bool = False
    count: int | None = None


def read_control(text: str) -> ControlPhrase:
    """The control that `text` speaks of. Quoted names are still hidden in it (see `quoted_text`)."""
    rest, every = _without_article(text.strip())
    rest = re.sub(rf"{_PLACES}$", "", rest, flags=re.IGNORECASE)
    ordinal, rest = _ordinal(rest)
    for kind, words in _KINDS:
        for pattern in (
            rf"^(?:{words}){_PLACES},?\s+(?:{_NAMED}\s+)?(?P<name>{_Q})$",
            rf"^(?:{words}){_PLACES}\s+{_NAMED}\s+(?P<name>.+)$",
            rf"^(?P<name>{_Q})\s+(?:{words})$",
            rf"^(?:{words})$",
            rf"^(?:{words})\s+(?P<name>[A-Z#\d].*)$",
            rf"^(?P<name>.+?)\s+(?:{words})$",
        ):
            found = re.match(pattern, rest, re.IGNORECASE if "A-Z" not in pattern else 0)
            if found is not None:
                return ControlPhrase(found.groupdict().get("name"), kind, ordinal, every)
    return ControlPhrase(rest or None, None, ordinal, every)


def ordinal_of(word: str) -> int | None:
    """1 for "1st" and "first", -1 for "last", None for a word that is no ordinal."""
    folded = word.casefold()
    digits = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", folded)
    if digits is not None:
        return int(digits[1])
    if folded == "last":
        return -1
    return _ORDINALS.index(folded) + 1 if folded in _ORDINALS else None


def _without_article(text: str) -> tuple[str, bool]:
    every = re.match(r"^(?:all|both|each|every)(?: of)?(?: the)?\s+", text, re.IGNORECASE)
    if every is not None:
        return text[every.end() :], True
    return re.sub(r"^(?:the|a|an|its|their|his|her|my|your|this|that)\s+", "", text, flags=re.IGNORECASE), False


def _ordinal(text: str) -> tuple[int | None, str]:
    first, _, rest = text.partition(" ")
    number = ordinal_of(first)
    return (None, text) if number is None or not rest else (number, rest.strip())

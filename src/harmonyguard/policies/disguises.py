"""Letters that look like others, and characters that nobody sees: how words are hidden from programs, not from people.

Sources: Unicode Standard Annex 44 (Default_Ignorable_Code_Point) and the commonest pairs of Unicode Technical
Standard 39 (confusables).
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z]")
_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХԚԜаеіјѕорсухԁһӏԛԝѵгпкт" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεγηικνορτυχω" + "ɑɡıᴀᴇᴏ",
    "ABESIJKMHOPCTYXQWaeijsopcyxdhlqwvrnkt" + "ABEZHIKMNOPTYXaeynikvoptuxw" + "agiaeo",
)
"""Cyrillic, Greek and phonetic letters, and the Latin letters that people take them for."""

_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2065\u2800\u3164\uffa0")
"""Letters, marks and signs of other categories that show as nothing."""


def undisguised(text: str) -> str:
    """The text in NFKC as a reader takes it: nothing invisible, no loose marks, look-alikes as what they imitate.

    A word is read as Latin only when all its letters are Latin or look so, in a text that has Latin letters: words of
    Russian and Greek stay what they are.
    """
    composed = unicodedata.normalize("NFKC", "".join(c for c in text if not is_invisible(c)))
    bare = "".join(c for c in composed if c.isascii() or not _is_loose_mark(c))
    return _WORD.sub(_as_latin, bare) if _LATIN.search(bare) else bare


def is_invisible(character: str) -> bool:
    """True for a character that shows as nothing: format characters, variation selectors and blank letters."""
    if character.isascii():
        return False
    return (
        unicodedata.category(character) == "Cf"
        or character in _BLANK_LETTERS
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0000" <= character <= "\U000e0fff"
    )


def _is_loose_mark(character: str) -> bool:
    """A mark of the blocks for Latin, Greek and Cyrillic that composed with no letter."""
    return unicodedata.category(character) in ("Mn", "Me") and (
        "\u0300" <= character <= "\u036f"
        or "\u0483" <= character <= "\u0489"
        or "\u1ab0" <= character <= "\u1aff"
        or "\u1dc0" <= character <= "\u1dff"
        or "\u20d0" <= character <= "\u20ff"
        or "\ufe20" <= character <= "\ufe2f"
    )


def _as_latin(word: re.Match[str]) -> str:
    written = word.group()
    if written.isascii():
        return written
    read = written.translate(_LOOK_ALIKES)
    return read if all(c.isascii() or unicodedata.name(c, "").startswith("LATIN ") for c in read) else written

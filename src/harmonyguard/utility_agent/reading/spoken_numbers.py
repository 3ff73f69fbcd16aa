"""Numbers that are written in words: "a hundred and fifty thousand"."""

from __future__ import annotations

import re

_UNITS = {
    word: number
    for number, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen""".split()
    )
}
_TENS = {
    word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_WORD = rf"(?:{'|'.join(sorted((*_UNITS, *_TENS, *_SCALES), key=len, reverse=True))})"
_SPOKEN = re.compile(rf"\b(?:an? (?={'|'.join(_SCALES)}))?{_WORD}(?:(?:[\s-]+| and ){_WORD})*\b", re.IGNORECASE)


def spoken_numbers(text: str) -> frozenset[int]:
    """The numbers that stand in words in an English text."""
    return frozenset(_value(re.findall(_WORD, match.group().lower())) for match in _SPOKEN.finditer(text))


def _value(words: list[str]) -> int:
    total = group = 0
    for word in words:
        if word in _SCALES and _SCALES[word] > _SCALES["hundred"]:
            total, group = total + (group or 1) * _SCALES[word], 0
        elif word in _SCALES:
            group = (group or 1) * _SCALES[word]
        else:
            group += _UNITS.get(word) or _TENS.get(word) or 0
    return total + group

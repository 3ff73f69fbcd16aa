"""The sentences of a text, each verbatim in it. Plain ones are split here, and pysbd is asked about all others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

STOP = re.compile(r"(?<=\.) +(?=[A-Z])")
PLAIN = re.compile(r"(?:[^.]*[a-z]\.(?= [A-Z]))*[^.]*\.?")
DOUBTFUL = re.compile(r"[!?()\[\]{}\"“”\u2018…。．！？•\n\r\t]|(?:^|\W)['\u2019]|['\u2019](?:\W|$)")
BEFORE_STOP = re.compile(r"([\w-]+)\. ")


def sentences(text: str) -> Sequence[str]:
    """The sentences of a text, without the white space around them."""
    parts: list[str] = []
    for piece in _pieces(text):
        stripped = piece.strip()
        if not stripped:
            continue
        # "e.g." and a closing bracket or quote after the stop are no new sentence.
        torn = parts and (
            re.fullmatch(r"[\W_]+", stripped) or stripped[0].islower() or parts[-1].count("(") > parts[-1].count(")")
        )
        joined = f"{parts[-1]} {stripped}" if torn else stripped
        if torn and joined in text:
            parts[-1] = joined
        elif torn and f"{parts[-1]}{stripped}" in text:
            parts[-1] = f"{parts[-1]}{stripped}"
        else:
            parts.append(stripped)
    return [part for part in parts if part in text]


def _pieces(text: str) -> list[str]:
    return STOP.split(text) if is_plain(text) else list(segments(text))


def is_plain(text: str) -> bool:
    """True when every stop inside ends a word that is no abbreviation, and nothing else could end a sentence.

    Most sentences of a policy are like that, and the segmenter takes longer for them than all other reading.
    """
    if DOUBTFUL.search(text) or not PLAIN.fullmatch(text):
        return False
    return all(len(word) > 1 and word.islower() and word not in _abbreviations() for word in BEFORE_STOP.findall(text))


def segments(text: str) -> Iterator[str]:
    """The sentences as pysbd finds them.

    Its own search for where they stand compiles a pattern for each sentence, which costs as much as finding them.
    """
    import pysbd  # type: ignore[import-untyped]

    segmenter = pysbd.Segmenter(language="en", clean=False)
    end = 0
    for sentence in segmenter.processor(text).process() if text else ():
        start = text.find(sentence)
        while start >= 0 and start + len(sentence) <= end:
            start = text.find(sentence, start + len(sentence))
        if start >= 0:
            end = start + len(sentence)
            yield sentence


@cache
def _abbreviations() -> frozenset[str]:
    from pysbd.languages import Language  # type: ignore[import-untyped]

    return frozenset(Language.get_language_code("en").Abbreviation.ABBREVIATIONS)

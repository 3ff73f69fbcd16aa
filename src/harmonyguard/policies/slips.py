"""Slips of the pen in the names that policies give to controls: "the Savee button" means "Save"."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from .lexicon import NOUNS, VERBS
from .words import stem

_SHORTEST = 5
"""Letters of the shortest word that is taken for a slip: most neighbours of shorter ones are words themselves."""


@lru_cache(maxsize=4096)
def spellings(word: str) -> frozenset[str]:
    """The word, and what it may be a slip of: it has one letter too many, or two in the wrong order.

    A word that the lexicon knows is no slip.
    """
    if len(word) < _SHORTEST or (stem(word),) in VERBS or (stem(word),) in NOUNS:
        return frozenset({word})
    shorter = {word[:at] + word[at + 1 :] for at in range(len(word))}
    turned = {word[:at] + second + first + word[at + 2 :] for at, (first, second) in enumerate(pairwise(word))}
    return frozenset({word, *shorter, *turned})

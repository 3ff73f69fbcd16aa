"""The reading of policy sentences, before any family: pieces, clauses, and the one form of a ban."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .ban import Ban
from .bans import bans_of
from .grammar import PERSONA
from .pieces import pieces
from .subordinate import Condition

__all__ = ["Ban", "Condition", "Reading", "asks", "read"]


@dataclass(frozen=True)
class Reading:
    """The bans that a text states, and its pieces that ask something and were not read."""

    bans: tuple[Ban, ...]
    unread: tuple[str, ...]


_ASKS = re.compile(
    r"\b(?:must|may not|shall|should|only|never|not|no|nothing|nobody|none|without|unless|required?|requires"
    r"|needs?|always"
    r"|before|until|prohibited|forbidden|limited|reserved|at most|exactly|ask|wait|refuse|ensure|first|solely)\b"
)


_ON_OTHERS = re.compile(rf"^(?:the |an? |this |that )?{PERSONA}s? (?:can|may|must|shall|will|is|are|has|have)\b")
"""What binds those for whom the agent works, beside a ban that binds the agent."""


def asks(text: str) -> bool:
    """True for a text that has a word of duty, prohibition or restriction."""
    return _ASKS.search(text.lower()) is not None


def read(text: str) -> Reading:
    """Every ban that a policy's text states, in order."""
    bans: list[Ban] = []
    unread: list[str] = []
    for piece in pieces(text):
        found = list(bans_of(piece))
        bans += found
        if not found and _ASKS.search(piece):
            unread.append(piece)
    if bans:
        unread = [piece for piece in unread if not _ON_OTHERS.match(piece)]
    return Reading(tuple(bans), tuple(unread))

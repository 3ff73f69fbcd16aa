"""Leave that a third person gives, as records show it: "the approval of the shift lead", "once HR has signed off"."""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Term
from harmonyguard.policy_agent.reading.grammar import AGREES, LEAVE, PERSONA

from .building import term

_WHO = r"(?P<who>[a-z][a-z '&/-]{1,50}?(?: \([^()]{2,40}\))?)"
_ONE = r"(?:the |an? |its |their |his |her |your |our )?"
_HOW = r"(?:prior |previous |written |explicit |express |formal |documented |the |an? )*"
_PLACE = r"(?: (?:by|in|as|through|on) (?:an? |the )?(?P<place>[a-z][a-z ]{2,40}))?"
_SHAPES = (
    re.compile(rf"^(?:with |without )?{_HOW}(?:{LEAVE})s? (?:of|by|from) {_ONE}{_WHO}{_PLACE}$"),
    re.compile(
        rf"^{_ONE}{_WHO} (?:has |have |had )?(?:explicitly |first |also )*(?:{AGREES}|signed off)"
        rf"(?: (?:it|this|that|to it|them|the \w+))?{_PLACE}$"
    ),
)
_OTHER_THAN_AUTHOR = re.compile(
    r"^(?:at least )?(?:one|an?|any)?\s?(?:other )?(?:person|colleague|member|developer|reviewer|maintainer|user"
    r"|engineer) other than the author(?: of [a-z ]+)? (?:has )?(?:approved|agreed|signed off)(?: (?:it|them))?$"
    rf"|^(?:with )?(?:the )?(?:{LEAVE}) (?:of|by|from) (?:somebody|someone|an? \w+|one \w+) other than the author$"
)
_NOT_ONE = re.compile(
    rf"^(?:all|both|two|three|four|five|at least|most|several|every|each|\d|one of|another|others?|second|{PERSONA})\b"
    r"|\b(?:and|or|other|another|second|two|all|colleague|person|people|somebody|someone|human|member)\b"
)
"""Who is no one person or office by name: these are counted, or told apart, by the judge."""


def approval_of_another(text: str) -> Term | None:
    """The question whether this person or office approved, where one is named; None for other words."""
    if _OTHER_THAN_AUTHOR.match(text):
        return term("approved", "somebody other than the author")
    for shape in _SHAPES:
        if (match := shape.match(text)) and not _NOT_ONE.search(match["who"]):
            place = (match["place"] or "").partition(" on ")[0]
            return term("approved", match["who"], "is", place) if place else term("approved", match["who"])
    return None

"""Wide words for acts that have something in common: what "costs money" is a purchase."""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Term
from harmonyguard.steps import Effect

from .building import term

_IDIOMS: tuple[tuple[re.Pattern[str], tuple[tuple[Effect, str], ...]], ...] = (
    (
        re.compile(
            r"\b(?:financ\w+|monetary|costs?(?: the user)? money|spend\w* money|costs\b|mov(?:es?|ing) money"
            r"|charges?\b|pa(?:ys?|ying|id)\b"
            r"|incurs? (?:a )?(?:cost|fee|charge|expense)s?)"
        ),
        (("purchase", ""),),
    ),
    (
        re.compile(
            r"\b(?:legal(?:ly)?|contractual|binding|binds?|agreements?|contracts?|commitments?|commits?|obligations?)\b"
        ),
        (
            *(("submit", paper) for paper in ("contract", "agreement", "terms", "petition", "application", "offer")),
            ("create", "account"),
        ),
    ),
    (
        re.compile(
            r"\b(?:irreversib\w+|permanent(?:ly)?|destructive|(?:cannot|can't|can not|not) (?:easily )?be "
            r"(?:undone|reversed|reverted))\b"
        ),
        (("delete", ""),),
    ),
    (
        re.compile(
            r"\b(?:other people|others|third parties|other users|go(?:es)? public|public(?:ly)?|publish\w*|outsiders"
            r"|somebody else|someone else|others' (?:data|accounts?))\b"
        ),
        (("send", ""), ("share", "")),
    ),
)
"""What such acts have in common, and the effects that have it."""


def idioms_in(general: str) -> list[Term]:
    """The acts that wide words have in common: what "costs money" is a purchase."""
    return [
        term("act", effect, "is", noun) if noun else term("effect", effect)
        for pattern, means in _IDIOMS
        if pattern.search(general)
        for effect, noun in means
    ]

"""Wide words for acts that have something in common: what "costs money" is a purchase."""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Term
from harmonyguard.steps import Effect

from .building import term

_KEEPS: tuple[Effect, ...] = ("create", "update", "change_settings")
"""To keep what is paid with where it can be charged."""

_PAPERS = ("contract", "agreement", "terms", "petition", "application", "offer")
_FORMS_TO_OTHERS = tuple(
    """form request inquiry enquiry quote application petition claim complaint question issue report appeal
    survey""".split()
)

_IDIOMS: tuple[tuple[re.Pattern[str], tuple[tuple[Effect, str], ...]], ...] = (
    (
        re.compile(
            r"\b(?:financ\w+|monetary|costs? (?:you |me |them |the user )?(?:money|something|anything)"
            r"|spend\w*(?: (?!and\b|or\b)[a-z']+){0,3} money|costs\b|price(?: tags?|s)?\b|mov(?:es?|ing) money"
            r"|charges?\b|pa(?:ys?|ying|id)\b"
            r"|incurs? (?:a )?(?:cost|fee|charge|expense)s?)"
        ),
        (("purchase", ""),),
    ),
    (
        re.compile(r"\bfinanc\w+|\bmonetary\b"),
        tuple((done, paid_with) for done in _KEEPS for paid_with in ("payment method", "payment card")),
    ),
    (
        re.compile(
            r"\b(?:legal(?:ly)?|contractual(?:ly)?|binding|binds?|agreements?|contracts?|commitments?"
            r"|commits?(?! [a-z]+ financially)|obligations?)\b"
        ),
        (
            *(("submit", paper) for paper in _PAPERS),
            ("create", "account"),
            ("delete", "account"),
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
            r"|somebody else|someone else|others' (?:data|accounts?)|social consequences?|reputation\w*)\b"
        ),
        (("send", ""), ("share", ""), *(("submit", form) for form in _FORMS_TO_OTHERS)),
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

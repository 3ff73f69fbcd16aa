"""Who somebody is has to be found out first: "At the start of the call, verify the caller by e-mail or by name and
birthday"."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import Rule
from harmonyguard.policies.words import normalise
from harmonyguard.policy_agent.reading.grammar import AGENT, PERSONA

from .among_sentences import among_sentences
from .building import just, term

_WHO = rf"(?:the |each |every |an? )?(?:{PERSONA}|reader|tenant|borrower)s?(?:'s?)?(?: identity| id)?"
_FINDS_OUT = r"(?:authenticate|identify|verify|establish|check|confirm|validate)"
_AT_FIRST = (
    r"(?:at the (?:very )?(?:beginning|start) of (?:the|each|every|any|a) (?:conversation|call|chat|session|contact)"
    r"|before (?:doing )?anything else|first of all|as (?:the|a) first (?:step|thing)|before any other step"
    r"|before (?:any|looking at any|opening any|sharing any) (?:[a-z]+ )?(?:data|records?|accounts?|details"
    r"|requests?)"
    r"(?: (?:is|are) (?:shared|opened|shown|handled))?)"
)
_MUST = rf"(?:(?:{AGENT}|you|we|staff) )?(?:(?:have to|has to|must|should|need to|needs to|shall) )?(?:always |first )*"
_BY = r"(?:,? (?:by|via|through|using|with) (?P<means>.+?))?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"^{_AT_FIRST},? {_MUST}{_FINDS_OUT} {_WHO}{_BY}$",
        rf"^{_MUST}{_FINDS_OUT} {_WHO}{_BY},? {_AT_FIRST}$",
    )
)
_LOCATING = re.compile(
    r"^(?:locating|finding|looking up|asking for|searching for|checking|requesting) (?:their |the |his or her )?"
    rf"(?:{PERSONA}s?(?:'s)? )?(?:(?:id|ids|account|record|profile)\b )?(?:(?:via|by|with|from|through) )?"
)
_OR = re.compile(r",? or (?:(?:via|by|with|through) )?(?:the |their )?")
_AND = re.compile(r" (?:\+|and|plus|with) (?:the |their )?|, ")


def identification(statement: str) -> Rule | None:
    """A rule against calls on anybody's data before a look-up by one of these means."""
    return among_sentences(statement, _of_sentence)


def _of_sentence(sentence: str) -> Rule | None:
    text = normalise(sentence).rstrip(". ")
    match = next((found for form in _FORMS if (found := form.match(text))), None)
    if match is None:
        return None
    ways = [" ".join(_AND.split(way)) for way in _OR.split(_LOCATING.sub("", match["means"] or "")) if way]
    told = f"before identification by {' / '.join(ways)}" if ways else "before identification"
    return Rule(when=(just(term("described", told)),))

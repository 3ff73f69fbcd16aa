"""Leave before anything is written: "Request confirmation before any write operation", "... before a tool that changes
data is called".

Such sentences name no act but all that leave something behind, whatever examples stand beside.
"""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policies.words import normalise
from harmonyguard.policy_agent.reading.grammar import AGREES, LEAVE, PERSONA
from harmonyguard.steps import Effect

from .building import CONSENT, term

_CHANGES = r"(?:writes?|writing|changes?|changing|modif(?:y|ies|ying)|updates?|updating|alters?|altering|mutates?)"
_DATA = r"(?:database|databases|data|records?|systems?|backend|state|anything|something)"
_WRITES = (
    rf"(?:write|writing|database|data|state[- ]changing|data[- ]changing|mutating|modifying) "
    rf"(?:operations?|actions?|calls?|updates?|changes?|modifications?|tools?|tool calls?|access(?:es)?)"
    rf"|(?:tools?|functions?|api calls?|tool calls?|calls?|actions?|operations?|steps?) (?:that|which) {_CHANGES}"
    rf"(?: (?:to )?(?:the |any |our |a )?(?:[\w-]+ )?{_DATA}\b|(?= ?[(,;.]|$| (?:is|are) ))"
    rf"|(?:saving|writing|storing) (?:any |all )?(?:changes|data)"
    rf"|(?:changing|modifying|writing to|updating|altering|touch(?:ing)?) (?:the |any |our )?(?:[\w-]+ )?"
    rf"(?:databases?|backend)\b"
    rf"|(?:mak(?:e|ing)|carry(?:ing)?(?: out)?|complet(?:e|ing)|perform(?:ing)?|execut(?:e|ing)|apply(?:ing)?"
    rf"|do(?:ing)?)"
    rf" (?:it|them|this|that|anything|(?:the|an?|any|every|each) (?:change|update|transaction|modification|request))"
    rf"\b(?! (?:that|which)\b)(?: out)?|chang(?:e|ing) anything\b|(?:every|each|any) (?:change|transaction|write)\b"
    rf"|(?:proceed|continu|go ahead|go on)(?:e|ing)?(?= ?(?:$|[.,;)]| with (?:it|them|the change|any change)\b"
    rf"| only\b))"
)
_ANSWER = (
    rf"(?:{LEAVE}|(?:(?<=the )[a-z]+|they|{PERSONA}s?) (?:has |have |had )?(?:\w+ly )?{AGREES}"
    rf"|wait(?:ing)? (?:for|until) (?:the |your )?[a-z]+ (?:to |has |have )?{AGREES}"
    rf"|(?:ask|consult|check with|confirm with) (?:the |your )?{PERSONA}"
    rf"|(?:verify|check|clear|confirm|settle|review)\b[^.;,]{{1,60}} with (?:the |your )?{PERSONA}\b"
    r"(?!'| (?:id|number|name|record|data|account|details|list)\b))"
)
_TELLS = (
    r"(?:describe|explain|summari[sz]e|list|read|state|show|present|sum up|outline|repeat)\b[^.;]*\b"
    r"(?:changes?|details|actions?|transactions?|steps?|orders?|bookings?|what you)\b"
)
_DEMANDS = tuple(
    re.compile(form)
    for form in (
        rf"\b(?:before|prior to)\b[^.;]*?\b(?:{_WRITES})[^.;]*,[^.;]*\b{_ANSWER}\b",
        rf"\b{_ANSWER}\b[^.;]*?\b(?:before|prior to|for)\b[^.;]*?\b(?:{_WRITES})",
        rf"\b(?:{_WRITES})[^.;]*?\b(?:needs?|requires?|only (?:after|with|once|when|if)|must (?:first )?be|without"
        rf"|unless|until)\b[^.;]*?\b{_ANSWER}\b",
        rf"^ask (?:first )?(?:before|prior to) [^.;]*?\b(?:{_WRITES})",
        rf"^{_TELLS}[^.;]*?\b(?:then|and)\b[^.;]*?\b(?:wait|ask|get|obtain|seek)\b[^.;]*?\b{_ANSWER}\b"
        r"(?![^.;]*\b(?:before|prior to)\b)",
    )
)
_OTHERS = re.compile(
    rf"\b(?:{LEAVE}) (?:of|by|from) (?!(?:the |your |an? )?{PERSONA}\b)|\b(?:manager|supervisor|team)\b"
)

_WRITING: tuple[Effect, ...] = (
    "create",
    "update",
    "delete",
    "send",
    "share",
    "purchase",
    "submit",
    "upload",
    "change_settings",
)
"""The effects that leave something in a system."""


def leave_before_writing(statement: str) -> Rule | None:
    """A rule on every act that writes, lifted by the user's leave."""
    text = normalise(statement)
    if _OTHERS.search(text) or not any(form.search(text) for form in _DEMANDS):
        return None
    return Rule(when=(AnyOf(terms=tuple(term("effect", effect) for effect in _WRITING)),), unless=(CONSENT,))

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
    rf"|(?:changing|modifying|writing to|updating|altering) (?:the |any |our )?(?:[\w-]+ )?(?:databases?|backend)\b"
)
_ANSWER = (
    rf"(?:{LEAVE}|{PERSONA}s? (?:has |have |had )?(?:\w+ly )?{AGREES}|(?:ask|consult|check with|confirm with) "
    rf"(?:the |your )?{PERSONA})"
)
_DEMANDS = tuple(
    re.compile(form)
    for form in (
        rf"\b(?:before|prior to)\b[^.;]*?\b(?:{_WRITES})[^.;]*,[^.;]*\b{_ANSWER}\b",
        rf"\b{_ANSWER}\b[^.;]*?\b(?:before|prior to|for)\b[^.;]*?\b(?:{_WRITES})",
        rf"\b(?:{_WRITES})[^.;]*?\b(?:needs?|requires?|only (?:after|with|once|when|if)|must (?:first )?be|without"
        rf"|unless|until)\b[^.;]*?\b{_ANSWER}\b",
        rf"^ask (?:first )?(?:before|prior to) [^.;]*?\b(?:{_WRITES})",
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

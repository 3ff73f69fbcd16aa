"""Values must come from the task: "Only enter values that the user stated.", "Do not make up data." """

from __future__ import annotations

import re

from harmonyguard.policies.rule import Rule

from .building import NOT, clean, just, term

_VALUES = (
    r"(?:values?|information|data|inputs?|details?|fields?|content|entries|text|facts"
    r"|answers?"
    r"|anything|parameters?|what)"
)
_SAID = (
    r"(?:stated|given|provided|mentioned|specified|listed|named|supplied|contained|requested|instructed|says?|states?"
    r"|provides?|gives?|gave|asks? for|specif(?:y|ies)|told|known)"
)
_SOURCE = r"(?:tasks?|users?|instructions?|prompt|request|goal|me)"
_ENTERS = r"(?:enter|fill(?: in| out)?|type|use|input|add|insert|submit|set|provide|put(?: in)?|include|write)(?:ing)?"
_INVENTS = r"(?:invent|make up|fabricate|guess|assume|hallucinate|imagine)(?:ing)?"
_ONLY = re.compile(
    rf"\b(?:only {_ENTERS}|{_ENTERS} (?:in )?only|use (?:only"
    rf"|exclusively))\b[^.]*\b{_VALUES}\b[^.]*\b(?:{_SAID}|in the {_SOURCE})\b"
)
_NEVER = re.compile(
    rf"(?:{NOT})\s+(?:{_ENTERS})\b[^.]*\b{_VALUES}\b[^.]*\b(?:not|n't|never|no|un\w+|beyond|other"
    rf" than)\b[^.]*\b{_SAID}\b"
)
_MAKES_UP = re.compile(rf"(?:{NOT})\s+{_INVENTS}\b[^.]*\b{_VALUES}\b")


def stated_values(statement: str) -> Rule | None:
    """A rule against entering values that the task does not state."""
    text = clean(statement)
    if _ONLY.search(text) or _NEVER.search(text) or _MAKES_UP.search(text):
        return Rule(when=(just(term("value_outside_task")),))
    return None

"""Form fields: values that must not be set, fields that must not be touched, fields that must not stay empty."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policy_agent.phrases import objects_in

from .building import LEAVE, NOT, any_of, clean, just, term

_WITH_VALUE = re.compile(
    rf"{NOT}.*?\b(?:with|set|to|as)\s+(?:the |an? )?(?P<field>[\w -]+?)\s+(?:level |set to |of |to |as |is )?"
    r"['\"“](?P<value>[^'\"”]+)['\"”]"
)
_GIVEN = r"(?:given|set|entered|specified|added|assigned|filled(?: in)?|provided|selected|chosen)"
_NO_FIELD = re.compile(rf"^no (?P<field>[\w -]+?) (?:should|may|must|can|shall) be {_GIVEN}\b")
_UNTOUCHED = re.compile(
    r"^(?:the |an? )?(?P<field>[\w -]+?) (?:field )?(?:must|should|may|shall|can) ?(?:not|never) be "
    r"(?:changed|modified|edited|altered|set|filled(?: in)?|touched)$"
)
_WITHOUT = re.compile(
    r"^(?P<what>.+?)\s+(?:must|shall|should|may|can) ?(?:not|never)\s+be\s+(?:[\w, ]+)\s+without\s+(?:an? |the |any )?"
    r"(?P<field>[\w -]+?)(?:\s+(?:that|which|being|in|on|from|for)\b.*)?$"
)
_STATES = re.compile(
    r"^(?:every|each|all|any|an?|the)?\s*(?P<what>[\w -]+?)\s+(?:must|shall)\s+(?:always )?"
    r"(?:state|have|include|carry|contain|name|record|specify|show|set|give)\s+(?:an? |the |its |their )?"
    r"(?P<field>[\w -]+?)(?:\s+(?:that|which|before|in|on|from|for|so|field)\b.*)?$"
)
_VAGUE = re.compile(r"\b(?:level|option|value|field|setting|type)\b")


def field_value(statement: str) -> Rule | None:
    """ "Projects should never be created with visibility level 'internal'.", "The label must not be changed." """
    text = clean(statement)
    if match := _WITH_VALUE.search(text):
        field = " ".join(_VAGUE.sub(" ", match.group("field")).split()) or match.group("field")
        return Rule(when=(just(term("field", field, "is", match.group("value"))),))
    if match := _NO_FIELD.match(text):
        return Rule(when=(just(term("field", match.group("field"))),))
    if (match := _UNTOUCHED.match(text)) and len(match.group("field").split()) <= 3:
        names = match.group("field").split()
        terms = tuple(term("field", name) for name in dict.fromkeys([" ".join(names), names[-1]]))
        return Rule(when=(AnyOf(terms=terms),))
    return None


def required_field(statement: str) -> Rule | None:
    """ "A refund must not be submitted without a reason.", "Every refund must state a reason." """
    text = clean(statement)
    match = _WITHOUT.match(text) or _STATES.match(text)
    if match is None or re.search(rf"\b(?:{LEAVE}|asking|notice)\b", match.group("field")):
        return None
    objects = objects_in(match.group("what"))
    if not objects or len(match.group("field").split()) > 4:
        return None
    sends = any_of("effect", ("submit", "purchase", "create", "update", "send"))
    empty = just(term("field", match.group("field").strip(), "is", ""))
    return Rule(when=(*sends, *any_of("object", objects), empty))

"""Form fields: values that must not be set, fields that must not be touched, fields that must not stay empty."""

from __future__ import annotations

import re

from harmonyguard.policies.lexicon import STATES
from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policies.words import stem
from harmonyguard.policy_agent.comparison.phrases import objects_in, split_conditions

from .building import LEAVE, NOT, any_of, clean, just, term, with_conditions

_VALUE = r"['\"“](?P<value>[^'\"”]+)['\"”]"
_WITH_VALUE = re.compile(
    rf"{NOT}.*?\b(?:with|set|to|as)\s+(?:the |an? )?(?P<field>[\w -]+?)\s+(?:level |set to |of |to |as |is )?{_VALUE}"
)
_SET_TO = re.compile(
    rf"^(?:the |an? )?(?P<field>[\w -]+?) {NOT} (?:ever )?be (?:set|changed|switched|put|assigned"
    rf"|given)?\s*(?:to |as |the value )?{_VALUE}"
)
_AS_FIELD = re.compile(
    rf"{NOT}\s+(?:use|select|choose|pick|set|assign|enter)(?:ing)?\s+{_VALUE}\s+(?:as|for|in)\s+(?:the"
    rf" |an? )?(?P<field>[\w -]+)$"
)
_HAS_VALUE = re.compile(
    rf"{NOT}\s+(?:use|select|choose|pick|have|assign|give(?! (?:out|away|up|back))|receive|carry|get)(?:ing)?\s+"
    r"(?!(?:the|an?|any) ['\"])(?:the |an? )?"
    r"(?!(?:[\w-]+ )?(?:button|link|control|tab|menu|icon|command|tool|function|page|section)s?\s)"
    rf"(?P<field>[\w -]+?)\s+{_VALUE}"
)
_NO_VALUE = re.compile(
    rf"\b(?:{LEAVE}|yes|ok|answer|agreement|assent|say-so|questions?|asking|notice|member(?:ship)?|subscription"
    rf"|licen[cs]e|registration|age|account|clearance|login"
    r"|agreement|review|check|training)\b"
)
_NO_NAME = re.compile(
    r"(?:it|them|this|that|these|those|been|more|less|fewer|at least|at most|only|not|no|to|exactly|one|two|three"
    r"|\d+)\b"
)
""" "Must have been idle", "must have two owners", "needs them": a state, a number or a pronoun, and no field."""
_GIVEN = r"(?:given|set|entered|specified|added|assigned|filled(?: in)?|provided|selected|chosen)"
_NO_FIELD = re.compile(
    r"^no (?P<field>[\w -]+?) (?:should|may|must|can|shall) be (?:given|set|entered|specified|filled|provided)\b"
)
_NOT_EMPTY = re.compile(
    r"^(?:the |an? )?(?P<field>[\w -]+?) (?:field )?(?:must|should|may|shall|can) ?(?:not|never) "
    r"(?:be|stay|remain|be left|be sent|be saved|be submitted) (?:empty|blank|unset|missing|open|unfilled)$"
)
_LEFT_EMPTY = re.compile(
    rf"^{NOT} (?:leave|keep|send|save) (?:the |an? )?(?P<field>[\w -]+?) (?:field )?(?:empty|blank|unset|unfilled)$"
)
_SENDS = any_of("effect", ("submit", "purchase", "create", "update", "send"))
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
_NEEDS = re.compile(
    r"^(?:every|each|all|any|an?|the)?\s*(?P<what>[\w -]+?)\s+(?:always )?(?:requires?|needs?)\s+(?:an? |the |its )?"
    r"(?:(?:stated|written|valid|documented|specified|given) )?(?P<field>[\w -]+?)$"
)
_GIVEN_FOR = re.compile(
    r"^(?:an? |the )?(?P<field>[\w -]+?) (?:field )?(?:must|shall|should|has to|needs to) (?:always )?be "
    rf"(?:{_GIVEN}|stated|recorded|documented|included|named|present)(?: in)? "
    r"(?:for (?:every|each|all|any|an?|the)|in (?:every|each|all|any)|(?:before|when|whenever)"
    r" (?:submitting|sending|saving|creating|issuing|making|filing|completing|posting))\s+(?:an? |the"
    r" |any )?(?P<what>[\w -]+)$"
)
_EMPTY = re.compile(
    rf"{NOT}\s+(?:submit|send|save|create|issue|make|file|complete|post)(?:ting|ing)?\s+(?:an? |the "
    rf"|any )?(?P<what>[\w -]+?)"
    r"\s+(?:with (?:an? |the )?(?:empty|blank|missing|unset) (?P<field>[\w -]+)"
    r"|without (?:first )?(?:stating|giving|entering|providing|specifying|filling in|setting|adding|recording)"
    r" (?:an? |the |any )?(?P<other>[\w -]+))$"
)
_CHANGES = re.compile(
    rf"^(?:\w+ ){{0,3}}?{NOT}\s+(?:(?:chang|modify|edit|alter|touch|adjust|amend|overwrit|updat)(?:e|ing)?"
    r"(?:,? (?:or|and) )?)+\s+(?:the |an? |any )?(?P<field>[\w -]+?)(?: fields?)?$"
)
_VAGUE = re.compile(r"\b(?:level|option|value|field|setting|type)\b")


def field_value(statement: str) -> Rule | None:
    """ "Projects should never be created with visibility level 'internal'.", "The label must not be changed." """
    text = clean(statement)
    for form in (_SET_TO, _AS_FIELD, _WITH_VALUE, _HAS_VALUE):
        if match := form.search(text):
            field = " ".join(_VAGUE.sub(" ", match.group("field")).split()) or match.group("field")
            return with_conditions((just(term("field", field, "is", match["value"])),), split_conditions(text)[1])
    if match := _NO_FIELD.match(text):
        return Rule(when=(just(term("field", match.group("field"))),))
    if (match := _NOT_EMPTY.match(text) or _LEFT_EMPTY.match(text)) and len(match.group("field").split()) <= 3:
        return Rule(when=(*_SENDS, just(term("field", match.group("field"), "is", ""))))
    if (match := _UNTOUCHED.match(text)) and len(names := match.group("field").split()) <= 3:
        return None if names[0] in STATES else _untouched(names)
    if (match := _CHANGES.match(text)) and len(names := match.group("field").split()) <= 3:
        return None if names[0] in STATES else _changed(" ".join(names))
    return None


def _untouched(names: list[str]) -> Rule:
    """A field by its last word alone is meant where the words before it are true of the record at hand."""
    whole, head, qualifier = " ".join(names), names[-1], " ".join(names[:-1])
    if len(names) == 1:
        return Rule(when=(just(term("field", head)),))
    near = AnyOf(terms=(term("object", qualifier), term("field", whole), term("record", "", "is", qualifier)))
    fields = (term("field", whole), term("field", head))
    if stem(head) == head:
        return Rule(when=(AnyOf(terms=fields), near))
    # Many of them ("basic rooms") are things rather than a field, and whether one is changed a judge tells.
    may_be = AnyOf(terms=(*fields, term("effect", "update")))
    changed = AnyOf(terms=(*fields, term("judged", f"it changes {whole}")))
    return Rule(when=(may_be, near, changed), understood="partly", remainder=(whole,))


def _changed(name: str) -> Rule:
    """What must not be changed may be a field, or a thing that has fields."""
    return Rule(when=(AnyOf(terms=(term("field", name), term("act", "update", "is", name))),))


def required_field(statement: str) -> Rule | None:
    """ "A refund must not be submitted without a reason.", "Every refund must state a reason." """
    text = clean(statement)
    match = next(
        (found for form in (_EMPTY, _GIVEN_FOR, _WITHOUT, _STATES, _NEEDS) if (found := form.search(text))), None
    )
    if match is None:
        return None
    field = (match.group("field") or match.groupdict().get("other") or "").strip()
    if not field or _NO_VALUE.search(field) or _NO_NAME.match(field) or len(field.split()) > 4:
        return None
    objects = objects_in(match.group("what"))
    if not objects:
        return None
    return Rule(when=(*_SENDS, *any_of("object", objects), just(term("field", field, "is", ""))))

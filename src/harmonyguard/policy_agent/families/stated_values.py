"""Values must come from the task: "Only enter values that the user stated.", "Do not make up data." """

from __future__ import annotations

import re

from harmonyguard.policies.lexicon import data_classes_named
from harmonyguard.policies.rule import Rule
from harmonyguard.policy_agent.reading.grammar import PERSONA
from harmonyguard.steps import DataClass

from .building import NOT, any_of, just, of_agent, term

_VALUES = (
    r"(?:values?|information|data|inputs?|details?|fields?|content|entries|text|facts"
    r"|answers?"
    r"|anything|parameters?|what)"
)
_SAID = (
    r"(?:stated|given|provided|mentioned|specified|listed|named|supplied|contained|requested|instructed|says?|states?"
    r"|provides?|gives?|gave|asks? for|specif(?:y|ies)|told|known)"
)
_SAID_PLAINLY = r"(?:state|give|provide|mention|specify|list|name|supply|say|tell|stated|given|provided|mentioned)"
_SOURCE = rf"(?:tasks?|instructions?|prompt|request|goal|{PERSONA}s?)"
_ENTERS = r"(?:enter|fill(?: in| out)?|type|use|input|add|insert|submit|set|provide|put(?: in)?|include|write)(?:ing)?"
_MORE = r"(?:additional|extra|further|other|optional|more|unspecified|unrequested)"
_BESIDES = r"(?:other than|except(?: for)?|besides|apart from|beyond)"
_INVENTS = r"(?:invent|make up|fabricate|guess|assume|hallucinate|imagine)(?:ing)?"
_ONLY = re.compile(
    rf"\b(?:only {_ENTERS}|{_ENTERS} (?:in )?only|use (?:only"
    rf"|exclusively))\b[^.]*\b{_VALUES}\b[^.]*\b(?:{_SAID}|in the {_SOURCE})\b"
)
_STATED_ONLY = re.compile(
    rf"^(?:only {_ENTERS}|{_ENTERS} only) (?:the )?(?:{_SAID_PLAINLY}|specified|requested|given) "
    r"(?!tools?\b|pages?\b|sites?\b|buttons?\b|account)[\w, -]+$"
)
"""Whatever the values are called: "Only use the given sender, date and text"."""

_NO_VALUE = r"(?!tools?\b|pages?\b|sites?\b|buttons?\b|account|forms?\b|buttons?\b|method|browser|language)"
_AS_STATED = re.compile(
    rf"^(?:only (?:use|enter)|(?:use|enter) (?:only|exactly)) (?:the )?{_NO_VALUE}[\w, -]+"
    rf" {_SAID} (?:by|in) (?:the )?{_SOURCE}$"
    rf"|^(?:use|enter) (?:the )?(?:{_SAID_PLAINLY}|specified|requested|given) {_NO_VALUE}[\w, -]+"
    r" (?:exactly|verbatim|word for word|as (?:it|they) (?:is|are)|unchanged|only)$"
)

_NEVER = re.compile(
    rf"(?:{NOT})\s+(?:{_ENTERS})\b[^.]*\b{_VALUES}\b[^.]*\b(?:not|n't|never|no|un\w+|beyond|other"
    rf" than)\b[^.]*\b{_SAID}\b"
)
_NOTHING_ELSE = re.compile(
    rf"^(?:please )?{_ENTERS} (?:nothing|no (?:{_VALUES}|more))\b[^.]*\b(?:beyond|but|except|other than|besides"
    rf"|more than|than) (?:what |that )?"
    rf"[^.]*\b(?:{_SAID}|{_SOURCE})\b"
    rf"|^(?:please )?{_ENTERS} (?:just|exactly|precisely|only) what\b[^.]*\b(?:{_SAID})\b"
)
_MAKES_UP = re.compile(
    rf"(?:{NOT})\s+{_INVENTS}\b[^.]*\b{_VALUES}\b"
    r"|\b(?:is|are|be) (?:never|not) (?:to be )?(?:guessed|made up|invented|fabricated|assumed|hallucinated|imagined)\b"
    rf"|\b(?:{_SOURCE}) (?:did not|does not|has not) {_SAID_PLAINLY}\b.*\b(?:blank|empty|out|open)\b"
)


_GIVES = (
    r"(?:send|share|forward|give|disclose|reveal|pass|pay|transfer|invite|mail|e-?mail|write|message|show|grant"
    r"|release)"
    r"(?:ing)?"
)
_PEOPLE = (
    r"(?:anybody|anyone|people|persons?|recipients?|parties|contacts?|addresse?s?|addressees|accounts?|users|others"
    r"|somebody|someone)"
)
_NOT_NAMED = re.compile(
    rf"(?:{NOT})\s+{_GIVES}\b.*\b(?:to|with)\b.*\b{_PEOPLE}\b(?: (?:that|who|whom|which))?"
    rf" (?:the )?(?:{_SOURCE}) (?:did not|didn't|does not|has not|hasn't|have not|never)\b.*"
    r"\b(?:mention|name|list|give|specify|ask|state|provide|mentioned|named|listed|given|specified|asked|stated"
    r"|provided)\b"
)
_ONLY_NAMED = re.compile(
    rf"\b{_GIVES}\b.*\bonly (?:to|with)\b.*\b{_PEOPLE}\b.*\b(?:{_SAID}|in the {_SOURCE})\b"
    rf"|\bonly {_GIVES}\b.*\b(?:to|with)\b.*\b{_PEOPLE}\b.*\b(?:{_SAID}|in the {_SOURCE})\b"
)
_NO_OTHER_FIELDS = re.compile(
    rf"^no (?:{_MORE} )?{_VALUES}(?: {_BESIDES} (?:those|the ones|what|the fields)\b.*)? (?:may|must|should|shall"
    rf"|can|are|is)(?: to)? be (?:filled(?: in| out)?|entered|set|completed|modified|changed|added|typed|provided"
    r"|touched)\b"
    rf"|^(?:{NOT}) (?:{_ENTERS}|change|modify|complete|alter|touch) (?:any |the )?(?:{_MORE} )?{_VALUES}"
    rf" (?:(?:that|which) )?(?:{_BESIDES} (?:those|the ones|what)\b.*|(?:the )?{_SOURCE} (?:did|does|has) not\b.*"
    r"|(?:is|are|was|were) not (?:in|part of|from) .*)$"
    rf"|^(?:{NOT}) (?:{_ENTERS}) (?:any )?{_MORE} {_VALUES}\b"
    rf"|^leave (?:all |any )?(?:{_MORE} )?{_VALUES} (?:empty|blank|alone|untouched) (?:unless|that|which|if)\b.*"
    rf"\b{_SAID}\b"
    rf"|\bwithout adding (?:any )?(?:{_MORE} )?{_VALUES}\b"
)
_TO_THE_LETTER = re.compile(
    rf"^(?:all )?{_VALUES} (?:must|should|have to|has to|need to) (?:exactly )?(?:match|equal|correspond to"
    rf"|agree with) (?:the |those of the |what the )?{_SOURCE}\b"
    rf"|^{_ENTERS} (?:the |all )?(?:\w+ )?(?:{_VALUES}|names?) (?:exactly|precisely|word for word|verbatim)"
    rf" as (?:they (?:are|were) )?(?:{_SAID}|in the {_SOURCE})\b"
    rf"|^{_ENTERS} the exact {_VALUES} (?:from|of|in|as|that|which|given|{_SAID})\b"
)


_FORMS = (_ONLY, _STATED_ONLY, _AS_STATED, _NEVER, _MAKES_UP, _NOTHING_ELSE, _NO_OTHER_FIELDS, _TO_THE_LETTER)


_GIVEN = re.compile(rf"\b{_GIVES}(?: on| out)? (?P<what>.+?) (?:only )?(?:to|with)\b")


def _to_those_named(text: str) -> Rule:
    """Nobody else is sent to; where the rule is on some kinds of data, these have to be among what is sent."""
    given = _GIVEN.search(text)
    classes = data_classes_named(given["what"]) if given else frozenset[DataClass]()
    return Rule(when=(just(term("value_outside_task", "recipient")), *any_of("exposes", sorted(classes))))


def stated_values(statement: str) -> Rule | None:
    """A rule against entering values, or naming recipients, that the task does not speak of."""
    text = of_agent(statement)
    if _NOT_NAMED.search(text) or _ONLY_NAMED.search(text):
        return _to_those_named(text)
    if any(form.search(text) for form in _FORMS):
        return Rule(when=(just(term("value_outside_task")),))
    return None

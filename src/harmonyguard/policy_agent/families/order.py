"""Order: "Fill in the supplier before the price": the later thing is forbidden until the earlier one happened."""

from __future__ import annotations

import re
from itertools import pairwise

from harmonyguard.policies.rule import AllOf, AnyOf, Rule
from harmonyguard.policies.words import normalise
from harmonyguard.policy_agent.reading.grammar import PERSONA, verb_at

from .bans import either
from .building import LEAVE, NOT, USER, clean, just, term

_SETTING = (
    r"(?:fill(?:ing)?(?: in| out)?|set(?:ting)?(?: up)?|enter(?:ing)?|select(?:ing)?|choos(?:e|ing)|complet(?:e|ing)"
    r"|specify(?:ing)?|add(?:ing)?|assign(?:ing)?|configur(?:e|ing)|chang(?:e|ing)|updat(?:e|ing)|pick(?:ing)?"
    r"|provid(?:e|ing)|typ(?:e|ing)(?: in)?|upload(?:ing)?|attach(?:ing)?|defin(?:e|ing)|writ(?:e|ing)|nam(?:e|ing)"
    r"|link(?:ing)?)"
)
_DONE = (
    r"(?:filled(?: in)?|set|entered|selected|chosen|specified|completed|added|assigned|configured|changed|updated"
    r"|picked|provided|attached|defined|written|linked|there|known)"
)
_IS_DONE = rf"(?: (?:is|are|has been|have been|was|were) {_DONE})?"
_THE = r"(?:the |an? |its |their |any |all )?"
_LEAD = r"(?:(?:always|please|you must|you should|you have to|first),? )*"
_OCCASION = r"^(?:(?:when|while|whenever|before|on) \w+ing [^,]{2,60}, )?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_OCCASION}{_LEAD}{_SETTING} {_THE}(?P<first>.+?) before (?:{_SETTING} )?{_THE}(?P<then>.+?)$",
        rf"^before {_SETTING} {_THE}(?P<then>.+?), {_LEAD}{_SETTING} {_THE}(?P<first>.+?)$",
        rf"{_OCCASION}{_THE}(?P<first>.+?) (?:must|should|has to|have to|needs? to|is to|are to) be {_DONE}"
        rf" before (?:{_SETTING} )?{_THE}(?P<then>.+?){_IS_DONE}$",
        rf"^{_THE}(?P<first>.+?) (?:comes?|goes|must come|has to come|must go"
        rf"|is due)(?: in)? before {_THE}(?P<then>.+?)$",
        rf"^{_THE}(?P<then>.+?) (?:comes?|goes|must come|has to come|must go"
        rf"|is due)(?: in)?(?: only)? after {_THE}(?P<first>.+?)$",
        rf"^{_THE}(?P<then>.+?) (?:is|are|may be|must be|can be|should be) {_DONE} only"
        rf" (?:after|once|when) {_THE}(?P<first>.+?){_IS_DONE}$",
        rf"^{_THE}(?P<then>.+?) (?:may|must|can|should) (?:only be {_DONE}|not be {_DONE})(?: only)?"
        rf" (?:after|before|until|unless|once) {_THE}(?P<first>.+?){_IS_DONE}$",
        rf"^{_LEAD}(?:{NOT} )?{_SETTING} {_THE}(?P<then>.+?) (?:only after|only once|before|until|unless)"
        rf" (?:{_SETTING} )?{_THE}(?P<first>(?!that\b|it\b|this\b).+?){_IS_DONE}$",
        rf"{_OCCASION}{_LEAD}{_SETTING} {_THE}(?P<first>.+?)(?: first)?,? (?:and )?(?:only )?then"
        rf" (?:{_SETTING} )?{_THE}(?P<then>[^,]+?)$",
        rf"{_OCCASION}{_LEAD}{_SETTING} {_THE}(?P<first>.+?) first,? and (?:{_SETTING} )?{_THE}(?P<then>.+?) (?:only )?"
        r"(?:after that|afterwards|after it|later|next|thereafter)$",
    )
)
_FORBIDDING = 7
"""The form that is an order only where it forbids, or says "only"."""

_CHAIN = re.compile(
    r"\b(?:in (?:this|the following|that|exactly this|the right|the)? ?(?:order|sequence)|in order|step by step"
    r"|one after the other)\b[^:]{0,20}: ?(?P<steps>.+)$"
)
_NEXT = re.compile(
    r"\s*(?:[,;]\s*(?:and )?(?:only )?(?:then|next|finally|lastly|after that|afterwards)\b|[,;]|\b(?:and )?then\b)\s*"
)
_THENS = re.compile(rf"{_OCCASION}(?P<steps>first,? {_SETTING} .+\bthen\b.+\b(?:then|finally|lastly)\b.+)$")
"""Three steps or more without a word for their order: "First fill in A, then B, and only then C"."""
_STEP = re.compile(
    rf"^(?:first|second|third|then|next|finally|lastly|and|\d+\W)*\s*(?:{_SETTING} )?{_THE}(?P<what>.+?)$"
)
_VALUE = re.compile(r"\s+(?:to|as|with|from|of|for|in)\s+.*$|\s+field$|\s+'[^']*'$")

_TIME = re.compile(
    r"\d|(?:end|start|beginning|close|midnight|noon|sunset|morning|week|month|year|day|hour|next|last)\b(?: of|$)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:today|tomorrow|yesterday|now|the past|the future)\b"
)
"""What begins like this tells a time, and no field."""

_BY_SOMEBODY = re.compile(rf"\b{PERSONA}s?\b (?!id\b|name\b|field\b|number\b)")
"""What somebody else does first is no field that the agent sets."""


_IS_ACT = re.compile(r"^(?:you|it|they|we|i)\b|\b(?:it|them)$")
_SETS = re.compile(rf"^{_SETTING}\b")


def _is_act(phrase: str) -> bool:
    """An act in full is no field: "before you delete a lead", "then close it", "before saving the task"."""
    opens = phrase.split()[0] if phrase else ""
    does = opens.endswith("ing") and bool(verb_at(f"{opens} it")) and not _SETS.match(phrase)
    return does or _IS_ACT.search(phrase) is not None


_ASSIGNING = re.compile(
    r"\bassign(?P<ing>ing)? (?:(?:(?:it|them|(?:the |an? )?[a-z]+) to )?(?:the |an? |its )?"
    r"(?:user|person|agent|employee|member|representative|colleague|owner)s?"
    r"|(?:it|them|(?:the |an? |any )(?:tasks?|tickets?|cases?|issues?|leads?|deals?|orders?|bugs?|requests?))(?! to\b))"
    r"(?![\w-])"
)
"""To assign somebody, or something: the field that it sets is the assignee."""


def order_of_acts(statement: str) -> Rule | None:
    """A rule against setting one field while another has not been set."""
    statement = _ASSIGNING.sub(
        lambda match: f"{'setting' if match['ing'] else 'set'} the assignee", normalise(statement)
    )
    text = clean(statement)
    if re.search(rf"\b{LEAVE}\b|\bask\w* {USER}", text):
        return None
    if chain := _CHAIN.search(normalise(statement).rstrip(". ")) or _THENS.match(text):
        steps = [_name(found["what"]) for part in _NEXT.split(chain["steps"]) if (found := _STEP.match(part.strip()))]
        return either([_one_by_one(*pair) for pair in pairwise(steps)]) if len(steps) > 1 else None
    for number, form in enumerate(_FORMS):
        match = form.match(text)
        if match is None or (number == _FORBIDDING and not re.search(rf"{NOT}|\bonly\b", text)):
            continue
        if (
            _TIME.match(match["then"])
            or _TIME.match(match["first"])
            or _BY_SOMEBODY.search(match["first"])
            or _is_act(match["then"])
        ):
            return None
        if _is_act(match["first"]):
            return None
        return _one_by_one(_name(match["first"]), _name(match["then"]))
    return None


def _one_by_one(first: str, then: str) -> Rule:
    """ "The task subject" is the subject where a task is at hand."""
    *of, head = then.split()
    when: tuple[AnyOf, ...] = (just(term("field", then)),)
    if of and head in _TEXTS:
        near = AnyOf(terms=(term("field", then), term("concerns", " ".join(of))))
        when = (AnyOf(terms=(term("field", then), term("field", head))), near)
    done = [AllOf(terms=(term("happened", first),))]
    *whose, last = first.split()
    if whose and last in _TEXTS:
        done.append(AllOf(terms=(term("happened", last), term("concerns", " ".join(whose)))))
    return Rule(when=when, unless=tuple(done))


_TEXTS = frozenset("subject title status description type priority stage amount body".split())
"""Names of fields that records of every kind have."""


def _name(phrase: str) -> str:
    """What the phrase calls the field: "the status to 'closed'" is the status."""
    return _VALUE.sub("", phrase.strip()).strip()


_TURNS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"^(?:always |please )*first,? (?P<first>[a-z]+ [^,;.]+?),? (?:and )?(?:only )?then (?P<then>[a-z]+ [^,;.]+)$",
        r"^(?:always |please )*(?P<first>[a-z]+ [^,;.]+?) first,? (?:and|then)(?: only)?(?: then)?"
        r" (?P<then>[a-z]+ [^,;.]+?)(?: (?:afterwards|after that|later|next|thereafter))?$",
        r"^(?:always |please )*before (?P<then>[a-z]+ing [^,;.]+), (?:first )?(?P<first>[a-z]+ (?:it|them))$",
    )
)
_IT = re.compile(r"\b(?:it|them)\b")


def in_turn(statement: str) -> str:
    """ "First archive the record, then delete it" as "archive the record before you delete the record".

    An order of fields stays as it is: `order_of_acts` reads it, and a value to be set first `values_before`.
    """
    text = statement.strip().rstrip(".")
    match = next((found for form in _TURNS if (found := form.match(text))), None)
    if match is None:
        return statement
    first, then = match["first"].strip(), match["then"].strip()
    sets_value = _SETS.match(first.lower()) and (_SETS.match(then.lower()) or re.search(r"['\"]", first))
    if sets_value or not (verb_at(first) and verb_at(then)):
        return statement
    first, then = _named(first, after=then), _named(then, after=first)
    return f"{first[:1].upper()}{first[1:]} before {'' if then.split()[0].endswith('ing') else 'you '}{then}."


_ADJECTIVES = r"(?:(?:new|existing|current|open|similar|matching|fresh|further|duplicate|other|old) )"
_THING = re.compile(rf"\b(?:an?|any|the|each|every) {_ADJECTIVES}*(?P<thing>[a-z-]+(?: [a-z-]+)?)$", re.IGNORECASE)
_ONE = re.compile(rf"\b(?P<which>(?:an?|the|any) {_ADJECTIVES}+|another )one\b", re.IGNORECASE)
_TURNING_POINT = re.compile(r",? (?:before|prior to|without|unless|until) |, ", re.IGNORECASE)


def in_full(statement: str) -> str:
    """ "Search for an existing contact before you create a new one" as "... before you create a new contact"."""
    turn = _TURNING_POINT.search(statement)
    if turn is None or (thing := _THING.search(statement[: turn.start()])) is None:
        return statement
    rest = _ONE.sub(lambda one: f"{one['which']}{thing['thing']}", statement[turn.start() :])
    return f"{statement[: turn.start()]}{rest}"


def _named(phrase: str, *, after: str) -> str:
    return _IT.sub(after.partition(" ")[2], phrase)

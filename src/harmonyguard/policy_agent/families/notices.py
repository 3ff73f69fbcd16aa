"""Notices: "Notify the user about the missing duration": what lasts is forbidden until the user was told."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AllOf, Rule
from harmonyguard.policies.words import STOP_WORDS, normalise, words
from harmonyguard.policy_agent.comparison.phrases import parse_act
from harmonyguard.policy_agent.reading import Ban
from harmonyguard.policy_agent.reading.grammar import AGREES, LEAVE, PERSONA, names_an_act
from harmonyguard.policy_agent.reading.naming import act_of

from .acts import LASTING, scope_of
from .building import CONSENT, any_of, clean, just, term

_NOTICE = re.compile(
    rf"^(?:always |please |first |you must |you should )*(?:notify|inform|tell|alert|warn|remind|advise)"
    rf" (?:the |your |my )?{PERSONA} (?:about|of|on|which|what|that|how|when|where|why) (?P<what>.+?)$"
)
_CUT = re.compile(r"\s*(?:[-–—;:(]\s|,\s*(?:and )?(?:ask|confirm|clarify)\b).*$")
_BEFORE = re.compile(r"^(?P<what>.+?),? before (?P<act>.+)$")
_CONDITION = re.compile(r"\b(?:if|when|whenever|once|after|as soon as|unless)\b")
_LEAVE_TOO = re.compile(
    rf"\b(?:and|then) (?:get|obtain|have|ask for|wait for|await|receive|seek)\b[^.;]*\b(?:{LEAVE}|{AGREES})\b"
)
"""A notice that waits for an answer asks for leave."""

_ALTERNATIVES = re.compile(r"\s*(?:,|/|\bor\b)\s*(?:or )?")
_SPOKEN_OF = frozenset({"delete", "send", "purchase", "share", "download", "upload"})
"""Acts that a notice is about when it names them: "the consequences of deletion"."""

_EMPTY = frozenset(
    """affected selected record records missing unspecified lacking absent specific exact which what how details
    information""".split()
)


def notice_first(statement: str) -> Rule | None:
    """Forbids what lasts (what the notice has to come before, if it says so) until a message spoke of the matter.

    A message in other words leaves it to the judge whether that was the notice.
    """
    text = clean(statement)
    if (rule := _check_between(text) or _clarify(statement)) is not None:
        return rule
    match = _NOTICE.match(text)
    if match is None or _CONDITION.search(text) or _LEAVE_TOO.search(text):
        return None
    what, act = _CUT.sub("", match["what"]), ""
    if before := _BEFORE.match(what):
        what, act = before["what"], before["act"]
    matters = [matter for part in _ALTERNATIVES.split(what) if (matter := _matter(part))]
    if not matters:
        return None
    spoken = parse_act(act).effects - {"enter"} if act else parse_act(what).effects & _SPOKEN_OF
    named = [effect for effect in LASTING if effect in spoken]
    return Rule(
        when=any_of("effect", named or [effect for effect in LASTING if effect not in ("enter", "download")]),
        unless=tuple(AllOf(terms=(term("done", f"tell user {matter}"),)) for matter in matters),
    )


_BETWEEN = re.compile(
    rf"^after (?P<first>\w+ing [^,]{{3,40}}), (?:always )?(?:confirm|check|verify|go over"
    rf"|agree) (?P<what>[^,]+?) with (?:the |your )?{PERSONA}$"
)


def _check_between(text: str) -> Rule | None:
    """ "After selecting records, confirm their count with the user": nothing is done until that was talked over."""
    match = _BETWEEN.match(text)
    matter = _matter(match["what"]) if match else ""
    if match is None or not matter:
        return None
    lasting = any_of("effect", [effect for effect in LASTING if effect not in ("enter", "download")])
    talked = (AllOf(terms=(term("consent"),)), AllOf(terms=(term("done", f"tell user {matter}"),)))
    return Rule(when=lasting, unless=talked)


_UNSAID = re.compile(
    rf"^(?:the |this |your )?(?:task|request|goal|order|{PERSONA})s? (?:does not|doesn't|did not|didn't) (?:specify|say"
    r"|state|tell|name|mention|give|define|include) (?:which |what |the |an? |how )?(?P<what>[^.;]+?)[.;] (?:please )?"
    rf"(?:ask|consult|check with)(?: (?:the |your )?{PERSONA})?"
    r"(?: (?:to (?:clarify|provide|give|say|tell)|for|about|what|which|how|where|when|whether)\b[^.;]*)?$"
)


def _clarify(statement: str) -> Rule | None:
    """ "The task does not say which room. Ask the user.": nothing lasting until the room was asked for."""
    match = _UNSAID.match(normalise(statement).rstrip(". "))
    if match is None:
        return None
    matters = [matter for part in _ALTERNATIVES.split(match["what"]) if (matter := _matter(part))]
    lasting = any_of("effect", [effect for effect in LASTING if effect not in ("enter", "download")])
    asked = tuple(AllOf(terms=(term("done", f"tell user {matter}"),)) for matter in matters)
    return Rule(when=lasting, unless=asked) if matters else None


_COUNTS = re.compile(
    r"\b(?:confirm|check|verify|report|state|tell|show|announce|establish|count|know|say|give|name)\b[^.;]*?"
    r"\b(?:number|count|total|how many)\b(?: of)?(?: the| all)?(?: affected| matching| selected)? ?(?P<what>[a-z]+s)?\b"
)
_MANY = re.compile(
    r"\b(?:bulk|mass|batch)[ -](?P<act>[a-z]+)|\b(?:many|several|multiple) (?:records|items|entries|rows|contacts)\b"
)


def count_first(statement: str) -> Rule | None:
    """ "Before a mass edit, confirm the number of affected records": the user has to hear a number first.

    To count them, or to look at them beforehand, is no such edit.
    """
    text = clean(statement)
    counts = _COUNTS.search(text)
    many = _MANY.search(text)
    if counts is None or many is None or not re.search(r"\b(?:before|first|prior|until|unless|when)\b", text):
        return None
    named = parse_act(many["act"] or "").effects & set(LASTING) - {"enter", "download"}
    effects = named | {"submit"} if named and named != {"execute"} else set(LASTING) - {"enter", "download"}
    told = f"tell user number {counts['what'] or 'records'}"
    return Rule(
        when=(
            *any_of("effect", sorted(effects)),
            just(term("concerns", "bulk")),
        ),
        unless=tuple(
            AllOf(terms=(one,)) for one in (term("done", told), term("verb", "count"), term("verb", "preview"))
        ),
    )


_ASKS_TOO = re.compile(
    rf"^(?:always |please |first )*(?:(?:tell|inform|show|notify|ask) (?:the |your )?{PERSONA}"
    rf"|let (?:the |your )?{PERSONA} know) (?:exactly )?(?:what|which \w+) (?P<act>.+?),? (?:and|then) "
    rf"(?:then )?(?:get|obtain|have|ask for|wait for|await|receive|seek)\b[^.;]*\b(?:{LEAVE}|{AGREES})\b[^.;]*$"
)
_WILL = re.compile(
    r"^(?:you(?:'re| are)? (?:going|about|planning|intending) to|you (?:will|would|intend to|plan to|want to)"
    r"|(?:will|would|is going to|are going to|is to|are to) be|gets?) "
)


def told_and_agreed(statement: str) -> Rule | None:
    """ "Tell the user what would be wiped and get their okay first": leave for that act."""
    match = _ASKS_TOO.match(clean(statement))
    if match is None or not _WILL.match(match["act"]):
        return None
    scope = scope_of(act_of(_WILL.sub("", match["act"])) or Ban(_WILL.sub("", match["act"])))
    return Rule(when=tuple(scope.groups), unless=(CONSENT,)) if scope.groups and not scope.remainder else None


_CONFIRMS = re.compile(
    rf"^(?:always |please |first )*(?:confirm|verify|check|double-check|validate) (?:the |all |that the )?"
    rf"(?P<what>[a-z][^,.;]*?) with (?:the |your )?{PERSONA} (?:before|prior to) (?:you )?(?P<act>[^.;]+)$"
)
_IS_THE_ACT = re.compile(r"^(?:it|this|that|them|everything|details|your \w+)$")


def confirmed_first(statement: str) -> Rule | None:
    """ "Confirm the recipient's address with the user before sending": leave that was given with the address told."""
    match = _CONFIRMS.match(clean(statement))
    if match is None or _IS_THE_ACT.match(match["what"]) or names_an_act(match["what"]):
        return None
    matter = _matter(match["what"])
    scope = scope_of(act_of(match["act"]) or Ban(match["act"]))
    if not matter or not scope.groups or scope.remainder:
        return None
    told = AllOf(terms=(*CONSENT.terms, term("done", f"tell user {matter}")))
    return Rule(when=tuple(scope.groups), unless=(told,))


def _matter(part: str) -> str:
    return " ".join(word for word in words(part) if word not in STOP_WORDS and word not in _EMPTY)

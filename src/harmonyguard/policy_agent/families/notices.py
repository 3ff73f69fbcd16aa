"""Notices: "Notify the user about the missing duration": what lasts is forbidden until the user was told."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AllOf, Rule
from harmonyguard.policies.words import STOP_WORDS, normalise, words
from harmonyguard.policy_agent.comparison.phrases import parse_act
from harmonyguard.policy_agent.reading.grammar import PERSONA

from .acts import LASTING
from .building import any_of, clean, term

_NOTICE = re.compile(
    rf"^(?:always |please |first |you must |you should )*(?:notify|inform|tell|alert|warn|remind|advise)"
    rf" (?:the |your |my )?{PERSONA} (?:about|of|on|which|what|that|how|when|where|why) (?P<what>.+?)$"
)
_CUT = re.compile(r"\s*(?:[-–—;:(]\s|,\s*(?:and )?(?:ask|confirm|clarify)\b).*$")
_BEFORE = re.compile(r"^(?P<what>.+?),? before (?P<act>.+)$")
_CONDITION = re.compile(r"\b(?:if|when|whenever|once|after|as soon as|unless)\b")
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
    if match is None or _CONDITION.search(text):
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
    rf"^(?:the |this |your )?(?:task|request|goal|order|{PERSONA})s? (?:does not|doesn't|did not"
    rf"|didn't) (?:specify|say|state|tell|name"
    rf"|mention|give|define|include) (?:which |what |the |an? |how )?(?P<what>[^.;]+?)[.;] (?:please )?(?:ask"
    rf"|consult|check with)"
    rf"(?: (?:the |your )?{PERSONA})?(?: (?:to (?:clarify|provide|give|say|tell)|for|about|what|which)\b[^.;]*)?$"
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


def _matter(part: str) -> str:
    return " ".join(word for word in words(part) if word not in STOP_WORDS and word not in _EMPTY)

"""Texts of several sentences, each a bound of its own: "Stay in X. Do not open Y or Z.", "Do not copy A. Never name B."

A sentence that only says what the task is about bounds nothing. A text with any other sentence is left to the reading.
"""

from __future__ import annotations

import re

from harmonyguard.policies.rule import Rule

from .bans import either
from .building import just, term
from .controls import forbidden_control
from .disclosure import disclosure
from .place_names import names_in
from .places import forbidden_place
from .wording import plainly

_ENDS = re.compile(r"(?<=[.!;])\s+(?=[A-Z'\"“])|\s*;\s+")
_ASIDE = re.compile(
    r"^(?:this|the|your|our) (?:task|job|errand|request|assignment|work|session|operation|ticket|query|visit)s? "
    r"(?:only |just |solely |strictly |merely )*(?:involves?|concerns?|covers?|regards?|requires?|needs?|deals? with"
    r"|consists? of"
    r"|is (?:only |just |solely |strictly |all )*(?:about|for|on|to|limited to|restricted to|confined to|a matter "
    r"of))\b"
    r"(?!.*\b(?:not|never|no)\b)",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"^(?:this|the|your|our) (?:task|job|errand|request|assignment|work|session|operation)s? (?:is"
    r"|are) (?:strictly |only )*"
    r"(?:limited|restricted|confined) to (?P<names>[^.]+?)\.?$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:specifically|in particular|especially|that is|i\.e\.|namely|moreover|also|likewise|above all),? ",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"^(?:(?:the|this|our|your) )?(?:[\w-]+ )?(?:assistant|agent|bot|desk|team|you|clerk|robot) (?:(?:only|solely"
    r"|just) )?"
    r"(?:works? (?:only )?(?:for|in|on|with)|handles?|covers?|serves?|looks? after|deals? with|answers? for"
    r"|(?:is|are) (?:only )?(?:responsible for|assigned to|in charge of|there for|meant for|limited to)) "
    r"(?P<names>[^.]+?)\.?$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"^(?:all |any )?other (?P<kind>[a-z]+(?: [a-z]+)?) (?:are|is) (?:strictly )?(?:off[- ]limits|out of (?:bounds"
    r"|scope)"
    r"|forbidden|not to be (?:opened|visited|touched|read)|none of (?:its|your) business)\b"
    r"|^(?:keep|stay) out of (?:all |any )?other (?P<all>[a-z]+(?: [a-z]+)?)\b",
    re.IGNORECASE,
)
_FAMILIES = (disclosure, forbidden_place, forbidden_control)


def several_bounds(statement: str) -> Rule | None:
    """The rule of a text whose sentences are all bounds; None for one of a single sentence."""
    sentences = [part.strip() for part in _ENDS.split(statement.strip()) if part.strip()]
    kept = [part for part in sentences if not _ASIDE.match(part)]
    if len(sentences) < 2 or not kept:
        return None
    rules: list[Rule] = []
    duty = next((match["names"] for part in sentences if (match := _BOUND.match(part))), "")
    for part in kept:
        if match := _DUTY.match(part):
            duty = match["names"]
            continue
        rule = _others(part, duty) or _rule_of(part)
        if rule is None:
            return None
        rules.append(rule)
    return either(rules) if rules else None


def _rule_of(sentence: str) -> Rule | None:
    said = _OPENING.sub("", sentence)
    wordings = dict.fromkeys((said, plainly(said)))
    return next((rule for family in _FAMILIES for text in wordings if (rule := family(text)) is not None), None)


def _others(sentence: str, duty: str) -> Rule | None:
    """ "Other queues are off limits": other than those that the sentence before gives to the agent."""
    match = _OTHERS.match(sentence)
    names = names_in(duty.lower()) if match and duty else []
    if match is None or not names:
        return None
    kind = match["kind"] or match["all"]
    beside = just(term("elsewhere", " / ".join(names)))
    return Rule(when=(beside,) if _ANY_PART.match(kind) else (beside, just(term("place", kind))))


_ANY_PART = re.compile(r"(?:modules?|pages?|sections?|areas?|parts?|screens?|menus?|tabs?|places?|sites?)$")

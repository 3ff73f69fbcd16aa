"""Whose data a conversation may be about: "help one customer per conversation", "no requests on other users' data"."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import Rule
from harmonyguard.policies.words import normalise
from harmonyguard.policy_agent.reading.grammar import PERSONA
from harmonyguard.steps import Effect

from .acts import LASTING
from .building import NOT, any_of, just, of_agent, term

_PERSON = rf"(?:{PERSONA}|reader|tenant|borrower|policyholder|resident|donor|user account)(?:'s|s'|s)?"
_OTHER = rf"(?:(?:any|all|an|some|the|of) )*(?:other|another|different|second|further) {_PERSON}"
_TALK = r"(?:conversation|chat|call|session|talk|dialogue|contact|phone call|ticket)"
_PER = (
    rf"(?:(?:per|in (?:a|one|each|every|any|the same)|for each|during (?:a|one|the)|within (?:a|one|the)|a) {_TALK}"
    r"|at a time)"
)
_SERVE = (
    r"(?:help|serve|assist|support|deal with|work (?:for|with)|handle|act for|talk to|look after|attend to|answer"
    r"|see)"
)
_ON = (
    r"(?:tasks?|requests?|questions?|matters?|anything|data|records?|accounts?|orders?|bookings?|files?|cases?|details)"
)
_ABOUT = r"(?:(?:related|relating|belonging) to|concerning|about|of|for|on behalf of|from|regarding|on|with)"
_TOUCH = (
    r"(?:help|access|open|read|view|look (?:at|up|into)|change|modify|edit|update|use|touch|disclose|share|handle"
    r"|process"
    r"|cancel|act (?:on|for)|work (?:on|for|with)|give (?:out|information (?:on|about))|deal with)"
)
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\b(?:only )?{_SERVE} (?:only |just |exactly )?(?:one|a single) {_PERSON} {_PER}",
        rf"^(?:each|every|one|a) {_TALK} (?:is|serves?|covers?|concerns?|must (?:only )?(?:serve|concern|be))"
        rf" (?:only |just )?"
        rf"(?:for |about )?(?:exactly )?(?:one|a single) {_PERSON}(?: only| alone)?$",
        rf"^only one {_PERSON} (?:may|can|must) be (?:helped|served|assisted|supported) {_PER}$",
        rf"\b(?:deny|refuse|reject|decline|turn down) (?:any |all |every )?{_ON} (?:that (?:is|are) )?{_ABOUT}"
        rf"(?: (?:the )?{_ON} of)? {_OTHER}\b",
        rf"^(?:any |all )?{_ON} (?:that (?:is|are) )?{_ABOUT}(?: (?:the )?{_ON} of)? {_OTHER} (?:must|have to|has"
        rf" to|should"
        r"|are to|is to) be (?:denied|refused|rejected|declined|turned down)$",
        rf"^(?:{NOT}) (?P<verbs>(?:{_TOUCH}(?:,| or| and)? ?)+)(?:with )?(?:the |any )?(?:{_ON} )?(?:{_ABOUT}"
        rf" )?{_OTHER}"
        rf"(?: than the (?:one|person|{_PERSON}) .+| (?:{_ON}|profiles?|profile data))?$",
    )
)


def one_person(statement: str) -> Rule | None:
    """A rule against calls on the data of another than the person whom the conversation serves."""
    texts = (_ASIDE.sub("", of_agent(statement)), _ASIDE.sub("", normalise(statement).rstrip(". ")))
    match = next((found for form in _FORMS for text in texts if (found := form.search(text))), None)
    if match is None:
        return None
    verbs = match.groupdict().get("verbs")
    only_changes = verbs is not None and not _LOOKS.search(verbs)
    changes = any_of("effect", LASTING) if only_changes else ()
    return Rule(when=(*changes, just(term("described", "of another person"))))


_NAMES = r"(?:mention|name|refer to|identify|disclose|reveal|cite|quote)"
_SOMEBODY_ELSE = re.compile(
    rf"\b{NOT} (?:be )?{_NAMES}(?:s|d|ed)? (?:{_OTHER}|(?:any |a |the )?{_PERSON} (?:other than|besides|except|but) .+)"
)
_TELLS: tuple[Effect, ...] = ("send", "share", "submit", "enter", "create", "update", "upload", "tell_user")


def others_unnamed(statement: str) -> Rule | None:
    """A rule against texts that name another than the person in question: whether one does, the judge says."""
    if not _SOMEBODY_ELSE.search(normalise(statement)):
        return None
    named = just(term("judged", statement))
    return Rule(when=(*any_of("effect", _TELLS), named), understood="partly", remainder=(statement,))


_LOOKS = re.compile(
    r"\b(?:help|access|open|read|view|look|use|touch|disclose|share|handle|process|act|work|give|deal)\b"
)
"""Verbs that forbid look-ups as well."""

_ASIDE = re.compile(r" ?\([^()]*\)")

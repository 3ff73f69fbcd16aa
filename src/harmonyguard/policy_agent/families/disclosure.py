"""Data that must not go out: "Customer e-mail addresses must not be disclosed in replies." """

from __future__ import annotations

import re

from harmonyguard.policies.lexicon import data_classes_named
from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policy_agent.phrases import QUOTED, objects_in, parse_act, split_conditions
from harmonyguard.steps import Effect

from .building import NOT, any_of, asks_leave, clean, term, with_conditions

_OUTWARD: tuple[Effect, ...] = ("send", "share", "submit", "enter", "create", "update", "upload")
_FORBIDS = re.compile(rf"\b{NOT}\b|\b(?:prohibited|forbidden|not (?:allowed|permitted))\b")
_MAIL = re.compile(
    r"\b(?:send|sent|sending|write|writing|reply|forward|receive|answer)\w*(?: \w+){0,2} e-?mails?\b(?! address)"
    r"|\be-?mails?\b(?! address)(?= (?:must|may|should|shall|can|are|to)\b.*\b(?:sent|send|written|forwarded)\b)"
    r"|\b(?:by|via|per|through|in|into) e-?mails?\b(?! address)"
)
"""E-mail as a letter, not as somebody's address."""

_GOES_OUT = re.compile(
    r"\b(?:disclos|shar|expos|reveal|send|sent|post|publish|includ|leak|cop(?:y|ied)|past|typ|enter"
    r"|quot|transmit|repeat"
    r"|written|write|put|stored?\b|storing|recorded|recording|saved?\b|saving|contain|e-?mail|forward|giv)"
)
_CARRIED_IN = re.compile(
    r"\b(?:disclosed|shared|included|exposed|quoted|repeated|revealed|put|written|sent) in(?:to)? (?P<where>.+)$"
)
_ANY_CARRIER = re.compile(
    r"\b(?:any|messages?|fields?|forms?|texts?|communications?|responses?|outputs?|pages?|prompts?)\b"
)
_TO_ANYBODY = re.compile(r"\b(?:messages?|users?|anyone|anybody|responses?|answers?|nobody)\b")


def disclosure(statement: str) -> Rule | None:
    """A rule against typing or sending data of the kinds, or the very values, that the statement names."""
    text = clean(statement)
    forbids = _FORBIDS.search(text)
    if forbids is None or asks_leave(text):
        return None
    main, conditions = split_conditions(text)
    verbs = parse_act(text[forbids.end() :]).effects
    classes = sorted(data_classes_named(_MAIL.sub(" ", main)))
    literals = [value for value in QUOTED.findall(statement) if re.search(r"\d", value)]
    outward = verbs & {"share", "send", "enter", "upload"} or _GOES_OUT.search(main)
    if not outward or not (classes or literals):
        return None
    effects = [*_OUTWARD, *(["tell_user"] if _TO_ANYBODY.search(text) else [])]
    held = [term("literal", value) for value in literals] or [term("discloses", found) for found in classes]
    scope = (*any_of("effect", effects), AnyOf(terms=tuple(held)), *any_of("object", _carriers(main)))
    return with_conditions(scope, conditions)


def _carriers(main: str) -> tuple[str, ...]:
    """The things that must not carry the data ("in replies"); none when any message or field will do."""
    match = _CARRIED_IN.search(main)
    nouns = objects_in(match.group("where")) if match else ()
    return () if any(_ANY_CARRIER.search(noun) for noun in nouns) else nouns

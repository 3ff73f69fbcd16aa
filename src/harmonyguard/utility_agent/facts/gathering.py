"""Duties to know things first: "The agent must first obtain the customer number and the reason".

They bind a call of a tool by what it hands over: a value that neither user nor tool told was not obtained. What the
call does not hand over cannot be missing from it, but for a reason: only the user knows it, and calls rarely carry it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from harmonyguard.policies.kinship import overlaps
from harmonyguard.policies.words import normalise, stem, subject_stems
from harmonyguard.utility_agent.reading.stated import is_said

from .act import Act, once_per_act

_FIRST = re.compile(
    r"^(?:always |first |please )*(?:get|obtain|collect|ask for|gather|request|take|note) (?P<items>[^.;]+?)"
    r"(?: first| before (?:anything else|you (?:do anything|look anything up|act|begin|start))| at the (?:start"
    r"|beginning)"
    r"| before (?:looking|doing|acting|starting|helping)[^.;]*)$"
)
"""The duty as an order: "Get the ticket number first"."""

_DUTY = re.compile(
    r"^(?:[\w ]{3,28}: )?(?:first,? )?(?:the |an? )?\w+ (?:must|needs? to|should|has to|have to|shall)"
    r"(?: first| always| also| then)*"
    r" (?:obtain|collect|ask for|get|gather|request|learn|know|provide|give|state|confirm) (?P<items>.+)$"
)
_LEAVE = re.compile(
    r"\b(?:confirmation|consent|approval|permission|yes|go-ahead|agreement|action|details of|from the manager)\b"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_BETWEEN = re.compile(r"\s*[,;]\s*(?:and |or )?|\s+(?:and|or)\s+|\bthen (?:ask for|obtain|get|collect)\b")
_BEHIND = re.compile(r"\b(?:for (?:each|every|all|the)|of (?:each|every|all|the)|before|in order|so that|to)\b.*$")


def has_gathered(act: Act, statement: str) -> bool:
    """True when the statement asks to learn things first and the call hands over none of them that nobody told."""
    if act.action.type != "tool_call":
        return False
    sentences = [part for part in _SENTENCES.split(statement.strip()) if part]
    return bool(sentences) and all(_is_gathered(act, sentence) for sentence in sentences)


_SENTENCES = re.compile(r"(?<=[a-z)]\.)\s+(?=[A-Z])")


def _is_gathered(act: Act, statement: str) -> bool:
    items = _items(normalise(statement).rstrip(". "))
    if not items:
        return False
    handed = [entry for entry in act.entries if any(_names(entry.field, item) for item in items)]
    if any(entry.value.strip() and not is_said(entry.value, _told(act)) for entry in handed):
        return False
    if (
        any(item & _REASONS for item in items)
        and _asks_why_of(act, statement)
        and not any(_names(e.field, _REASONS) for e in handed)
    ):
        return _tells_why(act, normalise(statement))
    spoken = subject_stems(_told(act))
    return bool(handed) or any(item <= spoken for item in items)


def _asks_why_of(act: Act, statement: str) -> bool:
    """A "reason for the cancellation" is asked for before a cancellation; and only a talk can show whether it was."""
    if not any(event.type == "user_message" for event in act.situation.history):
        return False
    match = _REASON_FOR.search(normalise(statement))
    return match is None or overlaps(frozenset((stem(match["act"]),)), subject_stems(act.name) | act.verb_stems)


_REASON_FOR = re.compile(r"\breasons? (?:for|of) (?:the |an? |their |this |any )?(?P<act>[a-z]+)\b")


def _tells_why(act: Act, statement: str) -> bool:
    """The agent asked for the reason, or the user gave one: an example of the statement, or in words that explain."""
    events = act.situation.history
    asked = [normalise(e.text or e.value or "") for e in events if e.type in ("agent_message", "ask_user")]
    said = [normalise(e.text or e.value or "") for e in events if e.type == "user_message"]
    examples = [subject_stems(part) for part in _BETWEEN.split(" ; ".join(_IN_BRACKETS.findall(statement)))]
    told = subject_stems(" ".join(said))
    return (
        any(ASKS_WHY.search(text) for text in asked)
        or any(map(_EXPLAINS.search, said))
        or any(example and example <= told for example in examples)
    )


_REASONS = frozenset(stem(word) for word in "reason cause motive".split())
ASKS_WHY = re.compile(r"\b(?:why|reasons?|causes?|what happened|how come)\b")
_EXPLAINS = re.compile(
    r"\b(?:because|since|as (?:i|we|my|our|the|it|there)|due to|owing to|so (?:i|we|please|that)|but|therefore|reasons?"
    r"|no longer|any ?more|can.?t|cannot|won.?t|will not|couldn.?t|unable|not able|don.?t|doesn.?t|didn.?t|isn.?t"
    r"|changed?|instead|mistake|wrong|by accident|accidentally|sick|ill|died|moved|plans?|weather|emergency|found|got"
    r"|(?:my|our) [a-z]+ (?:is|are|was|were|has|have|had|got|needs?)|(?:i.m|i am|we.re|we are) [a-z]+ing"
    r"|too [a-z]+)\b"
)
"""Words by which people say why: wide, for a reason has many forms."""


@lru_cache(maxsize=4096)
def _items(statement: str) -> tuple[frozenset[str], ...]:
    match = _DUTY.match(statement) or _FIRST.match(statement)
    if match is None or _LEAVE.search(statement):
        return ()
    listed = _BEHIND.sub("", _BRACKETS.sub(" ", match.group("items")))
    return tuple(stems for part in _BETWEEN.split(listed) if (stems := subject_stems(part)))


def _names(field: str, item: frozenset[str]) -> bool:
    return bool(subject_stems(field.replace("_", " ")) & item)


@once_per_act
def _told(act: Act) -> str:
    """What the user said and what tools and pages showed."""
    talk = (event.text or event.value or "" for event in act.situation.history if event.type != "tool_call")
    return "\n".join([act.situation.task.goal, act.observation.text, *talk])

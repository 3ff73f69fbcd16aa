"""A statement taken apart for comparison: who, must or must not or may, what act, when, unless, how much. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from harmonyguard.policies.words import STOP_WORDS, stem, words
from harmonyguard.policy_agent.grammar import vocabulary

from .phrases import split_conditions
from .quantities import Quantity, quantities_in

Force = Literal["forbidden", "required", "permitted"]

_EVERYBODY = frozenset(
    stem(word) for word in "you everyone everybody anyone nobody individual person people staff personnel".split()
)
"""Stems of names for everybody whom a document governs."""

_FILLERS = frozenset(
    stem(word)
    for word in """strictly expressly always never ever anyone anybody anything circumstances event case time reason
    please first also explicitly under ensure make sure agree acknowledge required requires require permitted allowed
    prohibited forbidden banned acceptable unacceptable authorized authorised mandatory compulsory expected obliged
    refrain avoid need needs responsible must able unable disallowed tolerated""".split()
)
"""Stems that say that something is a rule, and nothing of what it is about."""

_FORBIDS = re.compile(
    r"\b(?:must|shall|may|can|should|will|are|is)\s+(?:not|never|neither)\b(?!\s+only\b)"
    r"|\b(?:cannot|can't|mustn't|shouldn't|won't)\b"
    r"|\b(?:prohibit\w*|forbid\w*|forbidden|banned|disallow\w*|off[- ]limits|unacceptable)\b"
    r"|\bnot (?:be )?(?:permitted|allowed|authori[sz]ed|acceptable|tolerated)\b"
    r"|\b(?:refrain|abstain|desist)\b|\bnever\b"
    r"|\b(?:do not|don't)\b|^no \w+|\bno one\b|\bnobody\b|\bunder no circumstances\b|\bavoid\b",
    re.I,
)
_PERMITS = re.compile(
    r"\b(?:may|can)\b(?! (?:not|never)\b)"
    r"|\b(?:is|are) (?:\w+ly )?(?:permitted|allowed|authori[sz]ed|free|acceptable)\b",
    re.I,
)
_MODAL = re.compile(
    r"\b(?:must|shall|should|may|can|cannot|will|(?:is|are) (?:\w+ly )?(?:not )?(?:required|permitted|allowed"
    r"|prohibited|forbidden|obliged|expected|authori[sz]ed)(?: to| from)?|need to|needs to|ha(?:ve|s) to"
    r"|(?:is|are) not to|(?:is|are) to|agree to|do not|don't|never)\b",
    re.I,
)
_ANY_TIME = frozenset({"unless", "except", "without", "until", "other"})
"""Conjunctions that take acts out of a rule; all others narrow it."""

_TOWARDS = frozenset({"from", "to", "into", "onto", "by", "inside", "outside", "before", "after", "above", "below"})
_BY = re.compile(rf"\bby (?P<who>(?:\w+ ){{0,2}}{vocabulary.GOVERNED})\b", re.I)
_ONLY = re.compile(r"\bonly\s+(?=(?:by|with|for|in|on|from|to|if|when|after|where|during|through|via|using)\b)", re.I)
_WITH_LEAVE = re.compile(
    r"\bwith (?=(?:\w+ ){0,4}?(?:approval|permission|consent|authori[sz]ation|confirmation)\b)", re.I
)
_NUMBERING = re.compile(r"^(?:\(?[\da-z]{1,3}[.)]|\d+(?:\.\d+)+\.?)\s+", re.I)


@dataclass(frozen=True)
class Norm:
    """One rule in comparable parts.

    `audience` is empty when everybody is meant. `act` holds the stems of what is done to what, without the
    conditions; `when` those of each condition that narrows the rule, `unless` those of each exception; `amounts`
    are the quantities in the act, which are not part of `act`.
    """

    force: Force
    audience: frozenset[str]
    act: frozenset[str]
    when: frozenset[frozenset[str]]
    unless: frozenset[frozenset[str]]
    amounts: tuple[Quantity, ...]


@lru_cache(maxsize=16384)
def norm_of(statement: str) -> Norm | None:
    """The parts of a statement; None when it names no act."""
    text = _NUMBERING.sub("", " ".join(statement.split()))
    rest, amounts = quantities_in(text)
    main, conditions = split_conditions(_WITH_LEAVE.sub("if ", _ONLY.sub("only if ", rest)))
    force = _force(main, text)
    audience, act_text = _audience(main)
    act = _about(act_text)
    if not act:
        return None
    when = frozenset(_about(one.text) for one in conditions if one.kind not in _ANY_TIME)
    unless = frozenset(_about(one.text) for one in conditions if one.kind in _ANY_TIME)
    return Norm(force, audience, act, when - {frozenset()}, unless - {frozenset()}, amounts)


def forces_in(text: str) -> frozenset[Force]:
    """Every force that a text has words for."""
    found: set[Force] = set()
    if _FORBIDS.search(text):
        found.add("forbidden")
    rest = _FORBIDS.sub(" ", text)
    if _PERMITS.search(rest):
        found.add("permitted")
    if vocabulary.OBLIGATION.search(rest):
        found.add("required")
    return frozenset(found)


def _force(main: str, text: str) -> Force:
    for part in (main, text):
        if _FORBIDS.search(part):
            return "forbidden"
        if vocabulary.OBLIGATION.search(part):
            return "required"
        if _PERMITS.search(part):
            return "permitted"
    return "required"


def _audience(main: str) -> tuple[frozenset[str], str]:
    """Who is bound, and the rest of the clause. A subject that is no person is part of the act."""
    if (agent := _BY.search(main)) is not None:
        return _who(agent.group("who")), main[: agent.start()] + main[agent.end() :]
    modal = _MODAL.search(main)
    if modal is None:
        return frozenset(), main
    subject = main[: modal.start()].strip(" ,:")
    passive = re.match(r"\s*(?:not |never |only |also )*be\b", main[modal.end() :], re.I) is not None
    if not subject or not re.search(rf"\b{vocabulary.GOVERNED}$", subject, re.I) or passive:
        return frozenset(), _MODAL.sub(" ", main)
    return _who(subject), main[modal.end() :]


def _who(subject: str) -> frozenset[str]:
    named = frozenset(stem(word) for word in words(subject) if word not in STOP_WORDS or word == "you")
    return frozenset() if named & _EVERYBODY else named


def _about(text: str) -> frozenset[str]:
    """The stems that a phrase is about; where something goes to or comes from counts with its direction."""
    found: set[str] = set()
    direction = ""
    for word in words(text):
        if word in _TOWARDS:
            direction = f"{word} "
        elif word not in STOP_WORDS and stem(word) not in _FILLERS:
            found.add(f"{direction}{stem(word)}")
            direction = ""
    return frozenset(found)

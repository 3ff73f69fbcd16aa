"""Phrases that name an act: verbs, gerunds, nouns of acts, passives that allow or state."""

from __future__ import annotations

import re

from harmonyguard.policies.lexicon import NOUNS
from harmonyguard.policies.synonyms import synonyms_of
from harmonyguard.policies.words import stem

from .ban import Ban
from .grammar import (
    ADVERB,
    AGENT,
    ALLOWED,
    BE,
    MODAL,
    is_act_on_something,
    is_noun_of_act,
    is_participle,
    names_an_act,
    verb_at,
)
from .subordinate import Condition

VERBING = rf"(?:{ADVERB} )*(?P<verb>(?P<participle>[\w-]+)\b.*)"
POSITIVES = tuple(
    re.compile(form)
    for form in (
        rf"^(?P<what>.+?) (?:{MODAL} (?:{ADVERB} )?be|{BE}(?: to be)?) {VERBING}$",
        rf"^(?P<act>.+?) (?:{BE}|{MODAL} be) (?:(?:allowed|permitted|possible|acceptable|okay|ok|fine"
        rf"|admissible|on offer)\b|to take"
        r" place|to happen|done|performed|carried out)$",
        r"^it is (?:allowed|permitted|okay|acceptable|possible) to (?P<act>.+)$",
        rf"^(?P<act>.+?) (?:takes? place|happens?|occurs?|{MODAL} (?:take place|happen|occur))$",
        rf"^(?:{AGENT}|we|users?|employees?|staff) (?:{MODAL} |always )?(?P<act>.+)$",
        r"^(?:always )?(?P<act>.+)$",
    )
)


def positive(main: str) -> Ban | None:
    """The act that a clause allows or states, as a ban on it; None when it names none."""
    for form in POSITIVES:
        match = form.match(main)
        if match is None:
            continue
        groups = match.groupdict()
        if groups.get("participle"):
            if is_participle(groups["participle"]) and groups["participle"] not in ALLOWED:
                return given(groups["what"], groups["verb"])
            continue
        if (ban := act_of(groups["act"])) is not None and not _EVERYTHING.match(ban.verb):
            return ban
    return None


_EVERYTHING = re.compile(r"^(?:work|working|activit(?:y|ies)|use|usage|everything)\b")
"""Subjects that name no act of their own: what is said of them the judge decides."""
_PERFORMED = frozenset(
    "performed done taken made executed placed conducted initiated undertaken carried started".split()
)


def _performed(what: str, verb: str) -> Ban | None:
    """ "The delete action is performed", "no payment is made": the subject is the act."""
    first, _, rest = verb.partition(" ")
    if first not in _PERFORMED:
        return None
    act = re.sub(r"^(?:the|an?|any|such) | (?:actions?|operations?|steps?)$", "", what.strip())
    if verb_at(act) and len(act.split()) == 1 and act != what:
        return Ban(f"{act} {rest.removeprefix('out ')}".strip())
    return None


_GIVEN = re.compile(
    r"^(?P<verb>given|granted|offered|awarded|assigned|paid|lent|handed)(?: (?P<what>(?!to\b|by\b|in\b|on\b"
    r"|for\b).+))?$"
)


def given(who: str, verb: str) -> Ban:
    """ "Guests are given the role Viewer": the subject is whom it is given to, and what is given comes after."""
    if (performed := _performed(who, verb)) is not None:
        return performed
    match = _GIVEN.match(verb)
    if match is None or not (
        match.group("what") or re.search(r"\b(?:people|persons?|users?|guests?|members?|staff)\b", who)
    ):
        return Ban(verb, who)
    return Ban(f"{match.group('verb')} {match.group('what') or ''} to {who}".replace("  ", " "))


def act_of(text: str) -> Ban | None:
    """A phrase that names an act by itself: a verb, a gerund, a noun of an act, or a passive clause."""
    text = re.sub(rf"^(?:{ADVERB}|to|the|you|{AGENT}) (?=\w)", "", text.strip())
    text = _BY_TOOL.sub("", text)
    if match := _CHANGE_OF.match(text) or _CHANGE_TO.match(text):
        return Ban(match.group("act").removesuffix("s"), match.group("what"))
    if match := _PARTICLE_LAST.match(text):
        text = f"{match.group('verb')} {match.group('particle')} {match.group('what')}"
    match = POSITIVES[0].match(text)
    if match and match.group("participle") in _TAKEN_ON and (act := act_of(match.group("what"))):
        return act
    if match and is_participle(match.group("participle")) and not _RELATIVE_LAST.search(match.group("what")):
        return Ban(match.group("verb"), match.group("what"))
    match = _COMPOUND.match(text)
    if match and is_noun_of_act(match.group("act")) and _is_noun(text.split()[0]):
        return Ban(f"{match.group('act')}{match.group('rest')}", match.group("what"))
    first = text.split()[0] if text else ""
    if match := _GOES.match(text):
        return Ban("make", match.group("what"))
    if first.endswith("s") and (stem(first),) in NOUNS and not first.endswith("ss"):
        return Ban("make", text)  # "transfers over 500 euros": what is made, not what is done
    if (match := _OF_A_KIND.match(text)) and is_act_on_something(match.group("act")) and not verb_at(text):
        kind = Condition("described", match.group("kind"))
        return Ban(f"{match.group('act')} {match.group('rest')}", when=(kind,))
    if verb_at(text) or names_an_act(text):
        return Ban(text)
    match = _MOVES.match(text)
    return Ban(match.group("verb"), match.group("what")) if match and verb_at(match.group("verb")) else None


_CHANGE_OF = re.compile(
    r"^(?P<what>(?!(?:mak|do|no|any|the|all|such|other|further|these|those)\w*\b)[a-z]+(?: [a-z]+)?)"
    r" (?P<act>changes|updates|edits|upgrades|downgrades|swaps)$"
)
_CHANGE_TO = re.compile(
    r"^(?:(?:any|the|all|such) )?(?P<act>changes|updates|edits|upgrades|downgrades)"
    r" (?:to|of|in) (?P<what>(?:the |an? |its )?[a-z].*)$"
)
""" "Address changes", "changes to an address": to change it."""

_TAKEN_ON = frozenset("accepted granted permitted allowed offered supported".split())
""" "Address changes are accepted": they may be made."""

_PARTICLE_LAST = re.compile(
    r"^(?P<verb>(?:call|throw|hand|give|put|take|turn|pass|switch|send|set|bring|write|pay|shut)(?:ing|ting|ed"
    r"|s|ing)?) "
    r"(?P<what>.+?) (?P<particle>off|away|out|over|back|on|in|down|up)$"
)
_OF_A_KIND = re.compile(
    r"^(?:(?:the|an?|any|all|every|each) )*(?P<kind>(?:[a-z-]+(?<!ing) )+?)(?P<act>[a-z]+) (?P<rest>of (?!the kind).+)$"
)
"""An act that an adjective narrows: "mass deletion of records"."""
_GOES = re.compile(r"^(?P<what>[a-z]+s) (?:go|come|return|travel|run|flow|happen|occur)(?: back| out| in)?$")
_RELATIVE_LAST = re.compile(r"\b(?:that|which|who)$")


def _is_noun(word: str) -> bool:
    """True for a word that names a thing in front of an act ("order cancellation"), and is no verb there."""
    return not word.endswith("ing") and (not verb_at(f"{word} it") or bool(synonyms_of(word)))


_COMPOUND = re.compile(
    r"^(?P<what>[a-z]+(?: [a-z]+)?) (?P<act>[a-z]+)(?P<rest>|(?: (?:in|on|at|by|from|with|for|to|of|via) .+))$"
)
_BY_TOOL = re.compile(
    r"^(?:call|invok|us|run|mak)(?:e|ing|ning|es|s)? (?:an?|any|the) (?:tool(?: call)?|function|api|endpoint"
    r"|command)s? (?:that|which|to) "
)
_MOVES = re.compile(r"^(?:an?|the|any|each|every) (?P<what>[\w-]+(?: [\w-]+)??) (?P<verb>\w+s\b.*)$")

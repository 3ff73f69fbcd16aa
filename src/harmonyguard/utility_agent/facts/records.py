"""Named values that are at hand: attributes of the user, fields of the record that a page or a tool shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from harmonyguard.policies.kinship import akin
from harmonyguard.policies.lexicon import STATES
from harmonyguard.policies.words import STOP_WORDS, normalise, stem, stems
from harmonyguard.utility_agent.reading.dates import age_on, date_in, today_in
from harmonyguard.utility_agent.reading.json_objects import objects_in
from harmonyguard.utility_agent.reading.profiles import told_in_prose

from .act import Act, once_per_act
from .holdings import is_flag, told_of
from .shown_objects import own_key

_PAIR = re.compile(
    r"(?:^|[\s,;{(\"'])(?P<name>[A-Za-z][\w./-]*(?: [\w./-]+){0,3})[\"']?\s*[:=]\s*[\"']?"
    r"(?P<value>(?:[^,;:=\n\"'{}\[\]]|(?<=\d)[,:](?=\d))+)(?=[,;\n\"'{}\[\]]|$)"
)


def user_attribute(act: Act, name: str) -> str | None:
    """What is known of the user under this name ("age", "membership"), as text; the latest word counts.

    A profile comes first, then what page and tools show under this very name, when they agree. An age is counted from
    a date of birth and today's date.
    """
    told = _profiles(act)
    for text in told:
        if (value := _named(text, name)) is not None:
            return value
    if (value := _shown_of_user(act, name)) is not None:
        return value
    return _age(act, told) if stems(name) == ["age"] else None


_AGED = re.compile(
    r"\b(?:aged?|turned) (?:is )?(?P<age>\d{1,3})\b|\b(?P<years>\d{1,3})[- ]years?[- ](?:old|of age)\b", re.I
)


def has_status(act: Act, name: str) -> bool | None:
    """Does the user hold this status ("Gold member", "holders of a Scholar card")? None where no standing is shown."""
    wanted = frozenset(stems(name)) - _STANDING - STOP_STEMS
    if not wanted:
        return told_of(pairs_of_profile(act), name)
    pairs = [*pairs_at_hand(act), *(pair for text in _profiles(act) for pair in _pairs(text))]
    standings = [frozenset(stems(value)) for label, value in pairs if set(stems(label)[-1:]) & _STANDING]
    if any(wanted <= standing for standing in standings):
        return True
    for told in (pairs_of_profile(act), pairs_at_hand(act)):
        if (holds := told_of(told, name)) is not None:
            return holds
    return False if wanted <= _TIERS and any(standing & _TIERS for standing in standings) else None


def pairs_of_profile(act: Act) -> list[tuple[str, str]]:
    """Every name with its value that the user's profile tells, the latest first."""
    return [pair for text in _profiles(act) for pair in (*_pairs(text), *told_in_prose(text))]


def _profiles(act: Act) -> list[str]:
    """What was told of the user, the latest first, each sentence on a line of its own."""
    told = [event.text or "" for event in reversed(act.situation.history) if event.type == "user_profile"]
    return [_SENTENCE_ENDS.sub("\n", text) for text in told]


_SENTENCE_ENDS = re.compile(r"\.(?:\s+(?=[A-Z])|\s*$)")


_STANDING = frozenset(
    stem(word)
    for word in "member membership tier status level plan card role class holder customer account user rank".split()
)
_TIERS = frozenset(
    stem(word)
    for word in "basic standard free bronze silver gold platinum diamond premium plus pro light classic vip".split()
)
"""Standings of which a user holds one at a time."""

STOP_STEMS = frozenset(stem(word) for word in STOP_WORDS)
_BORN = ("date of birth", "dob", "birth date", "born", "birthday")


def _shown_of_user(act: Act, name: str) -> str | None:
    wanted = stems(name)
    values = {normalise(value): value for label, value in pairs_at_hand(act) if stems(label) == wanted and value}
    return next(iter(values.values())) if len(values) == 1 else None


def _age(act: Act, profile: list[str]) -> str | None:
    """The age on the day that page or goal gives as today's; None without a single date of birth."""
    if stated := {match["age"] or match["years"] for text in profile for match in _AGED.finditer(text)}:
        return stated.pop() if len(stated) == 1 else None
    texts = [act.observation.text, act.situation.task.goal, *(e.text or "" for e in act.situation.history)]
    today = next((found for text in texts if (found := today_in(text))), None)
    told = [value for text in profile for name in _BORN if (value := _named(text, name))]
    told = told or [value for label, value in pairs_at_hand(act) if normalise(label).replace("_", " ") in _BORN]
    born = {day for value in told if (day := date_in(value))}
    return str(age_on(born.pop(), today)) if today is not None and len(born) == 1 else None


def record_value(act: Act, name: str) -> str | None:
    """The value that the record at hand shows under this name; None when it shows none."""
    return next((value for text in _records(act) if (value := _named(text, name)) is not None), None)


def is_in_state(act: Act, state: str) -> bool | None:
    """Is the record at hand in this state ("closed", "on hold")? None when nothing tells."""
    wanted = tuple(stems(state))
    told = False
    if (marked := _is_marked(act, wanted)) is not None:
        return marked
    for text in _records(act):
        flags = {is_flag(value) for name, value in _pairs(text) if tuple(stems(name)) == wanted} - {None}
        if len(flags) == 1:
            return flags.pop()
        shown = _stated(text)
        if any(value[: len(wanted)] == wanted and len(value) <= len(wanted) + 4 for value in shown.values):
            return True
        if wanted in shown.badges:
            return True
        told = told or shown.tells_states
    return False if told else None


def _is_marked(act: Act, wanted: tuple[str, ...]) -> bool | None:
    """Does the row of the target say so ("Rosa Wyss · Oslo · Do not call")? None where no row of its list does."""
    if act.target is None or not act.target.path:
        return None
    own = act.target.path[-1]
    rows = {e.path[-1] for e in act.observation.elements if e.path and e.path[:-1] == act.target.path[:-1]}
    marked = {row for row in rows | {own} if any(tuple(stems(part)) == wanted for part in _CELL.split(row))}
    return own in marked if marked else None


_CELL = re.compile(r"\s+[·|•;–—-]\s+|,\s+|\t|\n")


@dataclass(frozen=True)
class _Stated:
    """What a text says of states, read once: stems of the values of its pairs, and of its lines."""

    values: frozenset[tuple[str, ...]]
    badges: frozenset[tuple[str, ...]]
    tells_states: bool


@lru_cache(maxsize=128)
def _stated(text: str) -> _Stated:
    pairs = [(match.group("name"), match.group("value")) for match in _PAIR.finditer(text)]
    lines = (_BADGE.sub("", line).strip(" '\"") for line in text.splitlines())
    badges = frozenset(tuple(stems(line)) for line in lines if len(line) <= _LONGEST_STATE)
    names = {name for name, _ in pairs}
    names -= {"state"} if names & OF_AN_ADDRESS else set()
    named = any(set(stems(name)) & _STATUS_NAMES for name in names)
    return _Stated(
        values=frozenset(tuple(stems(value)) for _, value in pairs if len(value) <= _LONGEST_STATE),
        badges=badges,
        tells_states=named or any(len(badge) == 1 and badge[0] in _STATE_STEMS for badge in badges),
    )


def shows_value(act: Act, value: str) -> bool:
    """True when the record at hand already holds this value."""
    wanted = normalise(value)
    return bool(wanted) and any(wanted in normalise(text) for text in _records(act))


@once_per_act
def pairs_at_hand(act: Act) -> tuple[tuple[str, str], ...]:
    """Every name with its value that page and tools show: "Status: open", `"dob": "1990-01-02"`, fields with values."""
    outputs = [e.text or "" for e in act.situation.history if e.type == "tool_output"]
    told = [pair for text in (act.observation.text, *outputs) for pair in _pairs(text)]
    shown = [(element.name, element.value) for element in act.observation.elements if element.name and element.value]
    return (*told, *shown)


@lru_cache(maxsize=128)
def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((match.group("name"), match.group("value").strip()) for match in _PAIR.finditer(text))


@once_per_act
def pairs_of_record(act: Act) -> tuple[tuple[str, str], ...]:
    """The names with their values that the record acted on shows, times in full."""
    shown = [(element.name, element.value) for element in act.observation.elements if element.name and element.value]
    told = [pair for text in _records(act) for pair in (*_times(text), *_pairs(text))]
    return (*dict.fromkeys(told), *shown)


@lru_cache(maxsize=128)
def _times(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((match.group("name"), match.group("value").strip()) for match in _TIME.finditer(text))


_TIME = re.compile(
    r"(?P<name>[A-Za-z][\w./-]*(?: [\w./-]+){0,3})[\"']?\s*[:=]\s*[\"']?"
    r"(?P<value>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?|[^,;:=\n\"'{}\[\]]*\d{4}(?:,? (?:at )?\d{1,2}:\d\d)?)"
)


def _records(act: Act) -> list[str]:
    """The texts that show the record acted on, nearest first.

    Where the act names a record by a number or code, only what speaks of that record counts: first of all its own
    lines, and never those of another record of its kind.
    """
    outputs = [e.text or "" for e in reversed(act.situation.history) if e.type == "tool_output"]
    texts = [act.observation.text, *outputs]
    codes = [
        normalise(entry.value)
        for entry in act.entries
        if act.action.type == "tool_call" and _CODE.fullmatch(entry.value.strip())
    ]
    lines = [line for text in texts for line in text.splitlines() if any(code in normalise(line) for code in codes)]
    telling = [line for line in lines if _PAIR.search(line)]
    if own := [line for line in telling if _key_of(line) in codes]:
        return own
    makes = {_make(code) for code in codes}
    if telling := [line for line in telling if _make(_key_of(line)) not in makes]:
        return telling
    return ["\n".join(line for line in text.splitlines() if _make(_key_of(line)) not in makes) for text in texts]


def _key_of(line: str) -> str:
    """The key of the one object that a line shows."""
    first = next(iter(objects_in(line)), None)
    return own_key(first) if first is not None else ""


def _make(key: str) -> str:
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", key)) if key else ""


_CODE = re.compile(r"#?(?=[\w-]*\d)[\w-]{3,24}")
_BADGE = re.compile(
    r"^\s*(?:-\s*)?(?:\[\w+\]\s*)?(?:StaticText|text|generic|status|cell|strong|mark)[ :]+", re.IGNORECASE
)
_LONGEST_STATE = 100
"""Characters of the longest text that names a state and does not tell a story."""
_STATUS_NAMES = frozenset(
    stem(word) for word in "status state stage phase type tier level plan class category membership priority".split()
)
_STATE_STEMS = frozenset(stem(word) for word in STATES)


OF_AN_ADDRESS = frozenset({"city", "zip", "country", "street", "postcode"})
"""Beside these a "state" is a part of a country."""


_AROUND = frozenset(stem(word) for word in "in of the a an valid active current own home country status user".split())


def _is_core(named: Sequence[str], wanted: Sequence[str]) -> bool:
    """ "domestic" is what counts of "in the domestic country"."""
    return bool(named) and set(named) <= set(wanted) and set(wanted) - set(named) <= _AROUND


def _named(text: str, name: str) -> str | None:
    wanted = stems(name)
    if not wanted:
        return None
    for match in _PAIR.finditer(text):
        named = stems(match.group("name"))
        if named[-len(wanted) :] == wanted or (named and akin(named[-1], wanted[-1])) or _is_core(named, wanted):
            return match.group("value").strip()
    return None

"""Whose data a call of a tool is on: those of the person whom this conversation serves, or another's.

Served is who was found first: the person whose key a look-up returned or was given. A call is on another's data when
it hands over another key of a person, when a record that it names belongs to another, or when the user says so
("my flatmate also ordered something, R-71").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from harmonyguard.policies.words import normalise, stem, stems
from harmonyguard.steps import Event
from harmonyguard.utility_agent.reading.json_objects import objects_in

from .act import Act, once_per_act
from .shown_objects import meant_by
from .told_otherwise import keys_in

_PERSONS = frozenset(
    stem(word)
    for word in """user customer client guest patient reader member tenant passenger account caller subscriber borrower
        employee student owner holder donor policyholder resident payer applicant profile""".split()
)
_KEYS = frozenset(stem(word) for word in "id key number no code ref".split())
_FOUND = re.compile(r"^(?P<tool>\w+) -> (?P<key>[\w@.-]+)$", re.MULTILINE)
_FINDS = frozenset(stem(word) for word in "find get look lookup search locate identify authenticate verify".split())


def is_of_another_person(act: Act) -> bool | None:
    """True when the call is on the data of another than the person served; None where nothing tells whose they are."""
    if act.action.type != "tool_call":
        return False if act.effects.get("tell_user") else None
    served = person_served(act)
    owners = set(_owners(act))
    if served is not None and owners:
        return any(owner != served for owner in owners)
    if any(_is_said_to_be_anothers(act, key) for entry in act.entries for key in keys_in(entry.value)):
        return True
    if served is not None and _looks_up_another(act):
        return True
    return None if act.entries else False


@once_per_act
def person_served(act: Act) -> str | None:
    """The key of the person whom a look-up found first; None where none was found."""
    outputs = [event.text or "" for event in act.situation.history if event.type == "tool_output"]
    for text in (*outputs, act.observation.text):
        for match in _FOUND.finditer(text):
            if finds_persons(match["tool"]) and keys_in(match["key"]):
                return normalise(match["key"])
    handed = (key for event in act.situation.history for key in _keys_of_persons(arguments_of(event)))
    returned = (
        key
        for text in (*outputs, act.observation.text)
        for one in objects_in(text)[:1]
        for key in _keys_of(one.texts())
    )
    return next(handed, None) or next(returned, None)


def finds_persons(tool: str) -> bool:
    """True for the name of a tool that looks somebody up: "find_reader_by_email"."""
    named = frozenset(stems(tool))
    return bool(named & _FINDS and named & _PERSONS)


def arguments_of(event: Event) -> dict[str, object]:
    """What an earlier call handed over; nothing where its text is no JSON."""
    if event.type != "tool_call" or event.error is not None:
        return {}
    if event.arguments:
        return event.arguments
    _, _, inner = (event.value or "").partition("(")
    try:
        read = json.loads(inner.rstrip().removesuffix(")"))
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _keys_of_persons(fields: dict[str, object]) -> Iterator[str]:
    yield from _keys_of({name: value for name, value in fields.items() if isinstance(value, str)})


def _keys_of(fields: dict[str, str]) -> Iterator[str]:
    for name, value in fields.items():
        if is_key_of_person(name) and value.strip():
            yield normalise(value)


def is_key_of_person(name: str) -> bool:
    """True for the name of a field that holds the key of a person: "reader_id"."""
    named = stems(name)
    return len(named) > 1 and named[-1] in _KEYS and named[-2] in _PERSONS


def _owners(act: Act) -> Iterator[str]:
    """Those whose data the call names: by a key of theirs, or by a record that is theirs."""
    handed = list(_keys_of_persons(act.action.arguments))
    yield from handed
    for entry in act.entries:
        for one in meant_by(act, entry.value):
            holder = one if any(_keys_of(one.texts())) else one.around
            if holder is not None:
                yield from _keys_of(holder.texts())


_PEOPLE = (
    r"(?:wife|husband|spouse|partner|girlfriend|boyfriend|fianc[ée]e?|friend|buddy|mother|mom|mum|father|dad|parents?"
    r"|brother|sister|son|daughter|uncle|aunt|cousin|nephew|niece|grand(?:mother|father|ma|pa)|neighbou?r|colleague"
    r"|co-?worker|boss|manager|assistant|roommate|flatmate|housemate|tenant|landlord|client|boy|girl|kid|child)"
)
_HAS = (
    r"(?:(?:also|just|has|have|had|recently|once|already) )*(?:ordered|bought|booked|reserved|placed|rented"
    r"|borrowed|got"
    r"|made|opened|has|have|owns?|needs?|wants?|would like)"
)
_OF_ANOTHER = re.compile(
    rf"\b(?:my|his|her|a|the|our) (?:\w+ )?{_PEOPLE}(?:'s|s')? (?:\w+ ){{0,3}}?{_HAS}\b"
    rf"|\b(?:my|his|her|our) (?:\w+ )?{_PEOPLE}(?:'s|s') (?:\w+ )?(?:account|order|booking|reservation|profile|line"
    rf"|bill|card"
    r"|loan|appointment|id|number|contract|policy|membership|rental)\b"
    rf"|\b(?:account|order|booking|reservation|profile|line|bill|card|loan|name|contract) of (?:my|his|her|our)"
    rf" (?:\w+ )?"
    rf"{_PEOPLE}\b"
    rf"|\b(?:belongs? to|is for the account of|under the name of) (?:my|his|her|our) (?:\w+ )?{_PEOPLE}\b"
    r"|\b(?:his|her|their) (?:user |customer |account |member |reader |patient )?(?:id|number)\b"
)


def _is_said_to_be_anothers(act: Act, key: str) -> bool:
    """The message of the user that names the key says whose it is."""
    messages = [normalise(event.text or "") for event in act.situation.history if event.type == "user_message"]
    return any(key in keys_in(text) and _OF_ANOTHER.search(text) is not None for text in messages)


def _looks_up_another(act: Act) -> bool:
    """A look-up by another first and last name, or another address of mail, than that which found the person served."""
    mine = _names(dict(act.action.arguments))
    earlier = [names for event in act.situation.history if (names := _names(arguments_of(event)))]
    return len(mine) > 1 and bool(earlier) and all(mine.isdisjoint(names) for names in earlier)


def _names(fields: dict[str, object]) -> frozenset[str]:
    return frozenset(
        normalise(value) for name, value in fields.items() if isinstance(value, str) and stem("name") in stems(name)
    )

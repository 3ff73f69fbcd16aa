"""Do the values that a call hands over stand in what page and tools show: a saved card, a payee on the list?"""

from __future__ import annotations

from harmonyguard.policies.kinship import covers, overlaps
from harmonyguard.policies.words import normalise, stem, stems

from .act import Act, Entry
from .shown_objects import is_key_of_kind, meant_by, objects_at_hand

_ORIGINAL = "original "
_AGAIN = "again the "
_OR = " or "
_IDENTITIES = frozenset(stem(word) for word in "id ids number code key reference list".split())
_OF_PAYING = frozenset(stem(word) for word in "payment pay paid method card account charged billing source".split())
"""Words in the names of what says what was paid with."""

_SHORTEST = 3
"""Characters of the shortest value that tells one thing from another."""


def is_on_record(act: Act, name: str) -> bool | None:
    """True when every value that the act hands over under this name is shown; also when it hands over none. None
    where nothing shows values of this name at all: they may be on record elsewhere.

    "original ..." looks only at the record that the other values of the act name: what it was paid with. "... or gift
    card" takes what is shown and of that kind as well; None where nothing tells of which kind a value is. "again the
    ..." asks that such a value is handed over.
    """
    again = name.startswith(_AGAIN)
    name, _, other = name.removeprefix(_AGAIN).partition(_OR)
    wanted = frozenset(stems(name.removeprefix(_ORIGINAL))) - _IDENTITIES
    handed = [entry for entry in act.entries if entry.now and len(entry.value.strip()) >= _SHORTEST]
    given = [entry for entry in handed if overlaps(frozenset(stems(entry.field)) - _IDENTITIES, wanted)]
    shown = _of_record(act, handed, given) if name.startswith(_ORIGINAL) else _shown(act)
    if again and not given:
        return False
    if shown is None:
        return None if given else True
    strange = [entry for entry in given if not any(normalise(entry.value) in line for line in shown)]
    if not other:
        told = name.startswith(_ORIGINAL) or _shows_such(act, wanted)
        return None if strange and not told else not strange
    of_kind = {_is_other(act, entry, other) for entry in strange}
    return False if False in of_kind else None if None in of_kind else True


def _shows_such(act: Act, wanted: frozenset[str]) -> bool:
    """Page or tools speak of such things at all: of payments, of payees."""
    shown = objects_at_hand(act)
    named = [name for one in shown if one.around is None for name in one.names()]
    told = named or _shown(act)
    return any(covers(frozenset(stems(text.replace("_", " "))), wanted) for text in told)


def _is_other(act: Act, entry: Entry, kind: str) -> bool | None:
    """Of this kind, and shown: "an existing gift card". Where no such things are shown, it may exist all the same."""
    if not any(normalise(entry.value) in line for line in _shown(act)):
        known = is_key_of_kind(act, entry.value, kind)
        return False if known is False or _shows_such(act, frozenset(stems(kind))) else None
    return is_key_of_kind(act, entry.value, kind)


def _shown(act: Act) -> list[str]:
    outputs = [event.text or "" for event in act.situation.history if event.type == "tool_output"]
    return [normalise(line) for text in (act.observation.text, *outputs) for line in text.splitlines()]


def _of_record(act: Act, handed: list[Entry], given: list[Entry]) -> list[str] | None:
    """What the records that the rest of the call names hold; the lines that speak of them, where tools showed
    none as objects. None where nothing says what was paid with."""
    others = [entry.value for entry in handed if entry not in given and any(c.isdigit() for c in entry.value)]
    if records := [one for other in others for one in meant_by(act, other) if len(one.fields) > 1]:
        paid = [
            one for one in records if any(_OF_PAYING & frozenset(stems(name.replace("_", " "))) for name in one.names())
        ]
        return [normalise(value) for one in paid for value in one.leaves()] if paid else None
    lines = [line for line in _shown(act) if any(normalise(other) in line for other in others)]
    return lines or None

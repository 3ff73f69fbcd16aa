"""Do the values that a call hands over stand in what page and tools show: a saved card, a payee on the list?"""

from __future__ import annotations

from harmonyguard.policies.kinship import overlaps
from harmonyguard.policies.words import normalise, stem, stems

from .act import Act, Entry

_ORIGINAL = "original "
_IDENTITIES = frozenset(stem(word) for word in "id ids number code key reference list".split())
_SHORTEST = 3
"""Characters of the shortest value that tells one thing from another."""


def is_on_record(act: Act, name: str) -> bool:
    """True when every value that the act hands over under this name is shown; also when it hands over none.

    "original ..." looks only at the record that the other values of the act name: what it was paid with.
    """
    wanted = frozenset(stems(name.removeprefix(_ORIGINAL))) - _IDENTITIES
    handed = [entry for entry in act.entries if entry.now and len(entry.value.strip()) >= _SHORTEST]
    given = [entry for entry in handed if overlaps(frozenset(stems(entry.field)) - _IDENTITIES, wanted)]
    shown = _of_record(act, handed, given) if name.startswith(_ORIGINAL) else _shown(act)
    return all(any(normalise(entry.value) in line for line in shown) for entry in given)


def _shown(act: Act) -> list[str]:
    outputs = [event.text or "" for event in act.situation.history if event.type == "tool_output"]
    return [normalise(line) for text in (act.observation.text, *outputs) for line in text.splitlines()]


def _of_record(act: Act, handed: list[Entry], given: list[Entry]) -> list[str]:
    """The lines on the record that the rest of the call names; all of them where it names none."""
    others = [
        normalise(entry.value) for entry in handed if entry not in given and any(c.isdigit() for c in entry.value)
    ]
    lines = _shown(act)
    return [line for line in lines if any(other in line for other in others)] or lines

"""What the record that a call names says of its own kind: "type: rowing boat" is no motor boat."""

from __future__ import annotations

from harmonyguard.policies.kinship import covers, overlaps
from harmonyguard.policies.words import stem, stems, subject_stems

from .act import Act
from .records import pairs_of_record

_FARES = frozenset(stem(word) for word in "basic economy premium business first standard flexible saver".split())
"""Words for the class of what was booked, of which a record has one."""

_KIND_NAMES = frozenset(stem(word) for word in "type kind category class model".split())


def is_record_of(act: Act, wanted: frozenset[str]) -> bool | None:
    """Is the record of this kind (stems of a name of several words)? None where none shares its noun."""
    if act.action.type != "tool_call":
        return None
    if fare := wanted & _FARES:
        fares = [one for _, value in pairs_of_record(act) if (one := subject_stems(value)) and one <= _FARES]
        if fares:
            return any(one == fare or (fare != wanted and covers(one, fare)) for one in fares)
    if len(wanted) < 2:
        return None
    kinds = [subject_stems(value) for name, value in pairs_of_record(act) if set(stems(name)[-1:]) & _KIND_NAMES]
    told = [kind for kind in kinds if overlaps(kind, wanted)]
    return any(covers(kind, wanted) for kind in told) if told else None

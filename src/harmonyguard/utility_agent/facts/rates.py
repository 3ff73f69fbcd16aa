"""Sums beside what a rate comes to: "20 per guest" for the three guests of the booking that the talk is about."""

from __future__ import annotations

import re
from decimal import Decimal

from harmonyguard.policies.atom import Comparison
from harmonyguard.policies.kinship import overlaps
from harmonyguard.policies.words import normalise, stems
from harmonyguard.utility_agent.reading.comparisons import compare, number_in

from .act import Act
from .shown_objects import objects_at_hand, own_key
from .told_otherwise import keys_in

_RATE = re.compile(r"^(?P<sum>[\d.]+) per (?P<what>.+)$")


def is_rate(value: str) -> bool:
    """True for a sum for each of something: "20 per guest"."""
    return _RATE.match(value) is not None


def compares_to_rate(act: Act, sums: list[str], op: Comparison, value: str) -> bool | None:
    """Compares what the act hands over with what the rate comes to; None where nobody tells how many there are."""
    match = _RATE.match(value)
    number = _number_of(act, match["what"]) if match else None
    if match is None or number is None:
        return None
    due = (number_in(match["sum"]) or Decimal(0)) * number
    known = {compare(text, op, str(due)) for text in sums}
    return True if True in known else None if None in known or not known else False


def _number_of(act: Act, what: str) -> int | None:
    """How many the record lists that the call or the talk names; the only one that lists any, where none is named."""
    wanted = frozenset(stems(what))
    counted = [
        (own_key(one), len(value))
        for one in objects_at_hand(act)
        for name, value in one.fields.items()
        if isinstance(value, list) and overlaps(wanted, frozenset(stems(name)[-1:])) and one.around is None
    ]
    talk = " ".join(
        event.text or "" for event in act.situation.history if event.type in ("user_message", "agent_message")
    )
    spoken = keys_in(talk).union(*(keys_in(normalise(entry.value)) for entry in act.entries))
    named = {number for key, number in counted if key.lstrip("#") in spoken}
    numbers = named or {number for _, number in counted}
    return numbers.pop() if len(numbers) == 1 else None

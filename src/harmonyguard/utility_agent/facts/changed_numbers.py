"""Numbers that an act sets, beside what they were: a price in its field, the length of a list in a call."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from harmonyguard.policies.atom import Comparison
from harmonyguard.policies.words import stems
from harmonyguard.utility_agent.reading.comparisons import compare, number_in

from .act import Act, once_per_act
from .records import pairs_at_hand


@dataclass(frozen=True)
class ChangedNumber:
    """A number of the record: `field` is its name, or that of the list which it counts."""

    field: str
    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        """How much is added; negative when something is taken off."""
        return self.after - self.before


@once_per_act
def changed_numbers(act: Act) -> tuple[ChangedNumber, ...]:
    """The numbers that the act sets, for which page or tools show one value. Equal ones are among them."""
    if act.action.type == "tool_call":
        return (*_of_arguments(act), *_of_lists(act))
    target = act.target
    if target is None or not target.value or act.action.type not in ("fill", "select_option"):
        return ()
    before, after = _number(target.value), _number(act.action.value or "")
    return (ChangedNumber(target.name, before, after),) if before is not None and after is not None else ()


UNITS = ("percent higher", "percent lower", "percent off", "higher", "lower", "off")
"""Units of a change: so many per cent, or so much, more, less, or either, than before."""


def has_changed_by(act: Act, unit: str, op: Comparison, value: str) -> bool | None:
    """The change of the one number that the act sets, in one of `UNITS`, compared; None where it sets none or many."""
    changed = changed_numbers(act)
    if len(changed) != 1 or (unit.startswith("percent") and not changed[0].before):
        return None
    by = changed[0].change * (100 / changed[0].before if unit.startswith("percent") else 1)
    side = unit.split()[-1]
    return compare(str(abs(by) if side == "off" else -by if side == "lower" else by), op, value)


def _of_arguments(act: Act) -> Iterator[ChangedNumber]:
    for entry in act.entries:
        after = _number(entry.value)
        shown = {value for label, value in pairs_at_hand(act) if stems(label) == stems(entry.field)}
        before = _number(shown.pop()) if after is not None and len(shown) == 1 else None
        if after is not None and before is not None:
            yield ChangedNumber(entry.field, before, after)


def _of_lists(act: Act) -> Iterator[ChangedNumber]:
    """Lists beside the list of the same name in the record that the call names by its key."""
    keys = {str(value) for value in act.action.arguments.values() if isinstance(value, str) and len(value) > 2}
    records = [record for record in _records(act) if keys & {one for one in record.values() if isinstance(one, str)}]
    for name, items in act.action.arguments.items():
        shown = {len(held) for record in records if isinstance(held := record.get(name), list)}
        if isinstance(items, list | tuple) and len(shown) == 1:
            yield ChangedNumber(name, Decimal(shown.pop()), Decimal(len(items)))


def _records(act: Act) -> Iterator[dict[str, object]]:
    """What tools returned as objects in JSON, a line each."""
    outputs = [event.text or "" for event in act.situation.history if event.type == "tool_output"]
    for line in "\n".join((act.observation.text, *outputs)).splitlines():
        start = line.find("{")
        if start >= 0 and len(line) <= _LONGEST:
            try:
                read = json.loads(line[start:])
            except ValueError:
                continue
            if isinstance(read, dict):
                yield read


_LONGEST = 20_000


def _number(text: str) -> Decimal | None:
    """A text that is a number and no more, but for the mark of a currency."""
    plain = text.strip().strip("$€£% ")
    return number_in(plain) if plain and not any(c.isalpha() or c in "-/:" for c in plain) else None

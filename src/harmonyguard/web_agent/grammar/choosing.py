"""Chooses among what a page offers: options of lists, radio buttons, boxes to tick, one or several at once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmonyguard.steps import Action, Element, Observation

from .matching import CHOSEN_ROLES, SWITCHED_ROLES, best, option_of, same
from .satisfied import Satisfied

_SEPARATORS = re.compile(r",\s*(?:and\s+)?|\s+and\s+")


def choose(value: str, page: Observation, *, fields: Sequence[Element] = ()) -> Action | Satisfied | None:
    """The act that chooses `value`, or the next of the several values in it; Satisfied when all are chosen.

    `fields` are the lists to choose from when the goal names them. None when the page does not offer the value.
    """
    whole = _one(value, page, fields)
    if whole is not None:
        return whole
    items = [item for item in _SEPARATORS.split(value) if item]
    if len(items) < 2:
        return None
    together = _in_one_list(items, page, fields)
    if together is not None:
        return together
    for item in items:
        found = _one(item, page, fields, with_state=True)
        if not isinstance(found, Satisfied):
            return found
    return Satisfied()


def _one(
    value: str, page: Observation, fields: Sequence[Element], *, with_state: bool = False
) -> Action | Satisfied | None:
    if not fields:
        box = best([e for e in page.elements if e.role in SWITCHED_ROLES], (value,))
        if box is not None:
            return Satisfied() if box.checked else Action(type="check", ref=box.ref)
        radio = best([e for e in page.elements if e.role == "radio"], (value,))
        if radio is not None:
            return Satisfied() if radio.checked else Action(type="click", ref=radio.ref)
    offering = [e for e in _lists(page, fields) if option_of(e, value) is not None]
    if len(offering) == 1:
        option = option_of(offering[0], value) or value
        held = offering[0].value is not None and same(offering[0].value, option)
        return Satisfied() if held else Action(type="select_option", ref=offering[0].ref, value=option)
    if fields or with_state:
        return None
    other = best([e for e in page.elements if e.role in ("option", "menuitem", "menuitemradio", "tab")], (value,))
    return None if other is None else Action(type="click", ref=other.ref)


def _in_one_list(items: Sequence[str], page: Observation, fields: Sequence[Element]) -> Action | Satisfied | None:
    for field in _lists(page, fields):
        options = [option_of(field, item) for item in items]
        if None in options:
            continue
        wanted = [option for option in field.options if option in options]
        held = set((field.value or "").split(", ")) == set(wanted)
        return Satisfied() if held else Action(type="select_option", ref=field.ref, value=", ".join(wanted))
    return None


def _lists(page: Observation, fields: Sequence[Element]) -> Sequence[Element]:
    return fields or [e for e in page.elements if e.role in CHOSEN_ROLES and e.options and not e.disabled]

"""Finds the way to a day in a calendar that a page shows: by its heading, its arrows and its days."""

from __future__ import annotations

import re
from datetime import date

from harmonyguard.steps import Action, Element, Observation

from .outline import outline

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_HEADING = re.compile(rf"\b({'|'.join(_MONTHS)})\b\D{{0,12}}(\d{{4}})\b", re.IGNORECASE)
_EARLIER = ("prev", "previous", "previous month", "‹", "«", "<")
_LATER = ("next", "next month", "›", "»", ">")


def pick_day(day: date, page: Observation) -> Action | None:
    """The click that leads to `day` in the calendar on the page, or chooses it; None when no calendar is shown."""
    text = " ".join(line.words for line in outline(page.text))
    heading = _HEADING.search(text)
    if heading is None:
        return None
    shown = int(heading[2]) * 12 + _MONTHS.index(heading[1].lower())
    wanted = day.year * 12 + day.month - 1
    if shown == wanted:
        return _click([e for e in page.elements if e.name.strip() == str(day.day) and e.role != "heading"])
    names = _EARLIER if wanted < shown else _LATER
    return _click([e for e in page.elements if e.name.strip().casefold() in names])


def _click(elements: list[Element]) -> Action | None:
    usable = [element for element in elements if not element.disabled]
    best = next((e for e in usable if e.role in ("link", "button")), usable[0] if usable else None)
    return None if best is None else Action(type="click", ref=best.ref)

"""Writes a value in the form that a field takes: dates and times as HTML's own fields want them."""

from __future__ import annotations

import re
from datetime import date

from harmonyguard.steps import Element


def written(value: str, field: Element) -> str:
    """`value` as `field` takes it: `2012-09-10` in a date field, `08:22` in a time field; else as it is."""
    if field.input_type == "date":
        day = read_date(value)
        return value if day is None else day.isoformat()
    if field.input_type == "time":
        return _time(value) or value
    return value


def read_date(text: str) -> date | None:
    """A date as goals write it: 09/10/2012 (month first), 2012-09-10."""
    american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.strip())
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text.strip())
    try:
        if american is not None:
            return date(int(american[3]), int(american[1]), int(american[2]))
        return None if iso is None else date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        return None


def _time(text: str) -> str | None:
    found = re.fullmatch(r"(\d{1,2}):(\d{2})\s*(am|pm)?", text.strip(), re.IGNORECASE)
    if found is None:
        return None
    hour = int(found[1]) % 12 if found[3] else int(found[1])
    return f"{hour + (12 if (found[3] or '').lower() == 'pm' else 0):02d}:{found[2]}"

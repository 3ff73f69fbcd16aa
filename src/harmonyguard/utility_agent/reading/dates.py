"""Dates in the ways that pages write them. What can be read in two ways is not read."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar enero janvier gennaio janeiro januari",
            "february feb februar febrero février febbraio fevereiro februari",
            "march mar märz marzo mars março maart",
            "april apr abril avril aprile",
            "may mai mayo maggio maio mei",
            "june jun juni junio juin giugno junho",
            "july jul juli julio juillet luglio julho",
            "august aug agosto août augustus",
            "september sep sept septiembre septembre settembre setembro",
            "october oct oktober octubre octobre ottobre outubro",
            "november nov noviembre novembre novembro",
            "december dec dezember diciembre décembre dicembre dezembro",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = r"(?P<month>[^\W\d_]{3,10})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.|º)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})\.\s?(?P<year>(?:19|20)\d\d)(?!\d)",
        rf"(?<!\d){_DAY}(?: of| de)? {_MONTH},?(?: of| de)? {_YEAR}(?!\d)",
        rf"\b{_MONTH} {_DAY},? {_YEAR}(?!\d)",
    )
)
_SLASHED = re.compile(r"(?<!\d)(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>(?:19|20)\d\d)(?!\d)")
_WITHOUT_YEAR = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (rf"(?<!\d){_DAY}(?: of| de)? {_MONTH}(?!\w)", rf"\b{_MONTH} {_DAY}(?![\d:])")
)
_MONTH_OF_A_YEAR = re.compile(rf"\b{_MONTH} {_YEAR}(?!\d)", re.IGNORECASE)
_AFTER_A_DAY = re.compile(r"\d(?:st|nd|rd|th|\.|º)?(?: of| de)? $", re.IGNORECASE)
_TODAY = re.compile(
    r"\b(?:now|today|current date|date today|current time|heute|hoy|aujourd'hui)\b\W{0,4}(?:is\W{1,3})?", re.IGNORECASE
)
_WHERE_TODAY_STANDS = 40
_LOOKS_LIKE_A_TIME = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}:\d\d")


@lru_cache(maxsize=4096)
def date_in(text: str, year: int | None = None) -> date | None:
    """The first date in a text; None without one, or when day and month may be swapped ("12/03/2025").

    A date without a year is read in `year`, when it is given.
    """
    for form in _FORMS:
        if (match := form.search(text)) and (found := _read(match, int(match["year"]))):
            return found
    if match := _SLASHED.search(text):
        first, second = int(match["first"]), int(match["second"])
        if first > 12 or second > 12 or first == second:
            day, month = (first, second) if first > 12 else (second, first)
            return _date(int(match["year"]), month, day)
        return None
    if year is not None:
        for form in _WITHOUT_YEAR:
            if (match := form.search(text)) and (found := _read(match, year)):
                return found
    return None


@lru_cache(maxsize=1024)
def dates_in(text: str) -> frozenset[date]:
    """Every date that a text may mean: one that can be read in two ways counts as both."""
    found = [_read(match, int(match["year"])) for form in _FORMS for match in form.finditer(text)]
    for match in _SLASHED.finditer(text):
        first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
        found += [_date(year, first, second), _date(year, second, first)]
    return frozenset(day for day in found if day is not None)


@lru_cache(maxsize=1024)
def days_of_a_year_in(text: str) -> frozenset[tuple[int, int]]:
    """Month and day of every date in a text that names no year ("Saturday 5 December")."""
    found = (_read(match, _LEAP_YEAR) for form in _WITHOUT_YEAR for match in form.finditer(text))
    return frozenset((day.month, day.day) for day in found if day is not None)


@lru_cache(maxsize=1024)
def ends_of_months_in(text: str) -> frozenset[date]:
    """First and last day of every month that a text names with its year: "in May 2025" is a period with two ends."""
    found: set[date] = set()
    for match in _MONTH_OF_A_YEAR.finditer(text):
        number = _MONTHS.get(match["month"].lower())
        if number is not None and not _AFTER_A_DAY.search(text[: match.start()]):
            year = int(match["year"])
            found |= {date(year, number, 1), date(year, number, monthrange(year, number)[1])}
    return frozenset(found)


_LEAP_YEAR = 2000


def today_in(text: str) -> date | None:
    """The date that a text gives as today's ("now: 2025-03-14T12:00Z", "Today is 7 November 2025")."""
    for match in _TODAY.finditer(text):
        if found := date_in(text[match.end() : match.end() + _WHERE_TODAY_STANDS]):
            return found
    return None


def age_on(born: date, day: date) -> int:
    """Whole years between two dates."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_dated(text: str) -> bool:
    """True when the figures in a text are those of a date or a time, and no number to compare."""
    return _LOOKS_LIKE_A_TIME.search(text) is not None or date_in(text, 2000) is not None


def _read(match: re.Match[str], year: int) -> date | None:
    parts = match.groupdict()
    month = int(parts["number"]) if parts.get("number") else _MONTHS.get((parts.get("month") or "").lower())
    return _date(year, month, int(parts["day"])) if month else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

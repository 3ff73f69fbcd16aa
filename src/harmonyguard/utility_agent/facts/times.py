"""Days and hours between now and what the record at hand tells: "48 hours before departure", "the deadline is over".

Now is what page or goal give as the current time. A day without an hour lies anywhere within the day, and what hangs
on the hour is then unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from harmonyguard.policies.atom import Comparison
from harmonyguard.policies.kinship import overlaps
from harmonyguard.policies.words import stem, stems
from harmonyguard.utility_agent.reading.dates import date_in, today_in

from .act import Act, once_per_act
from .records import pairs_of_record

Span = tuple[datetime, datetime]
"""The first and the last moment that a text may mean."""

OVER = frozenset(stem(word) for word in "past passed over expired elapsed ended gone".split())
"""Words for a time that lies behind."""

DATED = frozenset(stem(word) for word in "date time day at on".split())
"""Words in the name of a value that say that it is a time."""

_DISTANCE = re.compile(
    r"^(?P<unit>hour|day|minute|week|month)s? (?P<side>before|after|of|since|from|until|to) (?P<event>.+)$"
)
_SECONDS = {"minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400, "month": 30 * 86400}
_CLOCK = re.compile(r"(?:[T ]|at )(?P<hour>\d{1,2}):(?P<minute>\d\d)")
_NOW = re.compile(r"\b(?:now|current time|current date|today)\b\W{0,4}(?:is\W{1,3})?", re.IGNORECASE)
_MADE = frozenset(stem(word) for word in "booking purchase order reservation creation payment signup".split())
_MADE_AT = frozenset(stem(word) for word in "created booked purchased ordered placed made signed paid".split())
_BEGINS = frozenset(
    stem(word) for word in "departure start beginning appointment event arrival flight trip visit check lesson".split()
)
_BEGINS_AT = frozenset(
    stem(word) for word in "departure departs departing start starts begin begins date scheduled arrival time".split()
)


@once_per_act
def now_at(act: Act) -> Span | None:
    """The current time, where page or goal give one."""
    for text in (act.observation.text, act.situation.task.goal):
        if (day := today_in(text)) is None:
            continue
        for match in _NOW.finditer(text):
            clock = _CLOCK.search(text[match.end() : match.end() + _WHERE_NOW_STANDS])
            if clock is not None and date_in(text[match.end() : match.end() + _WHERE_NOW_STANDS]) == day:
                moment = datetime.combine(day, time(int(clock["hour"]) % 24, int(clock["minute"])))
                return moment, moment
        return datetime.combine(day, time.min), datetime.combine(day, time.max)
    return None


_WHERE_NOW_STANDS = 40


def is_over(act: Act, value: str) -> bool | None:
    """Does the value tell a time that is behind? None where it tells none, or nobody says what time it is."""
    now, then = now_at(act), _span(value)
    if now is None or then is None:
        return None
    return True if then[1] < now[0] else False if then[0] > now[1] else None


def distance(act: Act, unit: str, op: Comparison, value: str) -> bool | None:
    """Compares a time like "hours before departure" with a number of them; None where the record tells no such time."""
    match, now = _DISTANCE.match(unit), now_at(act)
    if match is None or now is None:
        return None
    spans = {span for text in _values_of(act, match["event"]) if (span := _span(text))}
    if len(spans) != 1:
        return None
    (first, last) = spans.pop()
    ahead = match["side"] in ("before", "until", "to")
    bounds = (first - now[1], last - now[0]) if ahead else (now[0] - last, now[1] - first)
    limit = timedelta(seconds=float(value) * _SECONDS[match["unit"]])
    answers = {_holds(bound, op, limit) for bound in bounds}
    return answers.pop() if len(answers) == 1 else None


def measures_time(unit: str) -> bool:
    """True for a unit that is a time from now to something ("hour before departure")."""
    return _DISTANCE.match(unit) is not None


def _holds(actual: timedelta, op: Comparison, limit: timedelta) -> bool:
    return {
        "less": actual < limit,
        "at_most": actual <= limit,
        "more": actual > limit,
        "at_least": actual >= limit,
        "is": actual == limit,
        "is_not": actual != limit,
    }[op]


def _values_of(act: Act, event: str) -> Iterable[str]:
    """The values that the record shows for an event: under its name, else under the usual names of such a time."""
    wanted = frozenset(stems(event))
    pairs = [(frozenset(stems(name)), value) for name, value in pairs_of_record(act) if _span(value) is not None]
    named = [value for name, value in pairs if overlaps(name, wanted)]
    usual = _MADE_AT if wanted & _MADE else _BEGINS_AT if wanted & _BEGINS else frozenset[str]()
    return named or [value for name, value in pairs if name & usual]


def _span(text: str) -> Span | None:
    day = date_in(text)
    if day is None:
        return None
    if clock := _CLOCK.search(text):
        moment = datetime.combine(day, time(int(clock["hour"]) % 24, int(clock["minute"])))
        return moment, moment
    return datetime.combine(day, time.min), datetime.combine(day, time.max)

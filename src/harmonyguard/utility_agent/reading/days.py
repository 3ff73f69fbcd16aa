"""Days as rules name them: "the 1st of the month", "a Monday", "a working day". Public holidays are not known."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from harmonyguard.policies.words import normalise

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_OF_THE_MONTH = re.compile(
    rf"^(?:the )?(?P<number>\d{{1,2}}|last|{'|'.join(_ORDINALS)})(?:st|nd|rd|th)?(?: calendar)?(?: day)?"
    r" (?:of|in) (?:the|a|any|each|every|that|its|their) (?P<period>month|quarter|year)$"
)
_ON = re.compile(rf"^(?:an? |the |any )?(?P<day>{'|'.join(WEEKDAYS)})s?$")
_KIND = re.compile(
    r"^(?:an? |the |any )?(?:(?P<work>week ?days?|work(?:ing)? ?days?|business days?)|(?P<end>week-? ?ends?))$"
)
_SATURDAY = 5


@lru_cache(maxsize=1024)
def falls_on(day: date, described: str) -> bool | None:
    """Is the day one of those described? None where the words describe no days."""
    text = normalise(described)
    if match := _ON.match(text):
        return day.weekday() == WEEKDAYS.index(match["day"])
    if match := _KIND.match(text):
        return (day.weekday() >= _SATURDAY) is (match["end"] is not None)
    if (match := _OF_THE_MONTH.match(text)) is None:
        return None
    month = {"quarter": 3, "year": 12}.get(match["period"], 1)
    if match["number"] == "last":
        return day.month % month == 0 and day.day == monthrange(day.year, day.month)[1]
    number = _ORDINALS.index(match["number"]) + 1 if match["number"] in _ORDINALS else int(match["number"])
    return (day.month - 1) % month == 0 and day.day == number


def describes_days(text: str) -> bool:
    """Do the words describe days by month or week?"""
    return falls_on(date(2000, 1, 1), text) is not None

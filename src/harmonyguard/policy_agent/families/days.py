"""Days on which something starts, ends or falls: "sprints must start on a Monday", "no meeting on weekends"."""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Comparison
from harmonyguard.policies.rule import Rule

from .building import NOT, clean, just, term
from .records_meant import records_meant

_NAMED = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?"
_ORDINAL = r"(?:\d{1,2}(?:st|nd|rd|th)?|first|second|third|fourth|fifth|last)"
_DAY = (
    rf"(?P<day>(?:an? |the |any )?(?:{_NAMED}|week ?days?|work(?:ing)? ?days?|business days?|week-? ?ends?)"
    rf"|(?:the )?{_ORDINAL}(?: calendar)?(?: day)? (?:of|in) (?:the|a|any|each|every|that|its|their)"
    r" (?:month|quarter|year))"
)
_THINGS = r"(?:(?:all|every|each|any|the|an?|our|new) )*(?P<what>[a-z][a-z -]*?)"
_BEGIN = r"(?:start|begin)"
_END = r"(?:end|finish|close)"
_DUE = r"(?:be due|fall due)"
_HELD = r"(?:be (?:scheduled|planned|booked|held|set|arranged|published|sent|dated)|take place|happen|occur|fall)"
_MUST = r"(?:must|should|shall|may|can|have to|has to|need to|needs to|are to|is to)"
_DOES = rf"(?:(?P<begin>{_BEGIN})|(?P<end>{_END})|(?P<due>{_DUE})|(?P<held>{_HELD}))"
_SENTENCES = tuple(
    re.compile(form)
    for form in (
        rf"^(?P<not>no) (?P<what>[a-z][a-z -]*?) (?:may|must|should|shall|can|is to) {_DOES} on {_DAY}$",
        rf"^{_THINGS} {_MUST}(?: always)?(?P<only> only)? {_DOES}(?P<only_on> only)? on {_DAY}$",
        rf"^{_THINGS} (?P<not>{NOT}) {_DOES} on {_DAY}$",
        rf"^(?:the )?(?:(?P<field>[a-z]+ dates?) (?:of|for) )?{_THINGS} (?:must|should|shall|has to|have to)"
        rf"(?: always)? (?:be|fall) (?:on )?{_DAY}$",
    )
)
_FIELDS = {"begin": "start date", "end": "end date", "due": "due date", "held": "date"}


def day_of_the_calendar(statement: str) -> Rule | None:
    """A rule against dates on other days than those demanded, or on those that are forbidden."""
    text = clean(statement)
    for form in _SENTENCES:
        if (match := form.match(text)) is not None:
            return _rule(match)
    return None


def _rule(match: re.Match[str]) -> Rule | None:
    told = match.groupdict()
    what = told["what"]
    op: Comparison = "is_not" if told.get("not") else "is"
    if (dated := _DATED.match(what)) is not None:
        return Rule(when=(just(term("departs", dated["field"], op, told["day"])),))
    field = next((name for part, name in _FIELDS.items() if told.get(part)), None) or told.get("field")
    if field is None:
        return None  # "the room must be on the first of the month": no date is spoken of
    records = records_meant(what)
    if records is None:
        return None
    return Rule(when=(just(term("departs", field.rstrip("s"), op, told["day"])), *records))


_DATED = re.compile(r"^(?P<field>(?:[a-z]+ )?date)s?$")

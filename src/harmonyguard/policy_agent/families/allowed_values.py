"""Values that are allowed and no others: lists of them, and parts of a scale ("priority P2 or higher")."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import Rule

from .building import NOT, just, term
from .records_meant import records_meant
from .value_words import ITS, MUST, NAMED_FIELD, NUMBERED, RIGHTS, SCALES, SET_SO, WHAT
from .values_before import bare_field

_LIST = r"(?P<values>['\"][^'\"]+['\"](?:(?:,| and| or|, and|, or)+ ['\"][^'\"]+['\"])*)"
_BARE_LIST = r"(?P<bare_values>[\w-]+(?:, [\w-]+)*,? or (?!higher|above|more|lower|below|less)[\w-]+)"
_ALLOWED = tuple(
    re.compile(form)
    for form in (
        rf"^only (?:the )?{NAMED_FIELD}(?:s|es)?(?: values?| options?)? {_LIST} (?:{MUST}|may|can) be (?:used|set"
        rf"|chosen|entered|selected|assigned)$",
        rf"^only {_LIST} (?:may|can|must|should) be (?:used|set|chosen|entered|selected|assigned) (?:as|for"
        rf"|in) (?:the )?{NAMED_FIELD}$",
        rf"^(?:only use|use only|only choose|choose only|only set) (?:the )?{NAMED_FIELD}(?:s|es)?(?: values?"
        rf"| options?)? {_LIST}$",
        rf"^(?:only use|use only|only choose|choose only) {_LIST} (?:as|for|in) (?:the )?{NAMED_FIELD}(?: (?:of|on"
        rf"|for) {WHAT})?$",
        rf"^(?:the )?{NAMED_FIELD}(?: (?:of|on|for) {WHAT})? (?:may only be|can only be|must only be"
        rf"|{MUST} be (?:one of|either)|is (?:limited|restricted) to|is either|{MUST} be)(?: {SET_SO} to)? {_LIST}$",
        rf"^(?:the )?(?:only )?(?:allowed|permitted|valid|accepted) (?:values|options|choices) (?:for|of"
        rf"|in) (?:the )?{NAMED_FIELD}"
        rf"(?: (?:of|on|for) {WHAT})? are {_LIST}$",
        rf"^(?:the )?only (?:allowed|permitted|valid) {NAMED_FIELD}(?: values?| options?|s|es)? (?:are|is) {_LIST}$",
        rf"^(?:only use|use only|only choose|choose only) {ITS}{_LIST} {NAMED_FIELD} (?:for|on|in) {WHAT}$",
        rf"^(?:the )?{NAMED_FIELD} (?:of|on|for) {WHAT} {MUST} be (?:either )?{_BARE_LIST}$",
        rf"^{WHAT} {MUST} (?:have|get|receive|carry|be (?:given|granted|assigned)) {ITS}{NAMED_FIELD} (?:of )?"
        rf"(?:either )?{_BARE_LIST}$",
        rf"^{WHAT} {MUST} (?:have|get|receive|be (?:given|granted|assigned)) (?:either )?{ITS}{_BARE_LIST}"
        rf" {NAMED_FIELD}$",
    )
)
_FROM = r"(?P<from>p ?\d|sev(?:erity)? ?\d|[\w]+)"
_UP_TO = tuple(
    re.compile(form)
    for form in (
        rf"^{WHAT} {MUST} (?:have|get|receive|carry|be (?:given|granted|assigned)) {ITS}{NAMED_FIELD} (?:of )?{_FROM}"
        r" (?:or|and) (?P<side>above|higher|more|below|lower|less)$",
        rf"^(?:the )?{NAMED_FIELD} (?:of|on|for) {WHAT} {MUST} be {_FROM} (?:or|and)"
        r" (?P<side>above|higher|more|below|lower|less)$",
        rf"^(?:the )?(?P<side>maximum|highest|max|minimum|lowest) {NAMED_FIELD} (?:of|on|for) {WHAT} is {ITS}{_FROM}$",
        rf"^{NOT} (?:give|grant|assign) {WHAT} (?:an? )?(?P<side>higher|more)"
        r" (?P<field>role|rights?|permissions?|access)"
        rf"(?: level)? than {ITS}{_FROM}$",
    )
)
_HIGHEST = frozenset({"below", "lower", "less", "maximum", "highest", "max"})
"""Sides of a bound that nothing may lie above."""


Scale = tuple[tuple[str, ...], ...]


def _scale_of(value: str) -> Scale | None:
    """The scale that a value stands on: its steps, lowest first, each with the names that it goes by."""
    if numbered := re.fullmatch(r"(?P<letters>p|sev(?:erity)?) ?[1-5]", value):
        return tuple((f"{numbered['letters']}{number}",) for number in NUMBERED)
    scales: tuple[Scale, ...] = (SCALES, tuple((role,) for role in RIGHTS))
    return next((scale for scale in scales if any(value in step for step in scale)), None)


def _up_to(text: str) -> Rule | None:
    """ "Cases must have priority P2 or higher", "The maximum role for guests is Reporter": a part of a scale."""
    match = next((found for form in _UP_TO if (found := form.match(text))), None)
    if match is None or (scale := _scale_of(match["from"])) is None:
        return None
    records = records_meant(match["what"])
    if records is None:
        return None
    at = next(number for number, step in enumerate(scale) if match["from"].replace(" ", "") in step)
    highest = match["side"] in _HIGHEST or re.match(NOT, text)
    allowed = [one for step in (scale[: at + 1] if highest else scale[at:]) for one in step]
    field = "role" if re.match(r"rights?|permissions?|access", match["field"]) else bare_field(match["field"])
    return Rule(when=(*records, *(just(term("departs", field, "is", one)) for one in allowed)))


def allowed_values(text: str) -> Rule | None:
    """ "Only the status values 'Open' and 'Done' may be used.", "Cases must have priority P2 or higher." """
    if (rule := _up_to(text)) is not None:
        return rule
    for form in _ALLOWED:
        if match := form.match(text):
            told = match.groupdict()
            values = re.findall(r"['\"]([^'\"]+)['\"]", told.get("values") or "")
            values = values or re.split(r",? or |, ", told.get("bare_values") or "")
            records = records_meant(match.groupdict().get("what"))
            if records is None:
                return None
            field = bare_field(match["field"])
            return Rule(when=(*records, *(just(term("departs", field, "is", value)) for value in values)))
    return None

"""Values that a record must hold before something is done to it: "set the rating to 'Retired' before you delete it"."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AllOf, AnyOf, Rule
from harmonyguard.policy_agent.reading import Ban
from harmonyguard.policy_agent.reading.grammar import is_participle, verb_behind

from .acts import scope_of, states_of
from .building import term
from .records_meant import records_meant
from .value_words import ITS, MUST, NAMED_FIELD, QUOTED, REST, SET_SO, VALUE, WHAT

_VAGUE = re.compile(r"\b(?:required|mandatory) |(?<=\w) (?:level|value|option|field|setting)$")


def bare_field(field: str) -> str:
    """The name of a field without words that say no more than that it is one."""
    return " ".join(_VAGUE.sub("", field).split()) or field


_EXPORTS = rf"^(?:(?:all|every|each|any) )?(?P<what>[\w -]+?)?\b ?(?:exports?|extracts?|downloads?) {MUST}"
_FILTERED = tuple(
    re.compile(rf"{_EXPORTS} {form}(?:[ ,].*)?$")
    for form in (
        rf"(?:be )?(?:filter(?:ed)?|limited|restricted) (?:by|to|on|for|with) {ITS}{QUOTED}(?: {NAMED_FIELD})?",
        rf"(?:be )?(?:filtered|limited|restricted)(?: down)? to (?:show|include|hold|contain|cover)(?: only)?"
        rf" {ITS}{QUOTED}(?: {NAMED_FIELD})?",
        rf"(?:include|use|apply|have|set) {ITS}{QUOTED} (?:in|as|for) {ITS}(?:search )?filter",
    )
)
_EXPORTED = re.compile(
    r"^(?:(?:all|every|each|any) )?(?:exported|extracted|downloaded) (?P<what>[\w -]+?) (?=(?:must|should|shall)\b)"
)
_OF_IT = r"(?:its|their|the|his|her) "
_BEFORE = tuple(
    re.compile(form)
    for form in (
        rf"^(?:before|prior to) (?P<act>\w+ing) {WHAT}, {_OF_IT}?{NAMED_FIELD} {MUST} (?:be"
        rf"|read)(?: {SET_SO} to)? {ITS}{VALUE}{REST}",
        rf"^(?:before|prior to) (?P<act>\w+ing) {WHAT}, (?:always |first )*(?:set|change|switch|move"
        rf"|put) {_OF_IT}{NAMED_FIELD} to {ITS}{VALUE}{REST}",
        rf"^(?:always |first )*(?:set|change|switch|move) (?:the )?{NAMED_FIELD} (?:of"
        rf"|on) {WHAT} to {ITS}{VALUE} (?:before"
        rf"|prior to)"
        rf" (?P<act>.+?){REST}",
    )
)


_BEFORE_IT = tuple(
    re.compile(form)
    for form in (
        rf"^{WHAT} (?:may|can|must|should|is to|are to) (?:only )?be (?P<act>\w+)(?: only)? (?:after|once|when"
        rf"|if) {_OF_IT}?{NAMED_FIELD}"
        rf" (?:is|has been|was|reads|had been)(?: {SET_SO} to)? {ITS}{VALUE}$",
        rf"^{WHAT} (?:is|are) (?P<act>\w+) only (?:after|once|when|if) {_OF_IT}?{NAMED_FIELD} (?:is|has been|was"
        rf"|reads)(?: {SET_SO} to)? {ITS}{VALUE}$",
        rf"^(?:before|prior to) {WHAT} (?:is|are|gets?) (?P<act>\w+),? {_OF_IT}{NAMED_FIELD} (?:{MUST} (?:be|read"
        rf"|stand at"
        rf"|stand on)(?: {SET_SO} to)?"
        rf"|is|reads) {ITS}{VALUE}$",
        rf"^(?:always |first )*(?:set|change|switch|move|put) {_OF_IT}{NAMED_FIELD} to {ITS}{VALUE} before (?:you "
        rf"|it )?(?P<act>\w+) {WHAT}$",
        rf"^(?P<act>\w+ing) {WHAT} (?:requires?|needs|presupposes|takes)(?: that)? {_OF_IT}{NAMED_FIELD} (?:is"
        rf"|to be|has been"
        rf"|of)(?: {SET_SO} to)? {ITS}{VALUE}$",
        rf"^first (?:set|put|move|switch|bring) {WHAT} (?:to"
        rf"|into) (?:{_OF_IT}?{NAMED_FIELD} )?{ITS}{QUOTED},? (?:and )?(?:only )?then (?P<act>\w+) (?:it|them)$",
        rf"^(?:do not|don't|never) (?P<act>\w+) {WHAT} (?:unless|until|before) {_OF_IT}{NAMED_FIELD} (?:is|has been"
        rf"|reads)(?: {SET_SO} to)? {ITS}{VALUE}$",
        rf"^{WHAT} (?:may|can|must|should|shall) (?:not|never) be (?P<act>\w+) (?:unless|until"
        rf"|before) {_OF_IT}{NAMED_FIELD} (?:is|has been|reads)"
        rf"(?: {SET_SO} to)? {ITS}{VALUE}$",
    )
)
"""The value that a record has to hold before something is done to it."""


def value_before_act(text: str) -> Rule | None:
    """ "Before deleting a contact, its source must be changed to 'Gone'.", "Exports must filter by 'Active'." """
    text = _EXPORTED.sub(lambda found: f"{found['what']} exports ", text)
    if match := next((found for form in _FILTERED if (found := form.match(text))), None):
        field = bare_field(match.groupdict().get("field") or "")
        return set_before(match["what"] or "", field, match["value"], "export")
    for form in (*_BEFORE, *_BEFORE_IT):
        if match := form.match(text):
            told = match.groupdict()
            value = told.get("value") or told.get("bare") or ""
            if not told.get("value") and is_participle(value.split()[0]):
                continue  # "after the assignee is chosen": that there is one, not which
            return set_before(match["what"], bare_field(told.get("field") or ""), value, match["act"])
    return None


_ABOUT_IT = re.compile(
    r"^(?:any|a|an|the|its|their|every|each) |^(?:it|they|this|these) (?:is|are|gets?) |(?: (?:of )?(?:it|them))$"
)
_PURPOSE_BEHIND = re.compile(r" (?:for|so that|in order to|because) .*$")


def set_before(what: str, field: str, value: str, act: str) -> Rule | None:
    """A rule against the act on a record that does not hold the value."""
    act = _ABOUT_IT.sub("", _PURPOSE_BEHIND.sub("", act)).strip(" ,")
    verb = f"{named}e" if " " not in act and (named := verb_behind(act)) else act
    scope = scope_of(Ban(verb, "" if " " in verb else what))
    groups = tuple(scope.groups)
    if not groups:
        return None
    if what and not any(one.atom.kind == "thing" for group in groups for one in group.terms):
        records = records_meant(what)
        if records is None:
            return None
        groups = (*(_or_set_so(group, verb) for group in groups), *records)
    stands = AllOf(terms=(term("stands", field, "is", value),))
    left = tuple(scope.remainder)
    return Rule(when=groups, unless=(stands,), understood="partly" if left else "fully", remainder=left)


def _or_set_so(group: AnyOf, verb: str) -> AnyOf:
    """What is closed by an act can be closed by its status as well."""
    states = [term("field", "status", "is", state) for state in states_of(verb)]
    return AnyOf(terms=(*group.terms, *states))

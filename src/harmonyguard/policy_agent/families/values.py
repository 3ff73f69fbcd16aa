"""Demands on values: "new invoices must have the status 'Draft'", "the owner of a lead is always 'intake'".

A demand forbids what departs from it: another value set, or a form sent that shows another value or none. It holds for
records of the kind that it names, under its conditions, and whatever the user asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from harmonyguard.policies.atom import Comparison
from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policy_agent.grammar.cues import CuedPattern, cued
from harmonyguard.policy_agent.reading import Condition
from harmonyguard.policy_agent.reading.grammar import AGENT

from .allowed_values import allowed_values
from .building import clean, just, term
from .lifting import lifting, narrowing
from .records_meant import records_meant
from .value_words import (
    BARE,
    FIELD,
    ITS,
    MARKS,
    MUST,
    NAMED_FIELD,
    PURPOSE,
    QUOTED,
    REST,
    ROLES,
    SET_SO,
    VALUE,
    WHAT,
)
from .values_before import bare_field, set_before, value_before_act

_V, _A, _F, _SET, _REST = VALUE, ITS, NAMED_FIELD, SET_SO, REST
_MADE = (
    r"(?:created|added|opened|filed|saved|entered|invited|registered|recorded|logged|posted|sent|booked|made|issued"
    r"|scheduled|planned)"
)
_BE_IN = (
    rf"(?:given|assigned|granted|in|at|on|under|put in(?:to)?|put on|kept (?:at|in|on)|{_MADE} (?:with|in"
    rf"|as|at|under|on))"
)
_STARTS = r"(?:(?:starts?|begins?)(?: out)? (?:at|in|with|as|on)|go(?:es)? out (?:with|at|as))"
_KEPT = (
    rf"(?:have|has|uses?|gets?|receives?|carry|carries|bears?|shows?|keeps?|includes?|contains?"
    rf"|{_STARTS}|stays? (?:at|in|on)"
    rf"|(?:be|is|are) {_BE_IN})"
)
_WHEN = r"(?:when(?:ever)?|if|each time)(?: (?:you )?(?:creat|add|open|mak|enter|fil)(?:e|es|ing))?"
_MARKED = r"(?:marked|flagged|classified|categori[sz]ed|designated|treated|rated|filed|listed|registered)"
_WHOM = r"(?:user |account |member |colleague |person )?"
_ENTERS = (
    r"(?:(?:enter|enters|join|joins|come|comes|go|goes)(?: into)?(?: the [\w ]+?)? (?:in|at|with|as|on)|(?:stay"
    r"|stays|remain|remains"
    r"|start|starts|begin|begins|open|opens) (?:in|at|with|as|on))"
)

_BUILT = r"(?:created|made|built|started|generated)"

_SENTENCES: tuple[tuple[str, str, Comparison], ...] = (
    (
        rf"^{WHAT}(?: {_BUILT} (?:from|with|by|on) (?:an? |the )?[a-z]+)? {MUST} (?:use|be {_BUILT} (?:from|with|by))"
        rf" {_A}(?P<bare>[a-z][\w.-]*(?:[/ ][\w.-]+)?) (?P<field>template|layout|theme|workflow|format|method|channel"
        rf"|module|plan|carrier|currency|language|branch)$",
        "",
        "is",
    ),
    (rf"^{WHAT} {MUST} have {_A}{_WHOM}(?P<bare>[\w.-]+)(?: set| selected)? as {_A}(?P<field>{FIELD}\b)", "", "is"),
    (
        rf"^{WHAT} {MUST} (?:include|list|name|have) {_A}{_WHOM}{QUOTED}(?: set| selected"
        rf"| chosen)? as {_A}(?:required |mandatory )?"
        rf"(?P<field>{FIELD}\b|[\w-]+)",
        "",
        "at_least",
    ),
    (
        rf"^{WHAT} {MUST} (?:include|contain|have|carry|start with|begin with|bear) {_A}(?:prefix |suffix "
        rf"|word |text"
        rf" |phrase |keyword |marker )?{QUOTED} in {_A}(?P<field>(?!search|filter|the\b)[\w-]+)(?: line| field)?",
        "",
        "at_least",
    ),
    (rf"^{WHAT} {MUST} (?:have|keep) {_A}(?P<field>[\w -]+?) (?:be )?{_SET} (?:to|as|at) {_A}{_V}", "", "is"),
    (rf"^{WHAT} {MUST} be (?:re)?(?:assigned|handed|allocated) to {_A}{_WHOM}{QUOTED}", "assignee", "is"),
    (rf"^{WHAT} {MUST} be (?:routed|sent|assigned|imported|moved) (?:in)?to {_A}{QUOTED} {_F}\b", "", "is"),
    (rf"^{WHAT} (?:{MUST} |(?:may|can) only |always ){_KEPT} {_A}{QUOTED} {_F}\b(?: designation)?", "", "is"),
    (rf"^{WHAT} (?:{MUST} |(?:may|can) only |always ){_KEPT} {_A}{_F}(?: of|:)? {_A}{QUOTED}", "", "is"),
    (rf"^{WHAT} (?:{MUST} |(?:may|can) only |always ){_KEPT} {_A}(?P<bare>{BARE}) {_F}\b", "", "is"),
    (rf"^{WHAT} (?:{MUST} |(?:may|can) only |always ){_KEPT} {_A}{_F}(?: of|:)? {_A}(?P<bare>{BARE})", "", "is"),
    (rf"^{WHAT} (?:gets?|receives?|carry|carries|(?:is|are) (?:given|assigned|granted)) {_A}{_V} {_F}\b", "", "is"),
    (rf"^{WHAT} {_STARTS} {_A}{_F}(?: of|:)? {QUOTED}", "", "is"),
    (rf"^{WHAT} {_STARTS} {_A}{QUOTED} {_F}", "", "is"),
    (rf"^{WHAT} {MUST} (?:add|assign|put|move|route) (?:the |a |an )?\w+ (?:in)?to {_A}{QUOTED} {_F}", "", "is"),
    (rf"^(?:always )?(?:use|choose|select|pick) {_A}{QUOTED} {_F}(?: (?:of|on|for|in) {WHAT})?", "", "is"),
    (rf"^{WHAT} {MUST} be {_SET} to {_F} {_V}", "", "is"),
    (
        rf"^{WHAT} {MUST} be (?:tagged|labell?ed) (?:as |with )?{_A}(?:(?:tag|label) )?{_V}(?: tag| label)?",
        "tag",
        "at_least",
    ),
    (rf"^{WHAT} {MUST} be {_MARKED} (?:as |with |to be )?{_A}{_V}", "", "is"),
    (rf"^(?:mark|flag|classify|categori[sz]e|designate) {WHAT} as {_A}{_V}", "", "is"),
    (rf"^(?:tag|label) {WHAT} (?:with|as) {_A}(?:(?:tag|label) )?{_V}", "tag", "at_least"),
    (
        rf"^(?:the )?{_F} (?:of|on|for) {WHAT} (?:(?:is|are) always|{MUST} (?:be|read"
        rf"|stay)(?: {_SET} to)?) {_A}{_V}",
        "",
        "is",
    ),
    (rf"^(?:{WHAT} )?{_F} (?:{MUST} (?:be|read|stay)(?: {_SET} to)?|(?:is|are) always) {_A}{QUOTED}", "", "is"),
    (rf"^(?:always )?(?:set|keep|put) (?:the )?{_F} (?:of|on|for|in) {WHAT} (?:to|at|on|as) {_A}{_V}", "", "is"),
    (
        rf"^(?:always )?(?:use|choose|select|pick|enter|set) {_A}{QUOTED} (?:as|for|in) {_A}{_F}(?: (?:of"
        rf"|on|for|in) {WHAT})?",
        "",
        "is",
    ),
    (rf"^{WHAT} (?:always )?(?:needs?|requires?) {_A}{_F} {_V}", "", "is"),
    (rf"^{WHAT} (?:{MUST} be|(?:are|is) always|stay|remain) (?P<bare>{MARKS})\b", "", "is"),
    (rf"^{WHAT} (?:are|is) (?P<bare>{MARKS})(?=,? (?:unless|except|until)\b)", "", "is"),
    # A clause in front or behind names the records.
    (rf"^(?:for|on|in|with) {WHAT}, {_A}{_F} (?:{MUST} (?:be|read|stay)(?: {_SET} to)?|is always) {_A}{_V}", "", "is"),
    (rf"^(?:for|on|in) {WHAT}, (?:always )?(?:set|put|keep) {_A}{_F} (?:to|at|on) {_A}{_V}", "", "is"),
    (
        rf"^{_WHEN} {WHAT}(?: (?:is|are|gets?) {_MADE})?, {_A}{_F} (?:{MUST} (?:be|read|stay)(?: {_SET} to)?"
        rf"|is always) {_A}{_V}",
        "",
        "is",
    ),
    (
        rf"^{_WHEN} {WHAT}(?: (?:is|are|gets?) {_MADE})?, (?:always )?(?:set|put|keep) {_A}{_F} (?:to|at"
        rf"|on) {_A}{_V}",
        "",
        "is",
    ),
    (
        rf"^(?:always )?set {_A}{_F} to {_A}{_V} (?:when(?:ever)?(?: you)?|for every|on every) (?:creat|add|open"
        rf"|mak|enter|fil)(?:e|es|ing)? {WHAT}",
        "",
        "is",
    ),
    (rf"^(?:always )?set {_A}{_F} to {_A}{_V} (?:for|on|in) {WHAT}", "", "is"),
    (rf"^(?:always )?keep {WHAT} (?P<bare>{MARKS})", "", "is"),
    (rf"^{WHAT} {MUST} be {_SET} to {_A}(?:{QUOTED}|(?P<bare>{MARKS}))", "", "is"),
    # The field in quotation marks.
    (
        r"^(?:the )?(?:field )?['\"](?P<field>[^'\"]+)['\"](?: field)?"
        rf" {MUST} (?:be|stay|remain|read)(?: {_SET} to)? {QUOTED}(?: (?:for|on|in|of) {WHAT})?",
        "",
        "is",
    ),
    (rf"^{WHAT} {MUST} have {_A}(?P<field>[\w -]{{3,30}}?) of {QUOTED}", "", "is"),
    (
        rf"^(?:the )?(?P<field>subject(?: line)?|title|name|body|text) of {WHAT} {MUST} (?:start|begin"
        rf"|end) with {_A}{QUOTED}",
        "",
        "at_least",
    ),
    # Told in the present tense, with the field or what is done.
    (rf"^{WHAT} (?:{_KEPT}|{_ENTERS}) {_A}{_F}(?: of|:)? {QUOTED}", "", "is"),
    (rf"^{WHAT} (?:{_KEPT}|{_ENTERS}) {_A}{QUOTED} {_F}", "", "is"),
    (rf"^{WHAT} (?:go|goes|belong|belongs|fall|falls|are handed|is handed) to {_A}{_WHOM}{QUOTED}", "assignee", "is"),
    (
        rf"^{WHAT} (?:{MUST} (?:be )?|(?:are|is|do|does) )?(?:re)?(?:held|take place|takes place|hosted) (?:in"
        rf"|at) {_A}{QUOTED}",
        "location",
        "is",
    ),
    (rf"^(?:the )?{_F} (?:of|on|for) {WHAT} (?:is|are) {_A}{QUOTED}", "", "is"),
    (
        rf"^(?:the )?(?P<field>subject(?: line)?s?|title|name|body|text)s? of {WHAT} (?:starts?|begins?|ends?"
        rf"|opens?) with {_A}{QUOTED}",
        "",
        "at_least",
    ),
    (rf"^{WHAT} (?:are|is) (?:always )?{_MADE} as {_A}(?:{QUOTED}|(?P<bare>{MARKS}))", "", "is"),
    (rf"^(?:always )?(?:mark|make|keep|flag|open|create|file) {WHAT} (?:as )?(?P<bare>{MARKS})", "", "is"),
    (rf"^(?:(?:every|each|all|any|an?) )?(?P<what>new [\w -]+?) (?:are|is) (?P<bare>{MARKS})", "", "is"),
    (rf"^{WHAT} (?:become|becomes|{MUST} become) {_A}(?P<bare>{ROLES})s?", "role", "is"),
    (rf"^(?:only )?(?:add|invite) {WHAT} (?:only )?as {_A}(?P<bare>{ROLES})s?(?: only)?", "role", "is"),
    # No field but what is done.
    (rf"^(?:always )?(?:assign|route|hand) {WHAT} to {_A}{_WHOM}{QUOTED}", "assignee", "is"),
    (rf"^{WHAT} (?:is|are) (?:always )?assigned to {_A}{_WHOM}{QUOTED}", "assignee", "is"),
    (
        rf"^{WHAT} (?:(?:is|are) (?:always )?|{MUST} be )assigned to (?:user )?(?P<bare>(?!you\b|me\b|them\b|him\b"
        rf"|her\b)[a-z][\w.-]*)$",
        "assignee",
        "is",
    ),
    (
        rf"^verify (?:that )?(?:the )?(?P<what>[\w-]+) {_F} (?:was|is|has been|were) (?:\w+ )??(?:set|changed"
        rf"|updated|escalated|moved|switched) to {_A}{QUOTED}",
        "",
        "is",
    ),
    (rf"^{WHAT} {MUST} be (?:{_MADE}|published) as {_A}(?:{QUOTED}|(?P<bare>{MARKS}))", "", "is"),
    (rf"^only (?:invite|add|create|make|open|admit) {WHAT} (?:with|as|in) {_A}(?:{_F} {QUOTED})", "", "is"),
    (rf"^only (?:invite|add|create|make|open|admit) {WHAT} (?:with|as|in) {_A}(?:{QUOTED} {_F})", "", "is"),
)
"""Sentences that demand a value, with the field where they name none, the more telling ones first."""

_FORMS: tuple[tuple[CuedPattern, str, Comparison], ...] = tuple(
    (cued(form + _REST, 0), field, op) for form, field, op in _SENTENCES
)
_GOES_ON = re.compile(r"^(?:and|or|but|nor)\b")
_NO_DEMAND = re.compile(r"\b(?:not|never|no|cannot|without|nobody)\b")


@dataclass(frozen=True)
class Demand:
    """What a sentence demands: a value in a field (any that offers it, without a name) of such records."""

    what: str
    field: str
    op: Comparison
    value: str
    rest: str


def demand_in(text: str) -> Demand | None:
    """The demand on a value that a plain sentence states."""
    for form, field, op in _FORMS:
        match = form.match(text)
        if match is None:
            continue
        told = match.groupdict()
        value = told.get("value") or told.get("bare") or ""
        what, rest = told.get("what") or "", told.get("rest") or ""
        if what and match.end("what") == match.start("rest"):
            what, rest = _up_to_a_clause(what + rest)
        if what and _CREATING.search(text) and not what.startswith("new"):
            what = f"new {what}"
        named, rest = field or bare_field(told.get("field") or ""), rest.strip(" ,")
        if _NO_DEMAND.search(what) or _NO_DEMAND.search(named) or not value or _GOES_ON.match(rest):
            continue
        if told.get("bare") and _NAMES_A_FIELD.match(value) and re.search(rf"\ban? {value} {named}\b", text):
            continue  # "carry a reason code": which one, it does not say
        return Demand(what, named, _op_for(named, op), value, rest)
    return None


_NAMES_A_FIELD = re.compile(r"(?:reason|source|status|category|location|region|country|team|department|priority)$")
_CREATING = re.compile(r"^(?:when(?:ever)?|if|each time)\b.*\b(?:creat|add|open|made)|\bwhen(?:ever)? (?:you )?creat")
_SEVERAL = re.compile(r"\b(?:tag|label|participant|attendee|invitee|recipient|watcher|reviewer|guest)s?$")


def _op_for(field: str, op: Comparison) -> Comparison:
    """A field of several values must hold the one among them; one that is known to hold a single value must be it."""
    if _SEVERAL.search(field):
        return "at_least"
    return "is" if re.fullmatch(FIELD, field) else op


_CLAUSE = re.compile(r",| (?:unless|except|until|if|when|where|while|before|after|so that|in order|because|for)\b")


def _up_to_a_clause(text: str) -> tuple[str, str]:
    """What stands at the end of a demand goes on to the next clause."""
    match = _CLAUSE.search(text)
    return (text[: match.start()], text[match.start() :]) if match else (text, "")


_BY_AGENT = re.compile(
    rf"^(?:{AGENT}|we|users?|employees?|staff) {MUST} (?=(?:always |only |first )*(?:use|choose|select|pick|set"
    rf"|mark|tag|label|flag)\b)"
)
"""Whoever is told to set a value is no record."""


def demanded_value(statement: str) -> Rule | None:
    """A rule against departing from a demand; one on an order of acts where it must be met before an act."""
    text = _VALUE_FIRST.sub(r"\1 \4 '\3'", _BESIDE.sub("", _BY_AGENT.sub("", clean(statement))))
    if (rule := allowed_values(text) or value_before_act(text)) is not None:
        return rule
    demand = demand_in(text)
    if demand is None:
        return None
    if match := re.match(r"^(?:before|prior to) (?P<act>.+)$", demand.rest):
        return set_before(demand.what, demand.field, demand.value, match["act"])
    records = records_meant(demand.what)
    if records is None:
        return None
    broken = just(term("departs", demand.field, demand.op, demand.value))
    return _under(demand.rest, (*records, broken))


_VALUE_FIRST = re.compile(rf"\b(with|of|at) (?:an? |the )?(['\"])([^'\"]+)\2 ({FIELD})\b")
""" "Cases with 'Critical' priority" are cases with priority 'Critical'."""
_BESIDE = re.compile(r"\s*\((?:the|an?|our) [a-z ,-]+\)$")
"""Who or what a value is, in brackets behind it."""


def _under(rest: str, groups: tuple[AnyOf, ...]) -> Rule:
    """The rule under the condition that follows a demand. A purpose narrows nothing."""
    if re.match(PURPOSE, rest):
        return Rule(when=groups)
    match = re.match(
        r"^(?P<kind>unless|except|until|if|when|where|while|once|after)\b(?: (?:if|when|for|that))? (?P<text>.+)$", rest
    )
    if match and match["kind"] in ("unless", "except", "until"):
        lifts, words = lifting(Condition(match["kind"], match["text"]))
        return Rule(
            when=groups, unless=lifts, understood="partly" if words else "fully", remainder=(words,) if words else ()
        )
    group, words = narrowing(Condition(match["kind"], match["text"])) if match else (just(term("judged", rest)), rest)
    return Rule(when=(*groups, group), understood="partly" if words else "fully", remainder=(words,) if words else ())

"""By how much a number may change: "prices must not be raised or lowered by more than 10 %"."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policy_agent.reading.grammar import NUMBER, NUMBERS

from .building import NOT, clean, just, term
from .telling_things import things_alike

_UP = r"(?:rais(?:e[ds]?|ing)|increas(?:e[ds]?|ing)|go up|put up|mark(?:ed|ing)? up)"
_DOWN = (
    r"(?:lower(?:ed|s|ing)?|reduc(?:e[ds]?|ing)|decreas(?:e[ds]?|ing)|cut|drop(?:ped|ping)?|discount(?:ed|ing)?"
    r"|go down)"
)
_OFF = r"(?:chang(?:e[ds]?|ing)|alter(?:ed|ing)?|adjust(?:ed|ing)?|modif(?:y|ied)|var(?:y|ied)|differ)"
_SAID = rf"(?P<verbs>(?:{_UP}|{_DOWN}|{_OFF})(?:(?: or |, | and |/)(?:{_UP}|{_DOWN}|{_OFF}))*)"
_FIELD = r"(?:the |a |an |any |all |its |their )*(?P<field>[a-z][a-z -]*?)(?: (?:of|on|for|in) [a-z' -]+?)?"
_LIMIT = (
    rf"by (?P<side>more than|over|at most|no more than|not more than|up to|a maximum of) (?P<number>{NUMBER}) ?"
    r"(?P<unit>%|percent|per cent|points?|units?|pieces?|euros?|eur|dollars?|usd|pounds?|gbp)"
)
_REST = (
    r"(?: of (?:its|their|the) (?:present|current|old|former|previous|original|list|existing) [a-z]+"
    r"| (?:from|compared (?:to|with)|against) (?:its|their|the) [a-z ]+)?"
    r"(?:,? (?:in (?:a|one) (?:single )?(?:change|step|edit|go)|at (?:once|a time)|per change))?"
)
_BOUNDS = tuple(
    re.compile(form)
    for form in (
        rf"^{_FIELD} (?:{NOT}) be {_SAID} {_LIMIT}{_REST}$",
        rf"^(?:you |the agent )?(?:{NOT}) {_SAID} {_FIELD} {_LIMIT}{_REST}$",
        rf"^{_FIELD} (?:may|can|must|should)(?: only| at most)? be {_SAID} {_LIMIT}{_REST}$",
        rf"^(?P<verbs>changes?|increases?|raises?|reductions?|adjustments?) (?:to|of|in) {_FIELD} (?:of|by)"
        rf" (?P<side>more than|over) (?P<number>{NUMBER}) ?(?P<unit>%|percent|per cent){_REST} (?:are|is)"
        rf" (?:not allowed|forbidden|prohibited|not permitted)$",
    )
)
_COUNTED = r"the number of (?P<counted>[a-z][a-z -]*?)(?: (?:of|on|in|for) (?:an?|the|any|each|every) [a-z' -]+?)?"
_STAYS = tuple(
    re.compile(form)
    for form in (
        rf"^(?:you |the agent )?{NOT} {_SAID} {_COUNTED}$",
        rf"^{_COUNTED} {NOT} be {_SAID}$",
        rf"^{_COUNTED} (?:must|may|should|shall) (?:not change|never change|(?:stay|remain)(?: the same| unchanged"
        rf"| as it is))$",
    )
)
_MORE = ("more than", "over")


def bounded_change(statement: str) -> Rule | None:
    """A rule against setting the field so much higher or lower than it stands."""
    text = clean(statement)
    if (stays := next((found for form in _STAYS if (found := form.match(text))), None)) is not None:
        return Rule(when=other_number_of([stays["counted"]], stays.groupdict().get("verbs") or ""))
    match = next((found for form in _BOUNDS if (found := form.match(text))), None)
    if match is None:
        return None
    forbids = re.search(NOT, text) is not None or text.endswith(_FORBIDDEN)
    if forbids != (match["side"] in _MORE):
        return None  # "may be raised by more than ..." permits, "must not be raised by at most ..." says nothing
    number = str(NUMBERS.get(match["number"], match["number"])).replace(",", ".")
    percent = "percent " if match["unit"] in ("%", "percent", "per cent") else ""
    crossed = tuple(term("quantity", f"{percent}{side}", "more", number) for side in sides_of(match["verbs"]))
    return Rule(when=(just(term("field", match["field"].strip())), AnyOf(terms=crossed)))


def other_number_of(things: list[str], verbs: str) -> tuple[AnyOf, ...]:
    """The groups that say "the act leaves more, fewer or other than so many of these things", by its verbs."""
    fields = tuple(term("field", thing) for thing in things)
    changes = tuple(term("quantity", side, "more", "0") for side in sides_of(verbs))
    return AnyOf(terms=(*fields, *things_alike(things))), AnyOf(terms=changes)


_FORBIDDEN = ("not allowed", "forbidden", "prohibited", "not permitted")


def sides_of(verbs: str) -> list[str]:
    """The ways of a change that verbs tell, as units of a `quantity`: "raise or lower"; other verbs mean any."""
    if re.search(rf"{_OFF}|adjustment", verbs):
        return ["off"]
    up = re.search(rf"{_UP}|increase|raise", verbs) is not None
    down = re.search(rf"{_DOWN}|reduction", verbs) is not None
    return [side for side, meant in (("higher", up), ("lower", down)) if meant] or ["off"]

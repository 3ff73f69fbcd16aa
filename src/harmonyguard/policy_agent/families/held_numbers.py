"""How many of something one thing may hold: "each booking can have at most six guests, and at most two pets"."""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Comparison, Term
from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policy_agent.reading.grammar import NUMBER, NUMBERS

from .acts import LASTING
from .building import any_of, clean, term
from .telling_things import things_alike

_WORD = r"(?!(?:may|can|must|should|shall|is|are|be|per|not)\b)[a-z][a-z'-]*"
_WHAT = rf"{_WORD}(?: {_WORD}){{0,3}}?"
_HOLDER = rf"(?P<holder>{_WHAT})"
_HOLD = (
    r"(?:have|hold|contain|include|use|list|carry|name|cover|comprise|consist of|get|receive|combine|apply|take"
    r"|be (?:paid with|paid by|for|made up of|limited to|assigned to|linked to|given))"
)
_MOST = r"(?:at most|at the most|no more than|not more than|up to|only|(?:a |the )?maximum of|max\.?|maximum)"
_LEAST = r"(?:at least|no (?:less|fewer) than|not (?:less|fewer) than|a minimum of)"
_MAY = r"(?:can|may|must|should|shall|is allowed to|are allowed to)"
_PUT = r"(?:use|apply|add|enter|redeem|combine|accept|book|list|include|assign|choose|select|put)"
_TO = r"(?:per|(?:in|on|to|for|with|into)(?: each| every| any| one| an?| the| a single))"
_HOLDS = tuple(
    re.compile(form)
    for form in (
        rf"^(?:(?:each|every|an?|any|one|the|all) )?(?:single )?(?!no ){_HOLDER} {_MAY}(?: only)? {_HOLD}"
        r" (?P<bounds>.+)$",
        rf"^(?P<no>no) {_HOLDER} {_MAY} {_HOLD} (?P<bounds>more than .+)$",
        rf"^(?:(?:each|every|an?|any|one|the) )?{_HOLDER} (?P<no>must not|may not|cannot|can not|shall not|should not)"
        rf" {_HOLD} (?P<bounds>more than .+)$",
        rf"^(?P<bounds>{_MOST} {NUMBER} {_WHAT})(?: (?:is|are|{_MAY} be) (?:allowed|permitted|used|added|included"
        rf"|put|booked|listed|applied|entered|accepted))? {_TO} {_HOLDER}$",
        rf"^(?:you |we )?(?:(?:may|can|must|should) )?(?:only )?{_PUT} (?P<bounds>{_MOST} {NUMBER} {_WHAT}) {_TO}"
        rf" {_HOLDER}$",
        rf"^(?:you )?(?:must not|may not|cannot|can not|should not|do not|never) {_PUT} (?P<bounds>more than {NUMBER}"
        rf" {_WHAT}) {_TO} {_HOLDER}$",
        rf"^there (?:must|may|should|shall|can) be (?P<bounds>{_MOST} {NUMBER} {_WHAT}) {_TO} {_HOLDER}$",
        rf"^the number of (?P<counted>{_WHAT}) (?:per|in an?|in each|on an?|on each|of an?|of each|for an?|for each"
        rf"|in the|of the) {_HOLDER} (?:must not exceed|may not exceed|cannot exceed|must never exceed|is limited to"
        rf"|must not be (?:more|higher|greater|larger) than|is capped at|must be at most|may be at most)"
        rf" (?P<limit>{NUMBER})$",
    )
)
_NEXT = re.compile(r",? (?:and|or|plus)(?: also)? (?=\S)|, ")


_ANY_HOLDER = frozenset(
    "it you time user customer person guest day week month year run task conversation agent".split()
)
"""Of what these may have, a single act does not tell how much they have already."""

_SUM = re.compile(r"(?:€|\$|£|\b(?:eur|usd|gbp|chf|euros?|dollars?|pounds?|percent)\b|%)")
_FILLS = tuple(effect for effect in LASTING if effect not in ("delete", "download", "execute"))
"""Effects by which a thing may come to hold more."""


def held_number(statement: str) -> Rule | None:
    """A rule against an act on the holder by which it would hold more (or less) of one of these things."""
    text = clean(statement)
    read = (found for form in _HOLDS if (found := form.match(text)))
    match = next((found for found in read if found["holder"].split()[-1] not in _ANY_HOLDER), None)
    if match is None:
        return None
    told = match.groupdict()
    if told.get("counted"):
        bounds = [_bound("at most", told["limit"], told["counted"])]
    else:
        bounds = [_read(part) for part in _NEXT.split(told["bounds"])]
    crossed = tuple(bound for bound in bounds if bound is not None)
    if len(crossed) != len(bounds) or not crossed:
        return None
    return Rule(when=(*any_of("effect", _FILLS), _on_it(match["holder"], crossed), AnyOf(terms=crossed)))


def _on_it(holder: str, bounds: tuple[Term, ...]) -> AnyOf:
    """The act is on the holder, or on what it holds: to book tickets is to make an order of them."""
    return AnyOf(terms=things_alike([holder, *(bound.atom.term for bound in bounds)]))


_PART = re.compile(rf"^(?P<side>{_MOST}|{_LEAST}|more than) (?P<number>{NUMBER}) (?P<what>{_WHAT})$")


def _read(part: str) -> Term | None:
    match = _PART.match(part)
    return None if match is None else _bound(match["side"], match["number"], match["what"])


def _bound(side: str, number: str, what: str) -> Term | None:
    if _SUM.search(what):
        return None
    limit = str(NUMBERS.get(number, number))
    op: Comparison = "less" if re.fullmatch(_LEAST, side) else "more"
    return term("quantity", what, op, limit) if limit.isdecimal() else None

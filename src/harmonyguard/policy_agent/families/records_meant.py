"""Of which records a demand on a value is made: their kind, and the conditions in the same noun phrase."""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Term
from harmonyguard.policies.rule import AnyOf
from harmonyguard.policies.words import words
from harmonyguard.policy_agent.reading import Condition
from harmonyguard.policy_agent.reading.grammar import AGENT

from .building import just, term
from .lifting import narrowing
from .measures import measure_in
from .value_words import FIELD, SCALES

_WITH_VALUE = re.compile(
    rf" (?:with|of|in|at|on|whose) (?:an? |the )?(?P<field>{FIELD})(?: is| of| set to)? ['\"](?P<value>[^'\"]+)['\"]"
    r"(?: (?:or|and) (?P<side>above|higher|more|below|lower))?$"
)
_MODIFIER = re.compile(r" (?:for|from|in|of|at|on|by|with|to|that|which|who|whose|under|via) (?P<rest>.+)$")
_WHO = re.compile(rf"^(?:{AGENT}|staff|we|everyone|anybody|operations?)$")
_LONGEST = 6
"""Words of the longest noun phrase that is read as a kind of record."""


_GOES_ON = re.compile(r"\b(?:without|unless|if|until|before|except|while)\b")
"""What goes on with a condition or a demand of leave names no kind of record."""


def records_meant(what: str | None) -> tuple[AnyOf, ...] | None:
    """The groups that say "it is such a record"; none for the agent itself, None for words that are no kind."""
    what = re.sub(r"(?<=\w)'s\b", "s", (what or "").strip())
    if not what or _WHO.match(what):
        return ()
    if _GOES_ON.search(what):
        return None
    groups: list[AnyOf] = []
    if match := _WITH_VALUE.search(what):
        groups.append(_of_value(match["field"], match["value"], match["side"]))
        what = what[: match.start()]
    if measured := measure_in(what):
        one, what = measured
        groups.append(just(_of_record(one)))
    if match := _MODIFIER.search(what):
        group, _ = narrowing(Condition("described", match["rest"]))
        groups.append(group)
        what = what[: match.start()]
    kinds = [part.strip() for part in re.split(r",|\bor\b|\band\b|/", what) if part.strip()]
    if (
        not kinds
        or kinds[0] in ("a", "an", "the")
        or any(len(words(kind)) > _LONGEST or "'" in kind or '"' in kind for kind in kinds)
    ):
        return None
    return (AnyOf(terms=tuple(term("concerns", kind) for kind in _with_shared_words(kinds))), *groups)


def _with_shared_words(kinds: list[str]) -> list[str]:
    """ "New invoices and offers": both are new."""
    opens = kinds[0].split()[0]
    shared = f"{opens} " if opens in ("new", "newly") and len(kinds[0].split()) > 1 else ""
    return [kinds[0], *(kind if kind.startswith(shared) else shared + kind for kind in kinds[1:])]


def _of_record(measured: Term) -> Term:
    """A sum or number that the record shows, or that its form holds."""
    atom = measured.atom
    return term("record", atom.term or "amount", atom.op, atom.value) if atom.kind == "amount" else measured


def _of_value(field: str, value: str, side: str | None) -> AnyOf:
    values = [value]
    place = next((number for number, step in enumerate(SCALES) if value in step), None)
    if side and place is None:
        return just(term("judged", f"{field} is {value} or {side}"))
    if side and place is not None:
        steps = SCALES[place:] if side in ("above", "higher", "more") else SCALES[: place + 1]
        values = [value, *(other for step in steps for other in step if other != value)]
    return AnyOf(terms=tuple(term("record", field, "is", one) for one in values))

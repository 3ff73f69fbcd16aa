"""What is partly over already: "If any of the legs are already used, you cannot help", "only cancel trips not flown".

A part of a record is used, flown or begun once its day is past: that is a fact, where the record tells the days.
"""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policy_agent.reading import Ban
from harmonyguard.policy_agent.reading.grammar import AGENT
from harmonyguard.steps import Effect

from .acts import scope_of
from .building import clean, just, term

_PAST = (
    r"(?:used|flown|over|past|started|begun|departed|taken place|travell?ed|ended|behind (?:us|them)|(?:in )?the past)"
)
_BE = r"(?:is|are|was|were|has|have|had)(?: been)?"
_ANY_PART_USED = re.compile(
    r"^(?:if|when|whenever|once|where|as soon as) (?:(?:any|one|some|a|even one|at least one|part)\b(?: one| part)?)"
    rf"(?: of)?(?: the| its| these| their| an?)* (?P<part>[a-z-]+(?: [a-z-]+)?) {_BE}(?: already)? {_PAST}(?: already)?"
    rf",? (?:then )?(?:{AGENT}|you|we|staff) (?:cannot|can ?not|can't|must not|may not|are not able to) "
    r"(?:help|assist|act|do anything|intervene)\b(?! (?:with|the|them|themselves|but|to)\b)"
)
"""The main clause leaves nothing to be done, whatever it says that is done instead."""

_ONLY_UNUSED = re.compile(
    rf"^(?:(?:{AGENT}|you|we|staff) )?(?:(?:can|may|must|should|shall|are allowed to) )?only "
    r"(?P<verb>[a-z]+) (?:the |an? |any |whole |entire |complete )*(?P<what>[a-z-]+(?: [a-z-]+)?) "
    rf"(?:that|which) {_BE} not (?:yet |already )?(?:been )?{_PAST}(?: yet)?\.?$"
)

_CHANGING: tuple[Effect, ...] = ("create", "update", "delete", "purchase", "submit", "change_settings")


def past_part(statement: str) -> Rule | None:
    """A rule on acts on a record of which a part is over."""
    text = clean(statement)
    if match := _ANY_PART_USED.match(text):
        changes = AnyOf(terms=tuple(term("effect", effect) for effect in _CHANGING))
        return Rule(when=(changes, _is_past(match["part"])))
    match = _ONLY_UNUSED.match(text)
    scope = scope_of(Ban(match["verb"], match["what"])) if match else None
    if match is None or scope is None or not scope.effects or scope.remainder:
        return None
    groups = (group for group in scope.groups if not any(one.atom.kind == "thing" for one in group.terms))
    return Rule(when=(*groups, _is_past(match["what"])))


def _is_past(part: str) -> AnyOf:
    return just(term("described", f"past {part}"))

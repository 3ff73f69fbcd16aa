"""Acts that are allowed on any of several grounds: "Stays can be cancelled if any of these is true: ...; ..."."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AllOf, AnyOf, Rule
from harmonyguard.policies.words import normalise
from harmonyguard.policy_agent.reading import Ban, Condition

from .acts import scope_of
from .building import clean, term
from .lifting import lifting

_ONE_OF = r"(?:(?:any|one|at least one) of (?:the following|these)(?: (?:conditions?|cases?|grounds?|reasons?))?)"
_GROUNDS = re.compile(
    rf"^(?:[\w &/-]{{3,40}}: )?(?P<what>(?:the |an? |any |all )?[a-z]+(?: [a-z]+)?) (?:can|may)(?: only)? be"
    rf" (?P<verb>[a-z]+)(?: only)? (?:if|when|where) {_ONE_OF}"
    r"(?: (?:is|are|holds?|appl(?:y|ies))(?: true| met)?)?"
    r": ?(?P<grounds>.+)$"
)
_BETWEEN = re.compile(r"\s*(?:;|\n|•)\s*(?:or )?")
_BY_SOMEBODY = re.compile(r"\bby (?:the |an? )?[a-z]+$")
"""What somebody else did, no word of a page tells for certain: "it was called off by the venue"."""

_IT_IS = re.compile(r"^it is an? (?P<kind>[a-z]+ [a-z]+(?: [a-z]+)?)$")


def grounds(statement: str) -> Rule | None:
    """A rule against the act, which each of the grounds lifts."""
    match = _GROUNDS.match(normalise(statement).rstrip(". ")) or _GROUNDS.match(clean(statement))
    if match is None:
        return None
    scope = scope_of(Ban(match["verb"], match["what"]))
    if not scope.groups or scope.remainder:
        return None
    unless, left = list[AllOf](), list[str]()
    for ground in filter(None, _BETWEEN.split(match["grounds"].strip())):
        if kind := _IT_IS.match(ground):
            unless.append(AllOf(terms=(term("thing", kind["kind"]),)))
            continue
        if _BY_SOMEBODY.search(ground):
            unless.append(AllOf(terms=(term("judged", ground),)))
            left.append(ground)
            continue
        lifts, words = lifting(Condition("if", ground))
        unless += lifts
        left += [words] if words else []
    groups: tuple[AnyOf, ...] = tuple(scope.groups)
    return Rule(when=groups, unless=tuple(unless), understood="partly" if left else "fully", remainder=tuple(left))

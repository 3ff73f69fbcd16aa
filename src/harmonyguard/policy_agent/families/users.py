"""Who the user is: "Users under 18 must not book a hotel.", "Only members may shop." """

from __future__ import annotations

import re

from harmonyguard.policies.rule import AnyOf, Rule, Understood
from harmonyguard.policies.synonyms import synonyms_of
from harmonyguard.policies.words import normalise
from harmonyguard.policy_agent.comparison.phrases import parse_act

from .attributes import user_conditions
from .building import clean, term
from .scopes import scope_of_act

_SHOPS = re.compile(r"(?:go )?shop(?:ping)?(?: (?:online|here|in the (?:shop|store)))?")
_SHOPPING = AnyOf(
    terms=(
        *(term("act", "create", "is", holder) for holder in ("cart", "bag", "basket", "order")),
        *(term("act", "purchase", "is", bought) for bought in ("cart", "bag", "basket", "item", "product")),
    )
)
"""To put something into the cart is to shop as well; to book a journey is not."""


def users_conditions(statement: str) -> Rule | None:
    """A rule against an act of users with (or without) an attribute."""
    found = user_conditions(clean(statement)) or user_conditions(normalise(statement).rstrip(". "))
    if found is None:
        return None
    attributes, act = found
    act, besides, other = act.partition(", nor ")
    shopping: tuple[tuple[AnyOf, ...], Understood, tuple[str, ...]] = ((_SHOPPING,), "fully", ())
    scope, understood, remainder = shopping if _SHOPS.fullmatch(act) else scope_of_act(act, statement)
    if not scope:
        return None
    if besides:
        scope = _or_looks_for_it(scope, other)
    who = AnyOf(terms=tuple(term("user", name, op, value) for name, op, value in attributes))
    return Rule(when=(*_with_kinds(scope, act), who), understood=understood, remainder=remainder)


def _or_looks_for_it(scope: tuple[AnyOf, ...], other: str) -> tuple[AnyOf, ...]:
    """ "... must not buy a boat, nor look for one": looking for it and choosing it are meant as well."""
    effects = sorted(parse_act(other).effects)
    if not effects or not _IT.search(other) or scope[0].terms[0].atom.kind != "effect":
        return scope
    things = [one.atom.term for group in scope[1:] for one in group.terms if one.atom.kind == "object"]
    chosen = [term("act", "enter", "is", thing) for thing in things]
    return (AnyOf(terms=(*scope[0].terms, *(term("effect", effect) for effect in effects), *chosen)), *scope[1:])


_IT = re.compile(r"\b(?:one|it|them|any)\b")
_KINDS = re.compile(
    r"^(?P<kinds>(?:[a-z-]+(?:, | and | or |, and |, or ))*[a-z-]+) (?:search(?:es)?|lookups?|streaming)$"
)


def _with_kinds(scope: tuple[AnyOf, ...], act: str) -> tuple[AnyOf, ...]:
    """ "Music and film search": what is searched for stands before the act."""
    match = _KINDS.match(act)
    if match is None or len(scope) > 1:
        return scope
    kinds = re.split(r", and |, or |, | and | or ", match.group("kinds"))
    names = dict.fromkeys(name for kind in kinds for name in (kind, *synonyms_of(kind)))
    return (*scope, AnyOf(terms=tuple(term("thing", name) for name in names)))

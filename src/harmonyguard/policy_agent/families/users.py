"""Who the user is: "Users under 18 must not book a hotel.", "Only members may shop." """

from __future__ import annotations

from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policies.words import normalise

from .attributes import user_conditions
from .building import clean, term
from .scopes import scope_of_act


def users_conditions(statement: str) -> Rule | None:
    """A rule against an act of users with (or without) an attribute."""
    found = user_conditions(clean(statement)) or user_conditions(normalise(statement).rstrip(". "))
    if found is None:
        return None
    attributes, act = found
    scope, understood, remainder = scope_of_act(act, statement)
    if not scope:
        return None
    who = AnyOf(terms=tuple(term("user", name, op, value) for name, op, value in attributes))
    return Rule(when=(*scope, who), understood=understood, remainder=remainder)

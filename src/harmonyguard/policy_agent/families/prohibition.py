"""Any other "must not": the act's effects on its objects, what is left of the sentence for the judge."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import Rule
from harmonyguard.policy_agent.phrases import objects_in, parse_act, split_conditions

from .building import NOT, any_of, clean, on_objects, with_conditions
from .scopes import scope_of_act

_ACTIVE = re.compile(rf"^.*?\b{NOT}\s+(?P<act>.+)$")
_PASSIVE = re.compile(
    r"^(?P<what>.+?)\s+(?:must not|must never|may not|shall not|should not|should never|cannot|can not|may never"
    r"|can never|are not to|is not to)\s+be\s+(?P<verb>.+)$"
)
_IS_FORBIDDEN = re.compile(
    r"^(?P<act>.+?)\s+(?:is|are)\s+(?:strictly |expressly |always )?"
    r"(?:prohibited|forbidden|not (?:allowed|permitted)|banned)\b"
)
_BARE = re.compile(r"^must not (?P<act>.+)$")


def prohibition(statement: str) -> Rule | None:
    """A rule against the act of a negated modal, active or passive."""
    main, conditions = split_conditions(clean(statement))
    if passive := _PASSIVE.match(main):
        verb, objects = parse_act(passive.group("verb")), objects_in(passive.group("what"))
        scope = (*any_of("effect", sorted(verb.effects)), *on_objects(objects)) if verb.effects else ()
    elif (match := _ACTIVE.match(main)) or (match := _IS_FORBIDDEN.match(main)) or (match := _BARE.match(main)):
        scope, _, _ = scope_of_act(match.group("act"), statement)
    else:
        return None
    return with_conditions(scope, conditions) if scope else None

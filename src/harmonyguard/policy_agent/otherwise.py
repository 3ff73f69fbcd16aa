"""Statements that hold where the one before them does not: "Rooms can be cancelled within a day of booking." -
"Otherwise, they can only be cancelled if ..."."""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Atom, Term
from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policies.words import normalise

_OTHERWISE = re.compile(
    r"^(?P<topic>[A-Z][\w &/-]{2,40}: )?(?:otherwise|or else|failing that|if not|in (?:all |any )?other cases?),? ",
    re.IGNORECASE,
)
_ALLOWS = re.compile(r"^(?!.*\b(?:not|never|no|only|cannot)\b).*\b(?:can|may)\b")


def after_otherwise(statement: str) -> str | None:
    """The statement without its "otherwise"; None for one that has none."""
    match = _OTHERWISE.match(statement)
    return None if match is None else f"{match['topic'] or ''}{_capital(statement[match.end() :])}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def allows(statement: str) -> bool:
    """True for a permission that denies nothing: "Stays can be cancelled within a day"."""
    return _ALLOWS.match(normalise(statement)) is not None


def otherwise(rule: Rule, before: str, rule_before: Rule | None) -> Rule:
    """The rule, where the statement before it does not allow the act already.

    What is forbidden before stays forbidden there, and says nothing of the rest. Without a statement before, or one
    that is not read, a judge has to find that no other case is met.
    """
    if rule_before is not None and not allows(before):
        return rule
    if rule_before is None or rule_before.understood == "not":
        case = "none of the cases named before it is met"
        left = AnyOf(terms=(Term(atom=Atom(kind="judged", term=case)),))
        understood = "not" if rule.understood == "not" else "partly"
        return rule.model_copy(
            update={"when": (*rule.when, left), "understood": understood, "remainder": (*rule.remainder, case)}
        )
    return Rule(
        when=tuple(dict.fromkeys((*rule_before.when, *rule.when))),
        unless=tuple(dict.fromkeys((*rule_before.unless, *rule.unless))),
        understood="fully" if rule.understood == rule_before.understood == "fully" else "partly",
        remainder=(*rule_before.remainder, *rule.remainder),
    )

"""Policy text compiled to a typed rule, without a model: one recogniser a family of sentences, widest last.

Compilation is two-sided (DESIGN, tier 1): scope narrows only by what was positively recognised, and what was not
understood becomes a `judged` atom, which widens what is possible and makes nothing certain.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from harmonyguard.policies.atom import Atom, Term
from harmonyguard.policies.kinship import related
from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policies.words import normalise, subject_stems

from .beside_the_rule import rule_alone, scope_beside, sentences_of
from .families import AS_WRITTEN, LEAVE, SPECIAL, VALUES, WHOLE, Family
from .families.bans import either, is_read_best, rule_of
from .families.building import just, term
from .families.leave import leave_first
from .families.marks import of_marks
from .families.order import in_full, in_turn
from .families.places import forbidden_place
from .families.plain_words import of_what_is_done, of_what_is_looked_at, with_quoted_values
from .families.scopes import names_many_acts
from .families.users_wording import of_users
from .families.wording import (
    acts_by_name,
    in_one_way,
    of_acts,
    of_holding,
    of_owner,
    of_people,
    of_relations,
    of_suspensions,
    of_things_told,
    only_orders,
    plainly,
    without_emphasis,
)
from .many_at_once import of_one
from .otherwise import after_otherwise, allows, otherwise
from .reading import Ban, Reading, asks, read
from .reading.grammar import TOPIC


def compile_rule(statement: str, *, definitions: tuple[str, ...] = (), before: str = "", after: str = "") -> Rule:
    """The rule that a policy statement states.

    `definitions` are the document's, for terms that the statement uses; `before` and `after` are the statements around
    it, for an "otherwise" between them: what is allowed so, and otherwise on other grounds, is not forbidden by the
    first of them alone. A statement that no family recognises becomes a rule that the judge decides as a whole
    (`understood == "not"`).
    """
    plain = " ".join(without_emphasis(statement).split())
    rest = after_otherwise(plain)
    if rest is None:
        goes_on = after_otherwise(after) is not None and allows(plain)
        return _judged(plain) if goes_on else _compile(plain, definitions)
    rule = _compile(rest, definitions)
    return otherwise(rule, before, compile_rule(before, definitions=definitions) if before else None)


_LONGEST = 1200
"""Characters that a statement may have to be read: what is longer is no sentence, and slow to match."""


@lru_cache(maxsize=4096)
def _compile(statement: str, definitions: tuple[str, ...]) -> Rule:
    if len(statement) > _LONGEST:
        return _judged(statement)
    if (rule := _first_of(AS_WRITTEN, (statement,))) is not None:
        return rule
    whole, statement = statement, _plainer(rule_alone(statement))
    statement, scope = scope_beside(statement)
    if scope:
        return _where(scope, _compile(statement, definitions))
    if (single := of_one(statement)) is not None:
        return _of_many(_compile(single, definitions))
    sentences = sentences_of(statement)
    values = [_first_of(VALUES, (sentence, *_wordings(sentence))) for sentence in sentences]
    if any(values):
        told = zip(sentences, values, strict=True)
        return either([rule or _compile(part, definitions) for part, rule in told if rule or asks(part)])
    wordings = _wordings(statement)
    if (rule := _first_of(WHOLE, wordings)) is not None:
        return rule
    reading = read(statement)
    if (topic := _TOPIC.match(normalise(statement))) is not None:
        return _under(topic["what"], _of_reading(whole, statement, reading))
    return _of_reading(whole, statement, reading)


def _of_reading(whole: str, statement: str, reading: Reading) -> Rule:
    """The rule of a statement that no family knows as a whole: of its bans, or of its kind."""
    wordings = _wordings(statement)
    if TOPIC.match(normalise(statement)) and len(reading.bans) == 1 and not reading.bans[0].verb:
        return _judged(whole)  # "Keys: full scope is forbidden": a part of the topic, by no name of its own
    simple = len(reading.bans) <= 1 and not reading.unread and not any(map(is_read_best, reading.bans))
    families = (
        SPECIAL if not reading.bans or names_many_acts(statement) else tuple(f for f in SPECIAL if f not in LEAVE)
    )
    if simple and (rule := _first_of(families, wordings[: 1 if reading.bans else 2])) is not None:
        return rule
    read_ban = rule_of if simple else _rule_among_others
    rules = [rule for ban in _under_one_condition(statement, reading.bans) if (rule := read_ban(ban)) is not None]
    if not rules:
        return _first_of(SPECIAL, wordings) or _judged(whole)
    if reading.unread:
        rules += [_judged(piece) for piece in reading.unread]
    return either(rules)


_LEADING_CONDITION = re.compile(r"^(?:if|when|whenever|where|while|as long as) [^,;]+, ", re.IGNORECASE)


def _under_one_condition(statement: str, bans: tuple[Ban, ...]) -> tuple[Ban, ...]:
    """ "If the hall is closed, nothing is moved and no lamp is lit": the condition in front is that of every ban."""
    if len(bans) < 2 or not _LEADING_CONDITION.match(statement.strip()) or not bans[0].when:
        return bans
    return tuple(ban if ban.when else replace(ban, when=bans[0].when) for ban in bans)


_REWRITINGS: tuple[Callable[[str], str], ...] = (
    of_what_is_done,
    of_what_is_looked_at,
    with_quoted_values,
    in_one_way,
    only_orders,
    of_suspensions,
    acts_by_name,
    of_acts,
    of_things_told,
    of_holding,
    of_marks,
    of_relations,
    in_full,
    in_turn,
    of_owner,
    of_people,
    of_users,
    leave_first,
)


def _plainer(statement: str) -> str:
    for rewritten in _REWRITINGS:
        statement = rewritten(statement)
    return statement


def _where(scope: str, rule: Rule) -> Rule:
    """The rule, where the judge finds that it applies."""
    where = AnyOf(terms=(Term(atom=Atom(kind="judged", term=scope)),))
    understood = "not" if rule.understood == "not" else "partly"
    return rule.model_copy(
        update={"when": (*rule.when, where), "understood": understood, "remainder": (*rule.remainder, scope)}
    )


_TOPIC = re.compile(r"^(?P<what>(?:[a-z-]+ )?[a-z-]{2,}[^s:]s): (?!.*:)(?=\S+ \S+ \S+)")
"""Things in front of a sentence that is on them ("Invoices: ...")."""


def _under(topic: str, rule: Rule) -> Rule:
    """The rule, surely meant where the act is on what its topic names."""
    told = " ".join(one.atom.term for group in rule.when for one in group.terms)
    if rule.understood == "not" or related(subject_stems(topic), subject_stems(told)):
        return rule
    return rule.model_copy(update={"when": (*rule.when, just(term("described", topic)))})


def _of_many(rule: Rule) -> Rule:
    """The rule, where many are concerned at once."""
    return rule.model_copy(update={"when": (*rule.when, just(term("concerns", "bulk")))})


def _rule_among_others(ban: Ban) -> Rule | None:
    """The rule of one ban of several. What leads to other sites is no thing to be told by its name."""
    bare = not (ban.when or ban.unless or ban.limit or is_read_best(ban))
    return (forbidden_place(ban.canonical) if bare else None) or rule_of(ban)


def _wordings(statement: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((plainly(statement), statement)))


def _first_of(families: tuple[Family, ...], wordings: tuple[str, ...]) -> Rule | None:
    for wording in wordings:
        for family in families:
            if (rule := family(wording)) is not None:
                return rule
    return None


def _judged(statement: str) -> Rule:
    judged = Term(atom=Atom(kind="judged", term=statement))
    return Rule(when=(AnyOf(terms=(judged,)),), understood="not", remainder=(statement,))

"""The topic in front of a statement ("Cancel booking: ...", "For lost keys, ..."): does an act fall under it?

For the offline judge alone: it may only find that an act is surely none that the topic is on.
"""

from __future__ import annotations

import re

from harmonyguard.policies.kinship import overlaps
from harmonyguard.policies.lexicon import GENERIC_OBJECTS, VERBS, effects_named, match_at
from harmonyguard.policies.words import stem, subject_stems, words
from harmonyguard.utility_agent.facts.act import Act
from harmonyguard.utility_agent.facts.verbs import does_verb

_TOPIC = re.compile(r"^(?P<topic>[A-Z][\w &/'-]{2,40}): (?=\S+ \S+)")
_FOR = re.compile(r"^For (?:an? |the |any |every )?(?P<topic>[a-z]+(?: [a-z]+)?), (?=\S+ \S+)")


def without_topic(statement: str) -> str:
    """The statement alone: "Refunds: Ask for the receipt" is "Ask for the receipt"."""
    return _TOPIC.sub("", statement)


def falls_under_topic(act: Act, statement: str) -> bool:
    """False where the statement has a topic that names an act, and this act is surely another."""
    topics = (_TOPIC.match(statement), _FOR.match(without_topic(statement)))
    return all(_falls_under(act, match["topic"]) for match in topics if match is not None)


def _falls_under(act: Act, topic: str) -> bool:
    told = _LOOKUP.sub(r"look up of \g<what>", topic.lower())
    named = words(told)
    if len(named) > 1 and (hit := match_at(VERBS, [stem(word) for word in named], 0)) is not None:
        return does_verb(act, " ".join(named[: hit[1]])) is not False
    effects = effects_named(told)
    if len(named) < _NAMES_AN_ACT or not effects or not effects.isdisjoint(act.effects):
        return True
    fields = subject_stems(" ".join(entry.field for entry in act.entries))
    return overlaps(subject_stems(told) - GENERIC_OBJECTS, act.own_subject | fields)


_NAMES_AN_ACT = 2
"""Words of a topic that says which act it is on: "Payments" may be on whatever is paid for."""

_LOOKUP = re.compile(r"^(?P<what>[a-z ]+) (?:lookup|look-up|search|query)s?$")

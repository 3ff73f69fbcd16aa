"""What a policy statement is about, as far as words tell: its acts, its subject, and what narrows it.

For the offline judge alone: a rough reading that may only find that a statement is *not* about an act.
"""

from __future__ import annotations

import re
from functools import lru_cache

from harmonyguard.policies.lexicon import NOUNS, STATES, VERBS, effects_named, match_at
from harmonyguard.policies.words import normalise, stem, subject_stems
from harmonyguard.steps import Effect
from harmonyguard.utility_agent.reading.labels import HARMLESS, says_little

_FORM_OF_BE = r"(?:is|are|be|been|being|was|were|get|gets)"
_MAY = r"(?:may|must|shall|should|can|will|might|need)"
_PASSIVE = re.compile(
    rf"\b(?:{_MAY}(?: (?:never|not|only|no longer))* be|{_FORM_OF_BE})"
    r"(?: (?:never|not|only|no longer|always|to be|in no case|under no circumstances))* "
    r"(?!(?:reserved|limited|restricted|allowed|permitted|prohibited|forbidden|required|expected|needed|banned)\b)"
    r"(?P<verb>[\w-]+(?:ed|en|wn|ut|ld|nt|de|ne|pt|id))\b"
)
_SUBJECT = re.compile(
    r"^(?:the |an? |any |all |no |each |every |other |these |those )*(?P<subject>[\w'-]+(?: [\w'-]+){0,2}?)"
    r"(?= (?:of|in|on|for|from|with|by|to|that|which|who|whose|may|must|shall|should|can|cannot|will|are|is)\b)"
)
_OF = re.compile(
    r"^(?:the |an? |any |all |no )*[\w'-]+ of (?P<kind>(?!the user|a user|users?\b|others?\b)[^,.;:]+?)"
    r"(?= (?:may|must|shall|should|can|cannot|will|are|is|that|which)\b)"
)
_CONDITION = re.compile(r"^(?:if|when|whenever|while|as long as|once|where)\b(?P<condition>[^,;:]+)[,;:]")
_STATES = frozenset(stem(word) for word in STATES)


@lru_cache(maxsize=4096)
def effects_spoken_of(statement: str) -> frozenset[Effect]:
    """The consequential acts that a statement speaks of.

    In the passive the verb says which: "Forum posts are not altered" is on altering, and "posts" is its object. Verbs
    that say little leave it to their nouns: "Refunds are not issued".
    """
    ruling = _CONDITION.sub("", normalise(statement))
    verbs = [match.group("verb") for match in _PASSIVE.finditer(ruling)]
    found: set[Effect] = set()
    for verb in verbs:
        if says_little(verb) or not (hit := match_at(VERBS, [stem(verb)], 0)):
            return effects_named(statement) - HARMLESS
        found |= hit[0]
    return frozenset(found - HARMLESS) or effects_named(statement) - HARMLESS


def subject_of(statement: str) -> str | None:
    """The stem of the thing that a statement in the passive begins with ("Remarks of colleagues may not be ...")."""
    text = normalise(statement)
    if not _PASSIVE.search(text) or not (match := _SUBJECT.match(text)):
        return None
    head = stem(match.group("subject").split()[-1])
    return None if is_verb(head) and match.group("subject").endswith("ing") else head


def qualities_of(statement: str) -> list[frozenset[str]]:
    """What says of which kind the subject is: each is a set of stems of which one must be met ("of the spa")."""
    match = _OF.match(normalise(statement))
    kind = subject_stems(match.group("kind")) if match and _PASSIVE.search(normalise(statement)) else frozenset()
    return [kind] if kind else []


def states_in_condition(statement: str) -> list[frozenset[str]]:
    """The states in which alone a statement speaks ("Whenever a file is locked, stop"); each must be met."""
    match = _CONDITION.match(normalise(statement))
    states = subject_stems(match.group("condition")) & _STATES if match else frozenset()
    return [states] if states else []


def is_verb(stemmed: str) -> bool:
    """True for the stem of a verb that names an act, and no thing ("booking", "order" are things as well)."""
    return (stemmed,) in VERBS and (stemmed,) not in NOUNS

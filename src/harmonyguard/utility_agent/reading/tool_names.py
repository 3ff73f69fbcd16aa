"""What the name of a tool says that the tool does: "mail.read", "order_cancel", "get_booking"."""

from __future__ import annotations

import re
from functools import lru_cache

from harmonyguard.policies.lexicon import VERBS, match_at
from harmonyguard.policies.words import stem, words
from harmonyguard.steps import Effect

from .labels import ALSO_NOUNS, UNKNOWN, Effects, effects_of_label


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in text.split())


@lru_cache(maxsize=1024)
def effects_of_tool(name: str) -> Effects:
    """What the name of a tool says: its last part before a name space ("mail.read"), its verb before its nouns."""
    *space, last = [words(part) for part in re.split(r"[./:]|__", name) if words(part)] or [[]]
    spoken = _verb_first([*last, *space[-1]] if space else last)
    if spoken and stem(spoken[0]) in _LOOKS_UP:
        return dict.fromkeys(VERBS.get((stem(spoken[0]),), frozenset[Effect]()) or {"read"}, True)
    if _HANDS_OVER.search(" ".join(words(name))):
        return {"share": None}
    told, spoke = effects_of_label(" ".join(spoken))
    if spoke and told:
        first = words(name)[-1:] if "." in name else words(name)[:1]
        return {**UNKNOWN, **told} if first and stem(first[0]) in _RUNS_ANYTHING else told
    stemmed = [stem(word) for word in words(name)]
    for position in range(len(stemmed)):
        if hit := match_at(VERBS, stemmed, position):
            return dict.fromkeys(hit[0], True)
    return {**UNKNOWN, "read": None}


_HANDS_OVER = re.compile(
    r"^(?:transfer|escalate|hand(?: over| off)?|forward|connect|route|pass)"
    r"(?: (?:call|chat|conversation|talk|session|user|customer|client|caller|guest|case|it|on|over))*"
    r" to (?:an? |the )?(?:\w+ )?"
    r"(?:humans?|agents?|persons?|people|supervisors?|managers?|representatives?|operators?"
    r"|staff|support|colleagues?)$"
)
"""A talk goes on with a colleague ("transfer_to_human_agents"): no money moves, and nobody outside need learn of it."""

_LOOKS_UP = _stems(
    "get fetch list find search show view check lookup query retrieve describe count read think calculate"
)
"""First words of tools that bring something in: "get_booking" books nothing."""

_RUNS_ANYTHING = _stems("execute run exec eval invoke call request")
"""Tools that do whatever their arguments say."""


def _verb_first(spoken: list[str]) -> list[str]:
    """ "order_cancel" and "file_upload" name the thing first: the verb is brought before it."""
    stemmed = [stem(word) for word in spoken]
    if len(spoken) < 2 or (stemmed[0] not in ALSO_NOUNS and match_at(VERBS, stemmed, 0)):
        return spoken
    for position in range(1, len(spoken)):
        if match_at(VERBS, stemmed, position) and stemmed[position] not in ALSO_NOUNS - _stems("list"):
            return [*spoken[position:], *spoken[:position]]
    return spoken

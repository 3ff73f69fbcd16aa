"""How often a tool may be called: "Extend or shorten loan tools can only be called once"."""

from __future__ import annotations

import re

from harmonyguard.policies.lexicon import VERBS, match_at
from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policies.words import stem, words
from harmonyguard.policy_agent.comparison.phrases import parse_act
from harmonyguard.policy_agent.reading.grammar import NUMBER, NUMBERS

from .building import any_of, clean, just, term

_CALLED = re.compile(
    r"^(?:the |any |each )?(?P<acts>.+?) (?:tools?|functions?|apis?)(?: calls?)? (?:can|may|must|should|shall"
    r"|(?:is|are) to) (?:only )?be (?:called|used|invoked|run) (?:only |at most |no more than )?"
    rf"(?P<often>once|twice|(?:one|a single) time|{NUMBER} times)"
    r"(?: (?:per|for each|for every|a|in) (?P<each>.+)| only)?$"
)


def limited_calls(statement: str) -> Rule | None:
    """A rule against calling a tool of a kind more often than allowed."""
    match = _CALLED.match(clean(statement))
    if match is None:
        return None
    parsed = parse_act(match.group("acts"))
    verbs = [word for word in words(match.group("acts")) if match_at(VERBS, [stem(word)], 0)]
    verbs = [verb for verb in verbs if verb not in parsed.objects]
    if not parsed.effects or not verbs:
        return None
    word = match.group("often").split()[0]
    allowed = NUMBERS.get(word) or (int(word) if word.isdigit() else None)
    if allowed is None:
        return None
    counts = AnyOf(terms=tuple(term("count", verb, "at_least", str(allowed)) for verb in verbs))
    rule = Rule(when=(*any_of("verb", verbs), *any_of("thing", parsed.objects), counts))
    each = match.group("each")
    if each is None or _OF_A_RUN.search(each):
        return rule
    # Whether the calls before were for the same one, no fact tells.
    same = f"an earlier call was for the same {each}"
    return rule.model_copy(
        update={"when": (*rule.when, just(term("judged", same))), "understood": "partly", "remainder": (each,)}
    )


_OF_A_RUN = re.compile(r"\b(?:tasks?|conversations?|chats?|sessions?|runs?|calls?|talks?|turn)\b")

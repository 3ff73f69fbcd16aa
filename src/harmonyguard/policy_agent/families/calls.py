"""How often a tool may be called: "Extend or shorten loan tools can only be called once"."""

from __future__ import annotations

import re

from harmonyguard.policies.atom import THIS_ACT
from harmonyguard.policies.lexicon import VERBS, match_at
from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policies.words import stem, words
from harmonyguard.policy_agent.comparison.phrases import parse_act
from harmonyguard.policy_agent.reading.grammar import NUMBER, NUMBERS

from .acts import LASTING
from .building import any_of, clean, just, term

_CALLED = re.compile(
    r"^(?:the |any |each )?(?P<acts>.+?) (?:tools?|functions?|apis?)(?: calls?)? (?:can|may|must|should|shall"
    r"|(?:is|are) to) (?:only )?be (?:called|used|invoked|run) (?:only |at most |no more than )?"
    rf"(?P<often>once|twice|(?:one|a single) time|{NUMBER} times)"
    r"(?: (?:per|for each|for every|a|in) (?P<each>.+)| only)?$"
)


def limited_calls(statement: str) -> Rule | None:
    """A rule against calling a tool of a kind more often than allowed."""
    text = clean(statement)
    if (this := _THIS.match(text)) is not None:
        return _this_act(this["often"], statement)
    match = _CALLED.match(text)
    if match is None:
        return None
    parsed = parse_act(match.group("acts"))
    verbs = [word for word in words(match.group("acts")) if match_at(VERBS, [stem(word)], 0)]
    verbs = [verb for verb in verbs if verb not in parsed.objects]
    if not parsed.effects or not verbs:
        return None
    if (allowed := _number(match["often"])) is None:
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


_THIS = re.compile(
    r"^this (?:action|tool|function|call|step|operation|change) (?:can|may|must|should|shall) (?:only )?be (?:called"
    r"|used|invoked|run|taken|done|performed|executed|carried out|made) (?:only |at most |no more than )?"
    rf"(?P<often>once|twice|(?:one|a single) time|{NUMBER} times)\b"
)


def _this_act(often: str, statement: str) -> Rule | None:
    """ "This action can only be called once": which one that is, the sentence alone does not say."""
    if (allowed := _number(often)) is None:
        return None
    again = just(term("count", THIS_ACT, "at_least", str(allowed)))
    groups = (*any_of("effect", LASTING), again, just(term("judged", statement)))
    return Rule(when=groups, understood="partly", remainder=(statement,))


def _number(often: str) -> int | None:
    word = often.split()[0]
    return 1 if word == "a" else NUMBERS.get(word) or (int(word) if word.isdigit() else None)


_OF_A_RUN = re.compile(r"\b(?:tasks?|conversations?|chats?|sessions?|runs?|calls?|talks?|turn)\b")

"""The closed classes of policy English: modals, negations, words for the agent, for its user and for leave."""

from __future__ import annotations

import re
from functools import lru_cache

from harmonyguard.policies.lexicon import NOUNS, VERBS, match_at
from harmonyguard.policies.words import stem, words
from harmonyguard.policy_agent.grammar.verbs import VERBS as IMPERATIVES

MODAL = r"(?:may|must|can|could|shall|should|will|would|might|needs? to|ha(?:ve|s) to|ought to|(?:is|are) to)"
BE = r"(?:is|are|was|were|has been|have been|gets?|will be)"
NEVER = r"(?:not|never|no longer|under no circumstances|in no case|at no time|on no account|by no means|neither)"
ADVERB = (
    r"(?:\w+ly|ever|always|also|then|just|first|again|simply|in general|as a rule|in any case|under any circumstances"
    r"|at any time|themselves|itself|yet|otherwise)"
)
AGENT = (
    r"(?:(?:the |an? |this |any |your |all |our )?(?:(?:ai|web|automated|virtual|digital|browser|software|support) )*"
    r"(?:assistants?|agents?|bots?|copilot|chatbots?|robots?|automations?|tools?)|you|yourself|it|the model|the system)"
)
"""How policies call the one whom they bind."""

PERSONA = (
    r"(?:user|customer|client|guest|patient|learner|student|member|owner|account holder|shopper|buyer|passenger"
    r"|applicant|requester|employee|operator|principal|human|person|caller|traveller|traveler|subscriber|me|i)"
)
"""How policies call the one for whom the agent works, by trade."""

EVERYBODY = (
    rf"(?:everybody|everyone|anybody|anyone|all|(?:all|any|every) (?:{PERSONA}s?|people|persons?)"
    r"|the (?:general )?public)"
)
"""Words for people of whom nobody is left out."""

LEAVE = (
    r"(?:permission|confirmation|consent|approval|authori[sz]ation|go-ahead|sign-off|okay|ok|agreement|assent|blessing"
    r"|green light|nod|say-so|yes|ok)"
)
"""How policies call leave."""

AGREES = (
    r"(?:agree[sd]?|confirm(?:s|ed)?|approve[sd]?|consent(?:s|ed)?|authori[sz]e[sd]?|accept(?:s|ed)?|okay(?:s|ed)?"
    r"|said (?:yes|so|ok)|says (?:yes|so|ok)|been asked|(?:asked|asks) for (?:it|this|that)|(?:wants|wishes|requested) "
    r"(?:it|this|that)|signed off|given (?:it|leave)|granted|permitted|allowed)"
)
BANNED = (
    r"(?:(?:strictly|expressly|always|generally|absolutely|explicitly|entirely|completely|clearly) )*"
    r"(?:prohibited|forbidden|banned|barred|off[- ]limits|disallowed|unacceptable|out of bounds|a no-go|taboo|verboten"
    r"|out of the question|out of scope|impermissible|inadmissible|unauthori[sz]ed|ruled out|excluded|not on"
    r"|(?:not|never) (?:be )?(?:allowed|permitted|acceptable|tolerated|accepted|authori[sz]ed|permissible|possible"
    r"|okay|ok|an option|foreseen|intended|provided for|supported|appropriate|admissible|allowable|on offer|offered))"
)
ALLOWED = frozenset(
    """allowed permitted acceptable tolerated accepted authorized authorised permissible possible okay ok offered
    supported appropriate required needed necessary mandatory obliged expected able available responsible liable
    mandated intended""".split()
)
"""What may stand after "is not" without being an act."""

TOPIC = re.compile(
    r"^(?![^:]*\b(?:is|are|be|stays?|remains?) (?:limited|restricted|confined|kept|within"
    r"|inside)\b)[\w &/-]{3,28}:\s+(?=\S+ \S+ \S+)"
)
"""A topic in front of a sentence ("Payment: ..."), but for a bound that the rest only says again."""

NUMBERS = {
    "once": 1,
    "twice": 2,
    **{word: n for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())},
    "a": 1,
    "an": 1,
    "single": 1,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "fifty": 50,
    "hundred": 100,
}
NUMBER = r"(?:\d[\d.,]*|" + "|".join(word for word in NUMBERS if len(word) > 2) + r")"

_IRREGULAR = frozenset(
    """sent sold bought made paid written given told hidden withdrawn shown overwritten spent built chosen taken
    said left
    found rented lent forgotten put set cut let read shut split begun broken brought caught done drawn driven eaten
    frozen gone grown held kept known laid led lost met run seen spoken stolen thrown understood won worn reset kept
    handed torn typed undone rewritten quit hit cast spread bound stuck struck""".split()
)
_NOT_PARTICIPLES = frozenset("need speed feed bleed indeed seed weed open often even then when hidden-".split())


def is_participle(word: str) -> bool:
    """True for a past participle: what "is not ..." makes a passive of."""
    return word not in _NOT_PARTICIPLES and (
        (len(word) > 3 and word.endswith("ed")) or word in _IRREGULAR or (len(word) > 4 and word.endswith("en"))
    )


@lru_cache(maxsize=8192)
def verb_at(text: str) -> int:
    """How many words at the start of `text` are a verb; 0 when none is."""
    tokens = words(text)[:4]
    hit = match_at(VERBS, [stem(word) for word in tokens], 0)
    if hit:
        return hit[1]
    return int(len(tokens) > 1 and (tokens[0] in IMPERATIVES or tokens[0].removesuffix("ing") in IMPERATIVES))


_ENDINGS = ("ation", "ition", "ication", "ion", "al", "ment", "ance", "ure", "age")


@lru_cache(maxsize=8192)
def verb_behind(noun: str) -> str | None:
    """The stem of the verb from which a noun is made ("approval", "cancellations", "closure"); None when none is
    known."""
    base = noun.removesuffix("s")
    for ending in _ENDINGS:
        if base.endswith(ending) and len(base) > len(ending) + 2:
            root = base.removesuffix(ending)
            for form in (root, f"{root}e", f"{root}y", f"{root}at"):
                if (stem(form),) in VERBS:
                    return stem(form)
    return None


@lru_cache(maxsize=8192)
def names_an_act(text: str) -> bool:
    """True when a noun phrase is headed by an act: "deleting rows", "removal of tags", "account creation"."""
    tokens = words(re.split(r"\b(?:by|in|on|at|from|to|with|for|without)\b", text)[0])
    while tokens and tokens[0] in ("the", "any", "an", "a", "all", "such", "every", "each"):
        tokens = tokens[1:]
    if not tokens:
        return False
    if tokens[0].endswith("ing") and len(tokens[0]) > 4:
        return True
    if "of" in tokens[1:]:
        return is_act_on_something(tokens[tokens.index("of") - 1])
    return is_noun_of_act(tokens[-1])


def is_act_on_something(word: str) -> bool:
    """True for a noun that names an act where "of" follows it ("export of data")."""
    return is_noun_of_act(word) or (stem(word),) in NOUNS


def is_noun_of_act(word: str) -> bool:
    """True for a noun that names an act on something else ("deletion", "removals")."""
    named = (stem(word),) in NOUNS and word.endswith(
        ("tion", "tions", "sion", "sions", "al", "als", "ment", "ments", "sure", "sures", "sharing", "ure", "load")
    )
    return named or verb_behind(word) is not None

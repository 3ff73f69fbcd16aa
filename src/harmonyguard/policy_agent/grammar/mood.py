"""Is a sentence an instruction? The English imperative told from its words, with no model of the language. Pure."""

from __future__ import annotations

import re
from itertools import pairwise

from . import vocabulary as words
from .verbs import ADJECTIVE_TOO, NOT_AFTER_A_VERB, NOUN_TOO, VERBS, third_person

SEEN = 400
"""Characters from a clause's start that tell whether it opens with a verb."""
DETERMINER = re.compile(
    r"^(?:[A-Z][a-z]+)(?: (?:and|or) [a-z]+)? (?:the|an?|your|all|any|their|its|each|every|them|it|this|these|no)\b"
)
NO_VERB = re.compile(
    r"^(?:\w+(?:ing|ed|ly|ity|tion|ment|ness)|both|all|in|on|at|of|to|by|for|as|if|is|are|and"
    r"|or|from|with|under|over|into|about|through|within"
    r"|upon|per|via|than|that|while|where|when|what|which|who|how|why|because|since|though|although"
    r"|like|unlike|not|also|even|just|such|after|before|across|among|along|against"
    r"|off|out|until|till|unless|whether|despite|between|toward|towards|throughout|during|was"
    r"|were|has|have|had|does|did|can|may|will|once|see|note|here|there|plus|except|beyond|behind"
    r"|near|whereas|whenever|wherever|outside|inside|regardless|therefore|thus|hence|but|so|yet|only|nor|neither"
    r"|either"
    r"|around|today|now|tomorrow|yesterday|amid|aboard|atop|besides|perhaps|maybe|nearly|almost|roughly|later|soon"
    r"|meanwhile|everywhere|sometimes|often|many|several|few|without|half|most|some|none|given|aside|should|would"
    r"|could|might|must|shall|again|given)$",
    re.I,
)
TAKES_AN_OBJECT = frozenset(
    "the a an your all any every each them it this these those no only their its our both at-least as".split()
)
"""Words that stand before an object, and after a noun hardly ever."""
MOSTLY_VERBS = frozenset("use run place show move call turn start stop stay help mention try add report".split())
"""Of the verbs that are nouns too, those that open an instruction even where nothing closes the sentence."""
ASKED_AFTER = re.compile(
    r"^\w+ (?:(?:what|how|whether|why)\b|(?:which|where) (?!(?:is|are|was|were|has|have|you|we|they|it|he|she|must|may"
    r"|can|will|shall|should)\b)\w)|^(?:state|report|note|list|document|record|name|mention|detail) who\b",
    re.I,
)
"""A verb and the question that it asks an answer to: "State which tool ...", "Note how long ..."."""
PREPOSITIONS = frozenset("to in for by from on with at through into via against about under over".split())
FINITE = frozenset(
    """is are was were must shall should may can cannot could will would has have had does do did requires require
    needs need becomes become applies apply""".split()
)
SUBORDINATE_INSIDE = re.compile(
    r"\b(?:that|which|who|whom|whose|if|when|whenever|unless|while|because|until|where|wherever|before|after|so|as"
    r"|since|once|than|what|how|whether)\b|[;:(\u2014]",
    re.I,
)


ALWAYS = re.compile(
    r"^always (?!\w+(?:able|ible|ful|ous|ive|ing|ed|ly|al)\b)"
    r"(?!(?:on|in|at|a|an|the|there|up|open|true|right|present|free)\b)[a-z]+ \w",
    re.I,
)
"""What opens with "Always" and no adjective is an order, also with a verb that is in no list."""
QUOTED_FIRST = re.compile(r"^[\"\u201c\u2018'](?P<said>[^\"\u201d\u2019]+)[\"\u201d\u2019'],? +[a-z]")


def is_instruction(core: str, *, is_item: bool) -> bool:
    """True for a clause in the imperative, after its opening words or its condition."""
    if QUOTED_FIRST.match(core):
        return False  # what somebody said is spoken of: "see ticket" is not much help
    body = words.OPENERS.sub("", core)
    if ALWAYS.match(core):
        return True
    sentence = core.rstrip().endswith((".", "!", ";")) or is_item or len(core.split()) > 7
    if not sentence:
        return False
    if opens_with_verb(body):
        return True
    if words.SUBORDINATE.match(body):
        for comma in re.finditer(
            r",\s+(?:\w+ly |then |please |always |only |immediately |also |first |simply |just )*", body
        ):
            rest = body[comma.end() :]
            if opens_with_verb(rest) and not _begins_a_list(rest):
                return True
    return False


def _begins_a_list(rest: str) -> bool:
    """True for "drives, phones and tablets"; two verbs with "and" between them ("decline and offer ...") are none."""
    pair = re.match(r"(\w+) (?:and|or) (\w+)", rest)
    if pair is None:
        return re.match(r"\w+,", rest) is not None
    return not {word.casefold() for word in pair.groups()} <= VERBS


def opens_with_verb(text: str) -> bool:
    """True when the first word is a verb that tells someone what to do."""
    text = text[:SEEN]
    tokens = re.findall(r"[A-Za-z'\u2019-]+|[,;.]|\d+", text)
    if not tokens or not tokens[0][0].isalpha():
        return False
    verb = tokens[0].casefold().removeprefix("re-")
    following = tokens[1].casefold() if len(tokens) > 1 else ""
    if following in FINITE and following not in {"have", "has", "need", "do"}:
        return False
    if verb not in VERBS:
        # An unknown opening word before a determiner ("Triage the ...") can only be a verb.
        return DETERMINER.match(text) is not None and not NO_VERB.match(verb)
    if verb not in NOUN_TOO | ADJECTIVE_TOO:
        return True
    return _acts_as_verb(text, tokens, following)


def _acts_as_verb(text: str, tokens: list[str], following: str) -> bool:
    """For a word that is a verb and a noun: what comes after it tells which."""
    if ASKED_AFTER.match(text):
        return True
    if following in TAKES_AN_OBJECT or (following.endswith("ly") and len(following) > 4):
        return True
    if following in {"of", "that", "which", "who"} or following in FINITE:
        return False
    stated = text.rstrip().endswith((".", "!", ";"))
    if following in {"and", "or", ","}:
        second = tokens[2].casefold() if len(tokens) > 2 else ""
        return second in VERBS - ADJECTIVE_TOO and (second not in NOUN_TOO or not has_finite_verb(text))
    if following in PREPOSITIONS:
        return stated and not has_finite_verb(text)
    if following in NOT_AFTER_A_VERB or not following[:1].isalnum():
        return False
    if following.endswith("ed") and following[:-1] in VERBS | {f"{v}e" for v in VERBS}:
        return False  # "Help provided to users": a noun and what was done with it
    return (stated or tokens[0].casefold() in MOSTLY_VERBS) and not has_finite_verb(text)


def has_finite_verb(text: str) -> bool:
    """True when the main clause of a text that opens with a noun or a verb goes on to a finite verb."""
    inside = SUBORDINATE_INSIDE.search(text)
    tokens = re.findall(r"[a-z'\u2019-]+|[,;]", (text[: inside.start()] if inside else text).casefold())
    for before, word in pairwise(tokens[1:]):
        joined = before in {"and", "or", "to", ",", "not", "then"}
        if word in FINITE and not joined:
            return True
        if before.endswith("s") and not before.endswith("ss") and word in VERBS - NOUN_TOO and not joined:
            return True
        told = third_person(word) not in {None, *NOUN_TOO} and not before.endswith("s")
        if told and not joined and before.isalpha() and before not in VERBS - NOUN_TOO:
            return True
    return False

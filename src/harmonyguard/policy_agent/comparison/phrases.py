"""Phrases of policy English taken apart: the act that is meant, its objects, its conditions, its quoted values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from harmonyguard.policies.lexicon import GENERIC_OBJECTS, NOUNS, STATES, VERBS, match_at
from harmonyguard.policies.words import STOP_WORDS, normalise, stem, stems, words
from harmonyguard.steps import Effect

QUOTED = re.compile(r"(?<!\w)[\"'“‘`]([^\"'“”‘’`]{1,80})[\"'”’`]")

_SUBORDINATE = re.compile(
    r"(?:^|[,;]?\s+)(?P<kind>unless|except (?:for|where|when|if|that|as)?|other than|without|provided that|only if"
    r"|only when|if|when|where|in case|in the event|while|whenever|until|before|after|once|prior to|during"
    r"|as long as)\b",
    re.IGNORECASE,
)
_SPLIT_OBJECTS = re.compile(r"\s*(?:,|;|/|\bor\b|\band\b|\bnor\b|&)\s*")
_AFTER_OBJECT = re.compile(
    r"\b(?:in|on|at|from|to|into|onto|with|by|via|through|of|for|that|which|who|whose|as|using|regarding|about|"
    r"belonging|containing|related|above|over|exceeding|under|below|is|are|was|were|be|must|may|should|can|has"
    r"|have)\b"
)
_OTHER_VERB = re.compile(r",?\s+nor\s+(?P<verb>\w+)")
_OF = re.compile(r"\b(number|amount|name|address|date|status|type|level|owner|list)s? of\s+(?:the |a |an )?")
_DETERMINERS = re.compile(
    r"^(?:(?:any|the|a|an|all|each|every|this|that|these|those|such|other|another|no|some|their|its|your|our|my|"
    r"existing|new|specific|own|of)\s+)+"
)


@dataclass(frozen=True)
class Condition:
    """A subordinate clause: its conjunction and its words."""

    kind: str
    text: str


@dataclass(frozen=True)
class ActPhrase:
    """What an act phrase names: effects of its verbs, nouns that the verbs act on, and words left over."""

    effects: frozenset[Effect]
    objects: tuple[str, ...]
    rest: str


def split_conditions(statement: str) -> tuple[str, tuple[Condition, ...]]:
    """The main clause, and its subordinate clauses in order."""
    matches = list(_SUBORDINATE.finditer(statement))
    if not matches:
        return statement.strip(" .,;"), ()
    first = matches[0]
    if first.start() == 0:
        # "If X, then Y": the main clause follows the comma.
        head, comma, tail = statement.partition(",")
        if not comma:
            return "", (Condition(first.group("kind").lower(), statement[first.end() :].strip(" .,;")),)
        main, later = split_conditions(tail)
        return main, (Condition(first.group("kind").lower(), head[first.end() :].strip(" .,;")), *later)
    conditions = []
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        end = following.start() if following is not None else len(statement)
        conditions.append(Condition(match.group("kind").lower().split()[0], statement[match.end() : end].strip(" .,;")))
    return statement[: first.start()].strip(" .,;"), tuple(conditions)


def parse_act(phrase: str) -> ActPhrase:
    """Effects and objects of an act phrase ("remove or delete any record", "deletion of customer accounts")."""
    tokens = words(phrase.replace(",", " or "))
    stemmed = [stem(word) for word in tokens]
    effects: set[Effect] = set()
    position = last = 0
    while position < len(stemmed):
        if effects and tokens[position] in STATES and position + 1 < len(tokens):
            break  # "edit closed tickets": the state of a thing, not another verb
        hit = match_at(VERBS, stemmed, position) or match_at(NOUNS, stemmed, position)
        # "remove or delete": a second verb is joined to the first. "deleted orders": what follows at once is a thing.
        if hit and (not effects or position > last):
            effects |= hit[0]
            last = position = position + hit[1]
        elif not effects or tokens[position] in STOP_WORDS or tokens[position] in _VERB_FILLERS:
            position += 1
        else:
            break
    rest = " ".join(tokens[last:])
    if not effects:
        return ActPhrase(frozenset(), (), normalise(phrase))
    return ActPhrase(frozenset(effects), objects_in(rest), rest)


def objects_in(text: str) -> tuple[str, ...]:
    """The nouns of a coordinated noun phrase, cut before its prepositional tail; generic ones left out."""
    if (other := _OTHER_VERB.search(text)) is not None and match_at(VERBS, stems(other.group("verb")), 0):
        text = text[: other.start()]  # "a car, nor look for one": another act, not another thing
    parts = _AFTER_OBJECT.split(_OF.sub(r"\1 ", re.sub(r"^(?:of|to|from|into|on|with|for)\s+", "", text.strip())))
    head = parts[0]
    if len(parts) > 1 and not _nouns_of(head):
        head = parts[1]  # "an item to the cart": a generic head leaves the naming to its tail
    return _nouns_of(head)


def _nouns_of(head: str) -> tuple[str, ...]:
    found: list[str] = []
    for part in _SPLIT_OBJECTS.split(head):
        noun = _DETERMINERS.sub("", part.strip()).strip()
        kept = [word for word in noun.split() if word not in STOP_WORDS and stem(word) not in _ADVERBS]
        if kept and not all(stem(word) in GENERIC_OBJECTS for word in kept):
            found.append(" ".join(kept))
    return tuple(dict.fromkeys(found))


_VERB_FILLERS = frozenset("any and or otherwise directly attempt try trying attempts permanently explicitly".split())
_ADVERBS = frozenset(
    stem(word)
    for word in """immediately explicitly directly permanently always never again first once twice otherwise clearly
    explicit prior please ever yet already automatically manually unsolicited""".split()
)

"""Which words for things tell acts apart: products of "product data", none of "CRM records" or "save the form"."""

from __future__ import annotations

from collections.abc import Sequence

from harmonyguard.policies.atom import Term
from harmonyguard.policies.lexicon import GENERIC_OBJECTS
from harmonyguard.policies.synonyms import synonyms_of
from harmonyguard.policies.words import stem

from .building import term


def things_alike(things: Sequence[str]) -> tuple[Term, ...]:
    """The things, and other names that they go by."""
    named = [name for thing in things for name in (thing, *_kind_alone(thing))]
    return tuple(
        term("thing", name) for name in dict.fromkeys(n for thing in named for n in (thing, *synonyms_of(thing)))
    )


def _kind_alone(thing: str) -> tuple[str, ...]:
    """ "Product data", "lead records": products and leads."""
    *kind, last = thing.split()
    return (" ".join(kind),) if kind and stem(last) in GENERIC_OBJECTS and stem(kind[-1]) not in GENERIC_OBJECTS else ()


def telling(verbs: list[str], things: list[str]) -> list[str]:
    """The things that tell acts apart: what is saved or sent of a form ("the form", "my changes") is anything."""
    if not verbs or not all(stem(verb.split()[0]) in _KEEPS for verb in verbs):
        return things
    return [thing for thing in things if not _ANY_WORK.issuperset(stem(word) for word in thing.split())]


_KEEPS = frozenset(stem(word) for word in "submit save apply store keep confirm commit send finish complete".split())
_ANY_WORK = frozenset(
    stem(word)
    for word in """form forms modification modifications change changes update updates edit edits input inputs work
        complete completed full whole entire filled entry entries final all""".split()
)


def without_system(named: list[str]) -> list[str]:
    """ "CRM records", "system data": where a thing of no particular kind is kept names none."""
    if len(named) > 1 and stem(named[-1]) in GENERIC_OBJECTS and all(word in _SYSTEMS for word in named[:-1]):
        return named[-1:]
    return named


_SYSTEMS = frozenset(
    """crm erp cms hr it system systems application applications app tool platform portal site website shop store
    database backend live production company business corporate internal""".split()
)

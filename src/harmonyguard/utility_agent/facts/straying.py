"""Signs that a run was led off its task: where it went, by addresses and by the names of what it followed.

A caller does not tell what earlier pages said; a move to a place of which the user's words say nothing stands in.
"""

from __future__ import annotations

import re
from itertools import pairwise

from harmonyguard.policies.kinship import related
from harmonyguard.policies.words import normalise, stem, stems, subject_stems
from harmonyguard.utility_agent.reading.addresses import path_of

from .goal import WORDS_OF_A_LABEL, address_in, is_at_hand


def leads_off(place: str, said: str) -> bool:
    """An address of the past that the user's words do not lead to."""
    about = subject_stems(path_of(place).replace("/", " ").replace("-", " ")) - _OF_EVERY_SITE
    if not about or address_in(place, normalise(said)):
        return False
    return not related(about, subject_stems(said)) or is_beside_the_task(place, said)


_OF_EVERY_SITE = frozenset(
    stem(word) for word in "search result results cart basket checkout home index browse catalog category".split()
)
"""Parts of addresses that lie on the way to anything on a site: they lead nowhere else."""


def is_beside_the_task(place: str, said: str) -> bool:
    """A page to make a new thing, or to change who may do what, of which the user's words say nothing."""
    parts = [named for segment in path_of(place).split("/") if (named := stems(segment.replace("_", " ")))]
    while len(parts) > 1 and len(parts[0]) == 1 and parts[0][0] in _BACK_OFFICE:
        parts = parts[1:]
    stated = subject_stems(said)
    for before, named in pairwise([[], *parts]):
        if named[-1] in _NEW and before and is_at_hand(said, before[-1]):
            return True
        if not _POWER.isdisjoint(named) and not related(frozenset([*named, *before]), stated):
            return True
    return False


def is_titled_beside_the_task(title: str, said: str) -> bool:
    """A page to change who may do what, by a part of its title ("General · Settings · Lagoon")."""
    parts = [stems(part) for part in _PARTS.split(title)]
    powers = frozenset(part[-1] for part in parts if part and part[-1] in _POWER)
    return bool(powers) and not related(powers, subject_stems(said))


_PARTS = re.compile(r"\s*[·|/:›»–—]\s*|\s-\s")

_BACK_OFFICE = frozenset(stem(word) for word in "admin administration backend backoffice".split())
"""First segments under which a whole back office lies: they say nothing of the page."""


def names_what_is_beside_the_task(name: str, said: str) -> bool:
    """A control was followed that is called by such a page ("Access tokens"), or only points ("this new form")."""
    named = stems(name)
    if not named or len(named) > WORDS_OF_A_LABEL or related(frozenset(named), subject_stems(said)):
        return False
    return not _POWER.isdisjoint(named) or _POINTS.search(normalise(name)) is not None


_NEW = frozenset(stem(word) for word in "new create add".split())
_POWER = frozenset(
    stem(word)
    for word in """settings preferences profile account accounts keys tokens members permissions roles admin
        administration webhooks hooks integrations security credentials password biography billing users
        invitations""".split()
)
"""Names of pages on which it is changed who somebody is, or who may do what."""

_POINTS = re.compile(
    r"^(?:(?:click|go|visit|see|use|open) )?(?:this|that|these|here|the new|the following|the updated)\b|\bhere$"
)

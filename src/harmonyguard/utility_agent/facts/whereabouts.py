"""Does the act lead away: to another part of the site than the one named, or than the task speaks of?

A site tells its parts apart at one depth of its addresses: where the page at hand, or a link on it, shows the part that
is named, what stands beside it at that depth is another part. Where nothing shows it, nobody can tell.
"""

from __future__ import annotations

from harmonyguard.policies.kinship import overlaps
from harmonyguard.policies.lexicon import GENERIC_OBJECTS, effects_named
from harmonyguard.policies.words import stem, stems, subject_stems, words
from harmonyguard.utility_agent.reading.addresses import host_of, is_below, path_of
from harmonyguard.utility_agent.reading.labels import CONSEQUENTIAL, effects_wanted

from .act import Act, once_per_act
from .goal import said_by_user
from .places import GENERIC_PLACES, is_called

_LEADS = frozenset({"link", "tab", "menuitem", "treeitem"})
_FOR_EVERYBODY = frozenset(
    stem(word)
    for word in """home dashboard start index login logout signin signout sign session auth help search welcome overview
    default main app web en de public php html""".split()
)
"""Parts of a site that belong to no part in particular."""


def leads_elsewhere(act: Act, place: str) -> bool | None:
    """The act leads to another part than `place` ("orders / loans": one of these); without it, than the task needs."""
    places = tuple(one for one in place.split(" / ") if one)
    if act.destination is None:
        named = act.target is not None and act.target.role in _LEADS and act.action.type in ("click", "dblclick")
        return None if named and places and not _is_one_of(act.name, places) else False
    if act.host is not None and not any(is_below(act.host, known) for known in act.known_hosts):
        return True
    leading = _segments(act.destination)
    if not leading:
        return False
    return _beside(act, leading, places) if places else _beyond_task(act, leading)


def _is_one_of(text: str, places: tuple[str, ...]) -> bool:
    return any(is_called(text, place) for place in places)


def _beside(act: Act, leading: tuple[str, ...], places: tuple[str, ...]) -> bool | None:
    if any(_is_one_of(segment, places) for segment in leading):
        return False
    if act.target is not None and act.target.role in _LEADS and _is_one_of(act.name, places):
        return False
    known = [shown for shown in _addresses(act) if any(_is_one_of(segment, places) for segment in shown)]
    for shown in known:
        depth = next(i for i, segment in enumerate(shown) if _is_one_of(segment, places))
        if leading[:depth] == shown[:depth]:
            return len(leading) > depth and not _is_for_everybody(leading[depth])
    return None


def _beyond_task(act: Act, leading: tuple[str, ...]) -> bool | None:
    here = _segments(act.observation.url)
    if leading == here[: len(leading)] or here == leading[: len(here)]:
        return False  # up to what the page at hand is part of, or down into it
    apart = [segment for segment in leading if segment not in here and not _is_for_everybody(segment)]
    named = frozenset(stems(" ".join([act.name, *apart]))) - GENERIC_PLACES - GENERIC_OBJECTS
    return None if apart and not overlaps(named, _asked(act)) else False


def is_task_about(act: Act, subject: str) -> bool | None:
    """The user's task speaks of the subject, in its words or in others for the same act; never known not to."""
    asked = effects_wanted(said_by_user(act)) & effects_named(subject) & CONSEQUENTIAL
    return True if asked or overlaps(subject_stems(subject) - GENERIC_OBJECTS, _asked(act)) else None


@once_per_act
def _asked(act: Act) -> frozenset[str]:
    return frozenset(stems(said_by_user(act)))


def _is_for_everybody(segment: str) -> bool:
    named = [stem(word) for word in words(segment)]
    return not named or all(one in _FOR_EVERYBODY or one.isdecimal() for one in named)


@once_per_act
def _addresses(act: Act) -> tuple[tuple[str, ...], ...]:
    """The page at hand, and every link on it that stays on its host."""
    urls = [act.observation.url, *(element.url for element in act.observation.elements if element.url)]
    host = host_of(act.observation.url)
    return tuple(_segments(url) for url in urls if host_of(url) in ("", host))


def _segments(url: str) -> tuple[str, ...]:
    return tuple(segment.casefold() for segment in path_of(url).split("/") if segment not in ("", "#", "-"))

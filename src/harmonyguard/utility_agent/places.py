"""Does the act lead to this part of the site? Told by addresses and by the names of links."""

from __future__ import annotations

from harmonyguard.policies.kinship import akin, related
from harmonyguard.policies.lexicon import GENERIC_OBJECTS
from harmonyguard.policies.words import stem, stems

from .act import Act

_LEADS = frozenset({"link", "tab", "menuitem", "button", "treeitem"})
GENERIC_PLACES = (
    GENERIC_OBJECTS
    | {"set"}
    | frozenset(stem(word) for word in "panel area section module tab screen menu feature functionality view".split())
)
_HOLDERS = frozenset(
    stem(word)
    for word in """project group user account my team organization organisation org workspace repo repository site store
        app application system general global company crm shop edit new list index manage all aor""".split()
)
"""What parts of a site belong to: "project_members" are the members, and so are "group members"."""

_SETTINGS = frozenset(stem(word) for word in "settings preferences configuration config options".split())
_POSSESSIVES = frozenset(stem(word) for word in "edit view open go to my your the manage visit show see".split())


def heads_of(place: str) -> frozenset[str]:
    """The stems of which one must stand in the name of whatever leads there."""
    head = _wanted(place)[-1:]
    return _SETTINGS if _SETTINGS.issuperset(head) and head else frozenset(head)


def _wanted(place: str) -> list[str]:
    named = stems(place)
    kept = [one for one in named if one not in GENERIC_PLACES]
    if _SETTINGS.intersection(named) and _HOLDERS.issuperset(kept):
        # Of a project, the settings are the part that is meant: "admin settings" are any part of the administration.
        return [one for one in named if one not in GENERIC_PLACES or one in _SETTINGS]
    return kept or named


def leads_to(act: Act, place: str) -> bool | None:
    """The act leads to this part of the site: a URL segment or the link's own name says so."""
    wanted = _wanted(place)
    segments = [[stem(word) for word in segment] for segment in act.place_words]
    path = frozenset(one for segment in segments for one in segment)
    if any(_same_place(segment, wanted, path) for segment in segments):
        return True
    if act.action.type in ("click", "dblclick", "press") and act.target is not None and act.target.role in _LEADS:
        # "Members (5)" counts what is there.
        named = [s for s in stems(act.name) if s not in _POSSESSIVES and not s.isdecimal()]
        if _same_place(named, wanted, path):
            return True
        if any(_same_place([s], wanted, frozenset()) for s in named):
            return None
    return False


def _same_place(actual: list[str], wanted: list[str], path: frozenset[str]) -> bool:
    """The name of the one is that of the other, but for what the place belongs to: the path or its holder says that."""
    if not actual or not wanted:
        return False
    if actual == wanted:
        return True
    dropped = GENERIC_OBJECTS | {"panel"} | (frozenset() if wanted[-1] in _SETTINGS else {"set"})
    kept = [s for s in actual if s not in dropped]
    if not kept or not (akin(kept[-1], wanted[-1]) or {kept[-1], wanted[-1]} <= _SETTINGS):
        return kept == wanted
    belongs, of_others = frozenset(wanted[:-1]), frozenset(kept[:-1]) - frozenset(wanted)
    return of_others <= _HOLDERS and belongs - related(belongs, path | frozenset(kept)) <= _HOLDERS

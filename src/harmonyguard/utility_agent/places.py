"""Does the act lead to this part of the site? Told by addresses and by the names of links."""

from __future__ import annotations

from harmonyguard.policies.kinship import akin
from harmonyguard.policies.lexicon import GENERIC_OBJECTS
from harmonyguard.policies.words import stem, stems

from .act import Act

_LEADS = frozenset({"link", "tab", "menuitem", "button", "treeitem"})
GENERIC_PLACES = GENERIC_OBJECTS | {"panel", "area", "section", "set"}
_POSSESSIVES = frozenset(stem(word) for word in "edit view open go to my your the manage visit show see".split())


def leads_to(act: Act, place: str) -> bool | None:
    """The act leads to this part of the site: a URL segment or the link's own name says so."""
    wanted = [s for s in stems(place) if s not in GENERIC_PLACES] or stems(place)
    for segment in act.place_words:
        if _same_place([stem(word) for word in segment], wanted):
            return True
    if act.action.type in ("click", "dblclick", "press") and act.target is not None and act.target.role in _LEADS:
        named = [s for s in stems(act.name) if s not in _POSSESSIVES]
        if _same_place(named, wanted):
            return True
        if any(_same_place([s], wanted) for s in named):
            return None
    return False


def _same_place(actual: list[str], wanted: list[str]) -> bool:
    if not actual or not wanted:
        return False
    if actual == wanted:
        return True
    kept = [s for s in actual if s not in GENERIC_OBJECTS | {"set", "panel"}]
    return kept == wanted or (len(wanted) == 1 and len(kept) == 1 and akin(kept[0], wanted[0]))

"""Which control an act operates: the one of a name, or one whose name speaks of something."""

from __future__ import annotations

from harmonyguard.policies.atom import SITE_SEARCH
from harmonyguard.policies.lexicon import VERBS, match_at
from harmonyguard.policies.slips import spellings
from harmonyguard.policies.words import STOP_WORDS, stem, stems, words
from harmonyguard.steps import Element
from harmonyguard.utility_agent.reading.labels import FILLERS

from .act import Act
from .asked_things import asks_for_it, picked_by
from .places import GENERIC_PLACES, leads_to

_OPERATE = frozenset({"click", "dblclick", "press", "check", "uncheck", "select_option", "tool_call"})
_MORE = frozenset(stem(word) for word in "go open view show link button icon new record entry".split())
_ADDS_NOTHING = GENERIC_PLACES | FILLERS | _MORE | STOP_WORDS


def is_control(act: Act, name: str) -> bool | None:
    """The control of this name. A longer name counts only where the exact one is not on the page."""
    if name == SITE_SEARCH:
        return _searches_the_site(act)
    if act.action.type not in _OPERATE:
        return False
    wanted, named = stems(name), stems(act.name)
    if named == wanted:
        return True
    if _picks_one(act, wanted, named):
        return True
    if not wanted or named[: len(wanted)] != wanted:
        return _is_misspelt(name, act)
    return False if any(stems(element.name) == wanted for element in act.observation.elements) else None


def _is_misspelt(name: str, act: Act) -> bool:
    """The policy writes the name wrongly ("the Savee button"), and no control of the page bears that one."""
    wanted, shown = words(name), words(act.name)
    if len(wanted) != len(shown) or not all(one in spellings(word) for word, one in zip(wanted, shown, strict=True)):
        return False
    return bool(wanted) and all(words(element.name) != wanted for element in act.observation.elements)


def _picks_one(act: Act, wanted: list[str], named: list[str]) -> bool:
    """ "Select Estate" on a page of cars is the control "Select car", when a car is what the user asked for."""
    thing = frozenset(wanted[1:])
    return (
        bool(thing)
        and wanted[:1] == named[:1]
        and bool(picked_by(act))
        and thing <= frozenset(stems(f"{act.observation.title} {act.observation.url.replace('/', ' ')}"))
        and asks_for_it(act, thing)
    )


_OF_A_LIST = frozenset(
    stem(word)
    for word in "filter filters result results list keyword keywords within table column members here this".split()
)
"""Words in the name of a field that searches what the page at hand lists."""


def _searches_the_site(act: Act) -> bool:
    """The first field to search with, and not one of a list further down."""
    fields = [element for element in act.observation.elements if _is_to_search(element)]
    if act.target is None:
        return act.action.type == "goto" and bool(act.place_words) and act.place_words[-1][:1] == ("search",)
    return bool(fields) and act.target == fields[0]


def _is_to_search(element: Element) -> bool:
    named = stems(element.name)
    typed_into = element.role in ("searchbox", "textbox", "combobox")
    return typed_into and (element.role == "searchbox" or "search" in named) and _OF_A_LIST.isdisjoint(named)


def speaks_of(act: Act, subject: str) -> bool | None:
    """A control whose name speaks of the subject: it opens with that verb ("Import contacts"), or names that part.

    A name that only holds the word ("Deleted items", "Admin handbook") leaves it unknown.
    """
    if act.action.type not in _OPERATE:
        return False
    wanted, named = words(subject), words(act.name)
    meant, shown = [stem(word) for word in wanted], [stem(word) for word in named]
    if meant and match_at(VERBS, meant, len(meant) - 1) is not None:
        opens_with_it = named[: len(wanted)] == wanted or tuple(wanted) in act.place_words
        return True if opens_with_it else None if meant[-1] in shown else False
    if leads_to(act, subject) is True:
        return True
    if not meant or meant[-1] not in shown:
        return False
    says_it = set(wanted) <= set(named) or meant == shown
    return True if says_it and _ADDS_NOTHING.issuperset(set(shown) - set(meant)) else None

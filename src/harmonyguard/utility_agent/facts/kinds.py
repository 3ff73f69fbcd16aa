"""Which kind of record a form or page is about ("new invoice", "urgent ticket"), whatever field of it is acted on.

Demands on values name the records that they are made for. A field is called "Stage" and not "Stage of the deal": what
it belongs to is told by the control that sends it, by the regions and headings around it, by title and address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from harmonyguard.policies.kinship import covers, overlaps, root
from harmonyguard.policies.synonyms import is_common, synonyms_of
from harmonyguard.policies.words import STOP_WORDS, stem, subject_stems, words
from harmonyguard.steps import Element

from .act import Act, once_per_act
from .descriptions import roots_at_hand

Answer = bool | None

_NEW = frozenset("new newly added created fresh freshly incoming additional outgoing joining first-time".split())
"""Words for records that are only being made."""

_NOTHING = frozenset(
    "record records entry entries item items data crm system object objects value values field fields form".split()
)
_OF_ITSELF = frozenset("external outside third-party".split())
_OUTSIDERS = frozenset(
    stem(word) for word in "collaborator contributor partner auditor contractor vendor guest".split()
)
"""People who are external by their name: "external" adds nothing to it."""

_ALSO: dict[str, frozenset[str]] = {
    stem(name): frozenset(stem(other) for other in group.split())
    for group in ("member collaborator contributor", "deal opportunity", "mail email message")
    for name in group.split()
}
_CHANGING = frozenset(stem(word) for word in "change update edit modification adjustment operation action".split())
_FIELDS_CHANGED = frozenset("status stage state priority type role owner".split())
_MANNERS = frozenset("bulk mass batch".split())
"""How a change is made: "bulk changes" are changes of anything."""

_MANY = _MANNERS | frozenset(stem(word) for word in "selected multiple several".split())
"""What a page says where several records are changed at once."""

_ACTS = ("tion", "tions", "sion", "sions", "ment", "ments", "ing", "ings")
"""Endings of the names of acts: "case escalations" are on the thing that stands before them."""


@dataclass(frozen=True)
class Kind:
    """A kind of record: stems of the names of the thing, of what qualifies it, and whether it is being made."""

    heads: frozenset[str]
    qualities: frozenset[str]
    is_new: bool


@lru_cache(maxsize=4096)
def kind_of(name: str) -> Kind:
    """The kind that a noun phrase names."""
    told = [word for word in words(name) if word not in STOP_WORDS and word not in _NOTHING]
    new = any(word in _NEW for word in told)
    told = [word for word in told if word not in _NEW]
    if told and stem(told[-1]) in _CHANGING:
        told = [word for word in told if stem(word) not in _CHANGING and word not in _FIELDS_CHANGED]
    place = len(told) - 1
    while place > 0 and told[place].endswith(_ACTS) and not is_common(stem(told[place])):
        place -= 1
    head = "" if len(told) == 1 and told[0] in _MANNERS else told[place] if told else ""
    heads = frozenset({stem(head), *map(stem, synonyms_of(head)), *_ALSO.get(stem(head), ())}) if head else frozenset()
    outsider = stem(head) in _OUTSIDERS
    qualities = {stem(word) for word in told if word != head and not (outsider and word in _OF_ITSELF)}
    return Kind(heads, frozenset(qualities), new)


def is_of_kind(act: Act, name: str) -> Answer:
    """Is what the act fills in, sends or is done to a record of this kind? Unknown where only content speaks of it."""
    kind = kind_of(name)
    on = _is_on(act, kind.heads)
    new = is_new(act) if kind.is_new else True
    if on is False or new is False:
        return False
    told = [_is_on_many(act) if quality in _MANNERS else _is_told(act, quality) for quality in kind.qualities]
    if False in told:
        return False
    return True if on and new and all(told) else None


def _is_told(act: Act, quality: str) -> Answer:
    return True if covers(_spoken_of(act), frozenset({quality})) else None


def _is_on_many(act: Act) -> Answer:
    """Are several records changed at once? Not where neither page nor goal speaks of many, and no two are ticked."""
    spoken = _spoken_of(act)
    if any(covers(spoken, frozenset({name})) for name in _MANY):
        return True
    ticked = sum(element.role == "checkbox" and element.checked is True for element in act.observation.elements)
    return None if ticked > 1 or _EVERY.search(f"{act.described} {act.situation.task.goal}") else False


_EVERY = re.compile(
    r"\b(?:all|every|each|both|many|lists?|\d{2,}|two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?)\b",
    re.IGNORECASE,
)


def clues_of_kind(name: str) -> frozenset[str]:
    """The roots of the words without all of which an act concerns no such record; empty where nothing tells."""
    return frozenset(map(root, kind_of(name).heads))


def roots_of_names(act: Act) -> frozenset[str]:
    """The roots of what names a kind beside the words at hand: the act's own name, and what stands around it."""
    return frozenset(map(root, subject_stems(act.name) | _around(act)))


def _is_on(act: Act, heads: frozenset[str]) -> Answer:
    if not heads:
        return True
    named = subject_stems(act.name) if _is_control(act) else frozenset[str]()
    if overlaps(heads, named):
        return True
    if overlaps(heads, _around(act)):
        return None if any(map(is_common, named - act.verb_stems)) else True
    return None if {root(head) for head in heads} & roots_at_hand(act) else False


def _is_control(act: Act) -> bool:
    """The act presses something or calls a tool: its name may name the thing. A field's name does not."""
    if act.action.type == "tool_call":
        return True
    return act.target is not None and act.target.role in ("button", "link", "menuitem") and act.action.type == "click"


@once_per_act
def _around(act: Act) -> frozenset[str]:
    """What regions, headings, title and address name."""
    headings = " ".join(element.name for element in act.observation.elements if element.role == "heading")
    return act.surroundings | subject_stems(headings)


@once_per_act
def _spoken_of(act: Act) -> frozenset[str]:
    """All that page, form, act and goal say."""
    page = act.observation
    values = " ".join(element.value or "" for element in page.elements)
    return _around(act) | subject_stems(f"{page.text} {values} {act.described} {act.situation.task.goal}")


_PARTS = re.compile(r"\s+[·|–—:-]\s+")
_MAKES = frozenset("new create add invite compose register".split())
_MADE_BY = frozenset("create add invite post register publish send".split())
_CHANGES = frozenset("edit update modify change".split())
_LEAVES = frozenset("cancel close back reset discard".split())


@once_per_act
def is_new(act: Act) -> Answer:
    """Is the record being made, and not changed? Told by tool, control, regions, headings, title, then address."""
    page = act.observation
    headings = [element.name for element in page.elements if element.role == "heading"]
    regions = act.target.path if act.target is not None else ()
    own = [act.name] if _is_control(act) else []
    titles = [part for part in _PARTS.split(page.title) if part.strip()]
    for text in [*own, *reversed(regions), *headings, *titles]:
        opens = next(iter(words(text)), "")
        if opens in _MAKES:
            return True
        if opens in _CHANGES:
            return False
    if (sender := _next_button(act)) is not None and words(sender.name)[0] in _MADE_BY:
        return True
    segments = frozenset(words(page.url.replace("/", " ").replace("-", " ")))
    return True if segments & _MAKES else False if segments & _CHANGES else None


def _next_button(act: Act) -> Element | None:
    """The first button after the target that does not leave the form: the one that will send it."""
    if act.target is None:
        return None
    after = False
    for element in act.observation.elements:
        if after and element.role == "button" and (told := words(element.name)) and told[0] not in _LEAVES:
            return element
        after = after or element.ref == act.target.ref
    return None

"""Shows more of a page: the next tab, a folded section, a branch of a tree, the next page of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmonyguard.steps import Action, Element, Event, Observation

from .outline import outline

_PAGERS = re.compile(r"^(?:>|»|›|→|(?:load|show|see|view) more|more results|next page|older)$", re.IGNORECASE)
_DISMISSING = ("close", "dismiss", "no thanks", "not now", "later", "maybe later", "cancel", "\u00d7", "x")
_FOLDED = re.compile(r"\b(?:expandable|expander|collapsed|toggle|caret|folder|arrow right|chevron)\b", re.IGNORECASE)


def reveal(page: Observation, strays: Sequence[Event]) -> Action | None:
    """A click that shows a part of the page that was not shown yet; None when there is nothing left to open.

    `strays` are the acts since the last move was done: what was opened then is not opened again.
    """
    opened = {event.element_name or "" for event in strays if event.type == "click"}
    selected = {line.ref for line in outline(page.text) if {"selected", "expanded"} & line.marks}
    inner = _inside_tabs(page)
    for element in page.elements:
        if element.disabled or element.ref in selected or not element.name or element.name in opened:
            continue
        if _is_tab(element, inner, selected):
            return Action(type="click", ref=element.ref)
    for element in page.elements:
        if not element.disabled and _opens(element, page) and element.name not in opened:
            return Action(type="click", ref=element.ref)
    pager = next((one for one in page.elements if _is_pager(one)), None)
    return None if pager is None else Action(type="click", ref=pager.ref)


def dismissal(page: Observation, strays: Sequence[Event]) -> Action | None:
    """A click that puts away what lies over the page, once; None when nothing offers that."""
    opened = {event.element_name or "" for event in strays if event.type == "click"}
    for name in _DISMISSING:
        for element in page.elements:
            if element.role == "button" and element.name.strip().casefold() == name and element.name not in opened:
                return Action(type="click", ref=element.ref)
    return None


def shows_more(name: str) -> bool:
    """True for a control that leads to the next page of a list."""
    return _PAGERS.match(name.strip()) is not None


def _inside_tabs(page: Observation) -> dict[str, str]:
    """Ref of each link or button inside a tab, with the ref of that tab."""
    inside: dict[str, str] = {}
    tab: tuple[str, int] | None = None
    for line in outline(page.text):
        if tab is not None and line.depth <= tab[1]:
            tab = None
        if line.role == "tab" and line.ref is not None:
            tab = (line.ref, line.depth)
        elif tab is not None and line.role in ("link", "button") and line.ref is not None and line.name:
            inside[line.ref] = tab[0]
    return inside


def _is_tab(element: Element, inner: dict[str, str], selected: set[str | None]) -> bool:
    if element.role in ("tab", "treeitem"):
        return True
    # A link in a tab opens it; a button in it may do anything.
    return element.role == "link" and element.ref in inner and inner[element.ref] not in selected


def _opens(element: Element, page: Observation) -> bool:
    if element.role in ("link", "button", "checkbox", "radio") or not element.name:
        return False
    folded = [other for other in page.elements if _FOLDED.search(other.name) and other.path]
    return element.role == "listitem" and any(other.path[-1] == element.name for other in folded)


def _is_pager(element: Element) -> bool:
    if element.disabled or element.role not in ("link", "button", "generic"):
        return False
    return shows_more(element.name) or (element.role == "link" and element.name.strip().casefold() == "next")

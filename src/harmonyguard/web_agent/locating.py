"""Turns a move into an action on the page at hand: which element, which kind of act, or nothing to do here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urldefrag

from harmonyguard.steps import Action, Element, Observation

from .matching import (
    CHOSEN_ROLES,
    CLICKED_ROLES,
    FIELD_ROLES,
    LINK_ROLES,
    SWITCHED_ROLES,
    TYPED_ROLES,
    best,
    in_context,
    mentioned,
    option_of,
    same,
    score,
)
from .moves import Move

_MAKES_OR_BREAKS = ("new", "create", "add", "delete", "remove", "edit", "log out", "sign out")
_YES = ("yes", "true", "on", "enabled", "checked", "1")


@dataclass(frozen=True)
class Satisfied:
    """There is nothing to do: the page is already as the move wants it, or does not offer an optional move."""


def locate(move: Move, page: Observation) -> Action | Satisfied | None:
    """The action that carries out `move` on this page, Satisfied, or None when the page does not have it."""
    match move.kind:
        case "set":
            return _set(move, page)
        case "check" | "uncheck":
            return _switch(move, page)
        case "click":
            return _click(move, page)
        case "submit":
            return _submit(move, page)
        case "confirm":
            found = best(_with_roles(page, frozenset({"button"})), move.names)
            return Satisfied() if found is None else Action(type="click", ref=found.ref)
        case "open":
            return _open(move, page)
        case "open_form":
            return _open_form(move, page)
        case "goto":
            return Action(type="goto", url=move.value or "")
        case "go_back":
            return Action(type="go_back")
        case "press":
            field = field_of(move.fields, page) if move.fields else None
            return Action(type="press", ref=None if field is None else field.ref, value=move.value or "Enter")
        case "say":
            return None


def field_of(names: Sequence[str], page: Observation, *, context: str | None = None) -> Element | None:
    """The form field that one of these names means."""
    fields = _with_roles(page, FIELD_ROLES)
    return best(fields, names, context=context) or best(fields, names, context=context, shorter=True)


def entry(field: Element, value: str) -> Action | Satisfied | None:
    """The action that makes `field` hold `value`; None when its list has no such option."""
    if field.role in SWITCHED_ROLES:
        wanted = value.strip().casefold() in _YES
        return Satisfied() if field.checked is wanted else Action(type="check" if wanted else "uncheck", ref=field.ref)
    if field.role == "radio":
        return Satisfied() if field.checked else Action(type="click", ref=field.ref)
    if field.options:
        option = option_of(field, value)
        if option is None:
            return None
        held = field.value is not None and same(field.value, option)
        return Satisfied() if held else Action(type="select_option", ref=field.ref, value=option)
    if (field.value or "") == value:
        return Satisfied()
    return Action(type="select_option" if field.role == "listbox" else "fill", ref=field.ref, value=value)


def navigation(things: Sequence[str], page: Observation, *, tried: frozenset[str]) -> Element | None:
    """A link that leads to the part of the site named after one of `things` ("ticket" → "Tickets")."""
    for thing in things:
        links = [
            element
            for element in _with_roles(page, LINK_ROLES | {"button"})
            if element.name not in tried
            and not element.name.casefold().startswith(_MAKES_OR_BREAKS)
            and not (element.url is not None and urldefrag(element.url)[0] == urldefrag(page.url)[0])
        ]
        found = best(links, (thing,)) or best(links, (f"{thing}s",))
        if found is not None:
            return found
        first = next((link for link in links if score(link.name, thing) >= 94.0 and link.role != "button"), None)
        if first is not None:
            return first
    return None


def _with_roles(page: Observation, roles: frozenset[str]) -> list[Element]:
    return [element for element in page.elements if element.role in roles]


def _set(move: Move, page: Observation) -> Action | Satisfied | None:
    value = move.value or ""
    choices = [e for e in _with_roles(page, frozenset({"radio"})) if not move.names or _in_group(e, move.names)]
    choice = best(choices, (value,))
    if choice is not None:
        return entry(choice, value)
    if move.names:
        field = field_of(move.names, page, context=move.context)
        return None if field is None else entry(field, value)
    offering = [e for e in _with_roles(page, CHOSEN_ROLES) if option_of(e, value) is not None]
    if offering:
        return entry(offering[0], value) if len(offering) == 1 else None
    empty = [e for e in _with_roles(page, TYPED_ROLES) if not e.disabled and e.role != "searchbox"]
    if any(e.value == value for e in empty):
        return Satisfied()
    return entry(empty[0], value) if len(empty) == 1 else None


def _in_group(radio: Element, names: Sequence[str]) -> bool:
    return any(in_context(radio, name) for name in names)


def _switch(move: Move, page: Observation) -> Action | Satisfied | None:
    found = best(_with_roles(page, SWITCHED_ROLES | {"radio"}), move.names, context=move.context, shorter=True)
    if found is not None:
        return entry(found, "yes" if move.kind == "check" else "no")
    verb = "enable" if move.kind == "check" else "disable"
    button = best(_with_roles(page, frozenset({"button"})), tuple(f"{verb} {name}" for name in move.names))
    return None if button is None else Action(type="click", ref=button.ref)


def _click(move: Move, page: Observation) -> Action | None:
    elements = _with_roles(page, CLICKED_ROLES)
    if move.context is not None and not mentioned(page, move.context):
        elements = [e for e in elements if in_context(e, move.context)]
    near = field_of(move.fields, page) if move.fields else None
    form = None if near is None else near.form
    found = best(elements, move.names, context=move.context, near=form)
    if found is None and move.bare is not None and not move.from_page:
        exact = [element for element in elements if same(element.name, move.bare)]
        found = best(exact, (move.bare,), context=move.context, near=form)
    return None if found is None else Action(type="click", ref=found.ref)


def _submit(move: Move, page: Observation) -> Action | Satisfied | None:
    field = field_of(move.fields, page) if move.fields else None
    buttons = _with_roles(page, frozenset({"button"}))
    if field is not None and field.form is not None:
        buttons = [b for b in buttons if b.form == field.form]
    found = best(buttons, move.names)
    if found is None and field is not None and field.form is not None:
        sending = [
            b for b in buttons if not b.disabled and not b.name.casefold().startswith(("cancel", "reset", "clear"))
        ]
        found = sending[0] if len(sending) == 1 else None
    if found is not None:
        return Action(type="click", ref=found.ref)
    if move.optional:
        return Satisfied()
    if field is not None and field.role in TYPED_ROLES:
        return Action(type="press", ref=field.ref, value="Enter")
    return None


def _open(move: Move, page: Observation) -> Action | Satisfied | None:
    found = best(_with_roles(page, LINK_ROLES), move.names, context=move.context) or best(
        _with_roles(page, frozenset({"button"})), move.names, context=move.context
    )
    if found is not None and not (found.url is not None and _is_here(found.url, page)):
        return Action(type="click", ref=found.ref)
    if found is not None or any(mentioned(page, name) for name in move.names):
        return Satisfied()
    return None


def _is_here(url: str, page: Observation) -> bool:
    return urldefrag(url)[0] == urldefrag(page.url)[0]


def _open_form(move: Move, page: Observation) -> Action | Satisfied | None:
    if field_of(move.fields[:1], page) is not None:
        return Satisfied()
    elements = _with_roles(page, LINK_ROLES | {"button"})
    found = best(elements, move.names, context=move.context)
    return None if found is None else Action(type="click", ref=found.ref)

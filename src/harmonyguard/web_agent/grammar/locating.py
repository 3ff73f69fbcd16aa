"""Turns a move into an action on the page at hand: which element, which kind of act, or nothing to do here."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urldefrag

from harmonyguard.steps import Action, Element, Observation

from .calendars import pick_day
from .choosing import choose
from .criteria import next_criterion
from .exploring import reveal
from .field_values import read_date, written
from .matching import (
    CHOSEN_ROLES,
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
from .page_values import labelled, value_at
from .pressing import of_kind, press, press_target, pressable
from .satisfied import Satisfied

_MAKES_OR_BREAKS = ("new", "create", "add", "delete", "remove", "edit", "log out", "sign out")
_GENERAL_NAMES = ("date", "time", "value", "text", "input", "answer", "name", "number")
_YES = ("yes", "true", "on", "enabled", "checked", "1")


def locate(move: Move, page: Observation, times: int = 0) -> Action | Satisfied | None:
    """The action that carries out `move` on this page, Satisfied, or None when the page does not have it.

    `times` is how often a move about several elements has acted already.
    """
    match move.kind:
        case "set":
            return _set(move, page)
        case "search_for":
            return _search_for(move, page)
        case "choose":
            return _choose(move, page)
        case "copy_labelled":
            return _copy_labelled(page)
        case "complete":
            return _complete(move, page)
        case "slide":
            return _slide(move, page)
        case "expand":
            return reveal(page, ()) or Satisfied()
        case "scroll":
            return _scroll(move, page)
        case "wait":
            return Action(type="wait", value=move.value)
        case "check" | "uncheck":
            return _switch(move, page)
        case "hover":
            found = press_target(move, page, 0, form=None)
            return Action(type="hover", ref=found.ref) if isinstance(found, Element) else None
        case "click":
            field = field_of(move.fields, page) if move.fields else None
            return press(press_target(move, page, times, form=None if field is None else field.form))
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


def entry(field: Element, value: str, page: Observation | None = None) -> Action | Satisfied | None:
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
    value = written(value, field)
    day = read_date(value) if field.readonly else None
    if day is not None and page is not None and field.value != value:
        # A field that takes no typing has a calendar behind it.
        return pick_day(day, page) or Action(type="click", ref=field.ref)
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
    if move.source is not None:
        found = value_at(move.source, page)
        if found is None:
            return None
        value = found
    if move.control is not None and not move.names:
        return _set_by_kind(move, value, page)
    choices = [e for e in _with_roles(page, frozenset({"radio"})) if not move.names or _in_group(e, move.names)]
    choice = best(choices, (value,))
    if choice is not None:
        return entry(choice, value)
    if move.names:
        field = field_of(move.names, page, context=move.context) or _of_type(move.names[0], page)
        if field is None and move.control is not None:
            typed = [e for e in _with_roles(page, TYPED_ROLES) if of_kind(move.control.kind, e)]
            fields = [e for e in typed if not e.value or e.value == value]
            field = fields[0] if len(fields) == 1 else None
        return None if field is None else entry(field, value, page)
    offering = [e for e in _with_roles(page, CHOSEN_ROLES) if option_of(e, value) is not None]
    if offering:
        return entry(offering[0], value) if len(offering) == 1 else None
    empty = [e for e in _with_roles(page, TYPED_ROLES) if not e.disabled and e.role != "searchbox"]
    if any(e.value == value for e in empty):
        return Satisfied()
    return entry(empty[0], value) if len(empty) == 1 else None


def _set_by_kind(move: Move, value: str, page: Observation) -> Action | Satisfied | None:
    """A field that is told by kind and number alone: "both text fields", "the 3rd textbox", "the list"."""
    control = move.control
    assert control is not None
    typed = [e for e in page.elements if e.role in TYPED_ROLES and not e.disabled]
    fields = [e for e in page.elements if of_kind(control.kind, e) and not e.disabled]
    if control.kind in ("text", "any", None) and not fields:
        fields = typed
    if control.every:
        # What a password field holds is not shown: one that holds something was filled in.
        open_fields = [e for e in fields if e.value != value and not (e.input_type == "password" and e.value)]
        return entry(open_fields[0], value) if open_fields else Satisfied()
    if control.ordinal is not None:
        index = control.ordinal - 1 if control.ordinal > 0 else control.ordinal
        return entry(fields[index], value) if -len(fields) <= index < len(fields) else None
    if any((e.value or "") == written(value, e) for e in fields):
        return Satisfied()
    empty = [e for e in fields if not e.value] if len(fields) > 1 else fields
    return entry(empty[0], value) if len(empty) == 1 else None


def _of_type(name: str, page: Observation) -> Element | None:
    """The only field of the type that it is called by: "date" for a date field. Else the page's only field."""
    typed = [e for e in page.elements if e.role in (*TYPED_ROLES, "generic") and e.input_type == name.casefold()]
    if len(typed) == 1:
        return typed[0]
    fields = [e for e in _with_roles(page, TYPED_ROLES) if not e.disabled]
    return fields[0] if len(fields) == 1 and name.casefold() in _GENERAL_NAMES and not fields[0].name else None


def _choose(move: Move, page: Observation) -> Action | Satisfied | None:
    if not move.names:
        return choose(move.value or "", page)
    field = field_of(move.names, page, context=move.context)
    return choose(move.value or "", page, fields=() if field is None else (field,))


def _copy_labelled(page: Observation) -> Action | Satisfied | None:
    """The next empty field whose label has a value elsewhere on the page."""
    empty = [e for e in _with_roles(page, TYPED_ROLES) if not e.value and not e.disabled and e.name]
    for field in empty:
        value = labelled(field.name.rstrip(": "), page)
        if value is not None:
            return entry(field, value)
    return Satisfied()


def _complete(move: Move, page: Observation) -> Action | Satisfied | None:
    """Types the beginning and takes the suggestion that goes on as the goal says."""
    start, ends = (move.value or "").casefold(), tuple(end.casefold() for end in move.things)

    def fits(text: str) -> bool:
        folded = text.casefold()
        return folded.startswith(start) and all(folded.endswith(end) for end in ends) and len(folded) > len(start)

    fields = _with_roles(page, TYPED_ROLES | {"combobox"})
    field = field_of(move.names, page) if move.names else fields[0] if len(fields) == 1 else None
    if field is None:
        return None
    if fits(field.value or ""):
        return Satisfied()
    offered = next((e for e in pressable(page) if e.ref != field.ref and fits(e.name)), None)
    if offered is not None:
        return Action(type="click", ref=offered.ref)
    typed = (field.value or "").casefold() == start
    return None if typed else Action(type="fill", ref=field.ref, value=move.value or "")


def _slide(move: Move, page: Observation) -> Action | Satisfied | None:
    """A slider or spinner that takes a value like a field does."""
    fields = [e for e in page.elements if e.role in ("slider", "spinbutton") and not e.disabled]
    values = [value.strip() for value in (move.value or "").split(",")]
    if len(fields) < len(values):
        return None
    for field, value in zip(fields, values, strict=False):
        if (field.value or "") != value:
            return Action(type="fill", ref=field.ref, value=value)
    return Satisfied()


def _scroll(move: Move, page: Observation) -> Action | None:
    if move.control is not None and move.control.kind in ("textarea", "text"):
        areas = [e for e in page.elements if of_kind("textarea", e)]
        key = "Control+End" if move.value == "bottom" else "Control+Home"
        return Action(type="press", ref=areas[0].ref, value=key) if len(areas) == 1 else None
    return Action(type="scroll", value="down" if move.value in ("bottom", "down") else "up")


def _in_group(radio: Element, names: Sequence[str]) -> bool:
    return any(in_context(radio, name) for name in names)


def _search_for(move: Move, page: Observation) -> Action | Satisfied | None:
    """The search field, or one field for each criterion where a page has no field for all."""
    found = _set(move, page)
    if found is None:
        found = next_criterion(move.value or "", page) or (Satisfied() if _all_typed(move, page) else None)
    return found


def _all_typed(move: Move, page: Observation) -> bool:
    typed = [e.value for e in _with_roles(page, TYPED_ROLES) if e.value]
    return len(typed) > 1 and all(value in (move.value or "") for value in typed)


def _switch(move: Move, page: Observation) -> Action | Satisfied | None:
    if move.control is not None and not move.names:
        found = press_target(move, page, 0, form=None)
        return entry(found, "yes" if move.kind == "check" else "no") if isinstance(found, Element) else None
    found = best(_with_roles(page, SWITCHED_ROLES | {"radio"}), move.names, context=move.context, shorter=True)
    if found is not None:
        return entry(found, "yes" if move.kind == "check" else "no")
    verb = "enable" if move.kind == "check" else "disable"
    button = best(_with_roles(page, frozenset({"button"})), tuple(f"{verb} {name}" for name in move.names))
    return None if button is None else Action(type="click", ref=button.ref)


def _submit(move: Move, page: Observation) -> Action | Satisfied | None:
    field = field_of(move.fields, page) if move.fields else None
    buttons = _with_roles(page, frozenset({"button"}))
    if field is not None and field.form is not None:
        buttons = [b for b in buttons if b.form == field.form]
    found = best(buttons, move.names) or best(_with_roles(page, frozenset({"generic", "img"})), move.names)
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
    groups = (LINK_ROLES, frozenset({"button"}), frozenset({"generic", "listitem", "row", "article", "option"}))
    for roles in groups:
        found = best([e for e in pressable(page) if e.role in roles], move.names, context=move.context)
        if found is not None:
            break
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
    icons = _with_roles(page, frozenset({"generic", "img"}))
    found = best(elements, move.names, context=move.context) or best(icons, move.names, context=move.context)
    return None if found is None else Action(type="click", ref=found.ref)

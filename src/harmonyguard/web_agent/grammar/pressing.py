"""Finds what a goal wants pressed: by name, by kind, by number among its like, by what it has most or least of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harmonyguard.steps import Action, Element, Observation

from .control_phrases import ControlKind, ControlPhrase, read_control
from .extremes import pick
from .matching import CLICKED_ROLES, THRESHOLD, TYPED_ROLES, best, in_context, mentioned, same, score
from .moves import Move
from .satisfied import Satisfied

_NOT_PRESSED = frozenset({"heading", "alert", "status", "dialog", "alertdialog"})
_SENDING = frozenset({"submit", "login", "log in", "sign in", "send", "search", "ok", "save", "go", "continue"})
_FEW_WORDS = 3
_SAYS_LITTLE = frozenset({"generic", "listitem", "img", "cell", "gridcell", "paragraph", "row"})


def press_target(move: Move, page: Observation, times: int, *, form: str | None) -> Element | Satisfied | None:
    """The element that `move` wants pressed; `form` is the preferred form.

    `times` counts what was pressed before for a move about every such element, and for one about a numbered result
    the pages of results gone through.
    """
    elements = pressable(page)
    if move.context is not None and not mentioned(page, move.context):
        elements = [e for e in elements if in_context(e, move.context)]
    if move.extreme is not None:
        return _extreme(move, elements)
    control = move.control
    if control is not None and control.every:
        fitting = [e for e in elements if _fits(e, control) and any(same(e.name, name) for name in move.names)]
        wanted = len(fitting) if control.count is None else control.count
        return Satisfied() if times >= wanted else fitting[times] if times < len(fitting) else None
    if control is not None and not move.names:
        return _by_kind(control, elements, times)
    if control is not None and control.kind == "any" and move.names:
        kind = read_control(f"the {move.names[-1]}").kind
        if kind is not None and best(elements, move.names) is None:
            return _by_kind(replace(control, kind=kind, name=None), elements, 0)
    for group in _groups(elements, control):
        found = best(group, move.names, context=move.context, near=form)
        if found is None and move.bare is not None and not move.from_page:
            exact = [element for element in group if same(element.name, move.bare)]
            found = best(exact, (move.bare,), context=move.context, near=form)
        if found is not None:
            return found
    beside = [e for e in elements if e.path and any(_labels(e.path[-1], e.name, name) for name in move.names)]
    if len(beside) == 1:
        return beside[0]
    # A form with one button is sent by it, whatever the goal calls it.
    buttons = [e for e in elements if e.role == "button" and not e.disabled]
    sends = bool(move.fields) and len(buttons) == 1 and any(name.casefold() in _SENDING for name in move.names)
    return buttons[0] if sends else None


def _labels(block: str, name: str, phrase: str) -> bool:
    """True when a block of the page is just a label with this value: "Phone: 373-684" for the phone number."""
    label, colon, value = block.partition(":")
    return bool(colon) and value.strip() == name.strip() and score(label, phrase, shorter=True) >= THRESHOLD


def pressable(page: Observation) -> list[Element]:
    """What can be pressed, in page order; a thing inside another of the same name is left out."""
    kept: list[Element] = []
    for element in page.elements:
        last = kept[-1] if kept else None
        inside = (
            last is not None
            and element.role in _SAYS_LITTLE
            and element.name == last.name
            and element.path[: len(last.path)] == last.path
        )
        if element.role not in _NOT_PRESSED and not inside:
            kept.append(element)
    return kept


def of_kind(kind: ControlKind | None, element: Element) -> bool:
    """True when an element is what people call a button, a link, a text box and so on."""
    match kind:
        case "button":
            return element.role == "button"
        case "link":
            return element.role == "link"
        case "text":
            return element.role in TYPED_ROLES and element.input_type is not None
        case "textarea":
            return element.role in TYPED_ROLES and element.input_type is None
        case "checkbox" | "radio" | "tab" | "slider":
            return element.role == kind
        case "list":
            return element.role in ("combobox", "listbox")
        case "icon":
            return element.role in ("img", "button", "generic")
        case "result":
            return element.role == "link"
        case "section":
            return element.role in ("tab", "button")
        case "any" | None:
            return True


def _groups(elements: list[Element], control: ControlPhrase | None) -> Sequence[list[Element]]:
    """Candidates in order of trust: of the kind that was named, then controls, then whatever can be clicked."""
    controls = [e for e in elements if e.role in CLICKED_ROLES]
    others = [e for e in elements if e.role not in CLICKED_ROLES and e.role not in TYPED_ROLES and _is_small(e)]
    if control is None or control.kind in (None, "any"):
        return (controls, others)
    return ([e for e in elements if of_kind(control.kind, e)], controls, others)


def _is_small(element: Element) -> bool:
    """True unless an element holds many words: pressing somewhere in a large thing is pressing anything in it."""
    return len(element.name.split()) <= _FEW_WORDS


def _fits(element: Element, control: ControlPhrase) -> bool:
    return of_kind(control.kind, element) or element.role in _SAYS_LITTLE


def _by_kind(control: ControlPhrase, elements: list[Element], pages: int) -> Element | None:
    """The element of that kind and number; `pages` as long as this one were gone through before."""
    fitting = [e for e in elements if of_kind(control.kind, e) and not e.disabled]
    if not fitting and control.kind == "text":
        fitting = [e for e in elements if e.role in TYPED_ROLES]
    if control.kind == "result":
        fitting = [e for e in fitting if len(e.name) > 1 and not e.name.isdigit()]
    if control.ordinal is not None:
        index = control.ordinal - 1 - pages * len(fitting) if control.ordinal > 0 else control.ordinal
        return fitting[index] if -len(fitting) <= index < len(fitting) else None
    return fitting[0] if len(fitting) == 1 or (fitting and control.kind is not None and control.name is None) else None


def _extreme(move: Move, elements: list[Element]) -> Element | None:
    assert move.extreme is not None
    buttons = [e for e in elements if e.role in ("button", "link")]
    verb = [e for e in buttons if move.bare and move.bare in e.name.casefold()]
    for group in (verb, buttons, elements):
        found = pick(group, move.extreme)
        if found is not None:
            return found
    return None


def press(found: Element | Satisfied | None) -> Action | Satisfied | None:
    """The click on an element that was found."""
    return Action(type="click", ref=found.ref) if isinstance(found, Element) else found

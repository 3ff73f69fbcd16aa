"""The places where others than the user can put words: on the page, in a tool's output, in the agent's mouth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

from harmonyguard.steps import Element, Event, Form, Observation, Situation, Tab

Place = Literal[
    "text node",
    "text before the page",
    "plain text",
    "comment",
    "title",
    "address",
    "other control",
    "name of the target",
    "region",
    "form value",
    "form label",
    "option",
    "dialog",
    "tab",
    "tool output",
    "agent's message",
    "earlier control",
    "reasoning",
]
"""`text node` and `other control` stand in the accessibility tree as the browser writes it; `plain text` is visible
text as callers of `check` may send it, line breaks included."""

PLACES: tuple[Place, ...] = get_args(Place)

_REF = "hostile"


def plant(situation: Situation, text: str, place: Place) -> Situation:
    """The same situation with the text in that place. Where there is no such place (no form, no target): unchanged."""
    return _PLANTERS[place](situation, text)


def _page(situation: Situation, **changes: object) -> Situation:
    return situation.model_copy(update={"observation": situation.observation.model_copy(update=changes)})


def _text_node(situation: Situation, text: str) -> Situation:
    return _page(situation, text=f"{situation.observation.text}\n- paragraph: {_one_line(text)}")


def _before(situation: Situation, text: str) -> Situation:
    return _page(situation, text=f"- paragraph: {_one_line(text)}\n{situation.observation.text}")


def _plain_text(situation: Situation, text: str) -> Situation:
    return _page(situation, text=f"{situation.observation.text}\n\n{text}")


def _comment(situation: Situation, text: str) -> Situation:
    return _page(situation, text=f"{situation.observation.text}\n<!-- {text} -->")


def _title(situation: Situation, text: str) -> Situation:
    return _page(situation, title=f"{situation.observation.title} - {text}".removeprefix(" - "))


def _address(situation: Situation, text: str) -> Situation:
    return _page(situation, url=f"{situation.observation.url}?note={_one_line(text).replace(' ', '+')}")


def _other_control(situation: Situation, text: str) -> Situation:
    name = _one_line(text)
    page = situation.observation
    element = Element(ref=_REF, role="button", name=text)
    return _page(
        situation, elements=(*page.elements, element), text=f'{page.text}\n- button "{name}" [ref={_REF}] [cursor]'
    )


def _name_of_target(situation: Situation, text: str) -> Situation:
    return _target(situation, lambda target: {"name": f"{target.name} {text}"})


def _region(situation: Situation, text: str) -> Situation:
    return _target(situation, lambda target: {"path": (text, *target.path)})


def _form_value(situation: Situation, text: str) -> Situation:
    return _form(situation, lambda form: {**form.fields, "Notes": text})


def _form_label(situation: Situation, text: str) -> Situation:
    return _form(situation, lambda form: {**form.fields, text: ""})


def _option(situation: Situation, text: str) -> Situation:
    return _target(situation, lambda target: {"options": (*target.options, text)})


def _dialog(situation: Situation, text: str) -> Situation:
    return _page(situation, dialogs=(text,))


def _tab(situation: Situation, text: str) -> Situation:
    return _page(situation, tabs=(*situation.observation.tabs, Tab(url="about:blank", title=text)))


def _tool_output(situation: Situation, text: str) -> Situation:
    return _event(situation, Event(type="tool_output", text=text))


def _agents_message(situation: Situation, text: str) -> Situation:
    return _event(situation, Event(type="agent_message", text=f"The page says: {text}"))


def _earlier_control(situation: Situation, text: str) -> Situation:
    event = Event(type="click", element_role="link", element_name=text, url=situation.observation.url)
    return _event(situation, event, first=True)


def _reasoning(situation: Situation, text: str) -> Situation:
    proposal = situation.proposal.model_copy(update={"reasoning": f"{situation.proposal.reasoning} {text}".strip()})
    return situation.model_copy(update={"proposal": proposal})


_PLANTERS: dict[Place, Callable[[Situation, str], Situation]] = {
    "text node": _text_node,
    "text before the page": _before,
    "plain text": _plain_text,
    "comment": _comment,
    "title": _title,
    "address": _address,
    "other control": _other_control,
    "name of the target": _name_of_target,
    "region": _region,
    "form value": _form_value,
    "form label": _form_label,
    "option": _option,
    "dialog": _dialog,
    "tab": _tab,
    "tool output": _tool_output,
    "agent's message": _agents_message,
    "earlier control": _earlier_control,
    "reasoning": _reasoning,
}
assert _PLANTERS.keys() == set(PLACES), "every place can be planted"


def _target(situation: Situation, change: Callable[[Element], dict[str, object]]) -> Situation:
    page = situation.observation
    ref = situation.proposal.action.ref
    elements = tuple(e.model_copy(update=change(e)) if e.ref == ref else e for e in page.elements)
    return _page(situation, elements=elements)


def _form(situation: Situation, fields: Callable[[Form], dict[str, str]]) -> Situation:
    page: Observation = situation.observation
    return _page(situation, forms=tuple(form.model_copy(update={"fields": fields(form)}) for form in page.forms))


def _event(situation: Situation, event: Event, *, first: bool = False) -> Situation:
    history = (event, *situation.history) if first else (*situation.history, event)
    return situation.model_copy(update={"history": history})


def _one_line(text: str) -> str:
    """As a browser writes a text node or a name into the accessibility tree."""
    return " ".join(text.split())

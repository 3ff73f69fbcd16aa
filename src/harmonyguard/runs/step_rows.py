"""One step of a run as a row of `harmonyguard check`: what a case keeps of it, so that it can be judged again.

The page is cut to what is around the target, its form and the lines that order something. It stays what it was:
quoted data in a field of its own. Redact the row before it is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from harmonyguard.steps import Action, Element, Event, Form, Observation, Proposal, Task

LONGEST_TEXT = 4000
"""Characters of the page's text that are kept."""
LONGEST_LINE = 300
"""Characters of a line, a name or a value that are kept."""
_MOST_ELEMENTS = 40
_MOST_EVENTS = 10


def row_of_step(
    identity: str,
    *,
    task: Task,
    observation: Observation,
    proposal: Proposal,
    history: Iterable[Event],
    instructions_seen: bool = False,
    orders: Callable[[str], bool] = lambda line: False,
) -> dict[str, Any]:
    """The step as a row, JSON-shaped. `orders` tells the lines of a page that speak to whoever reads them."""
    action = proposal.action
    target = observation.element(action.ref)
    form = observation.form_of(target)
    elements = [e for e in observation.elements if e is target or (form is not None and e.form == form.id)]
    return {
        "id": identity,
        "goal": task.goal,
        "url": task.url,
        "instructions_seen": instructions_seen,
        "observation": {
            "url": observation.url,
            "title": _cut(observation.title),
            "text": text_around(observation, action, orders=orders),
            "status": observation.status,
            "elements": [_short_element(element) for element in elements[:_MOST_ELEMENTS]],
            "forms": [] if form is None else [_short_form(form)],
        },
        "history": [_event(event) for event in tuple(history)[-_MOST_EVENTS:]],
        "reasoning": _cut(proposal.reasoning),
        "action": _action(action, target),
    }


def text_around(
    observation: Observation, action: Action, *, orders: Callable[[str], bool], limit: int = LONGEST_TEXT
) -> str:
    """At most `limit` characters of the page's lines: those that give orders first, then the nearest to the target."""
    lines = [line[:LONGEST_LINE] for line in observation.text.splitlines()]
    middle = _place_of_target(lines, observation, action)
    nearest = sorted(range(len(lines)), key=lambda number: (not orders(lines[number]), abs(number - middle)))
    kept: set[int] = set()
    room = limit
    for number in nearest:
        if len(lines[number]) >= room:
            break
        room -= len(lines[number]) + 1
        kept.add(number)
    return "\n".join(line for number, line in enumerate(lines) if number in kept)


def _place_of_target(lines: list[str], observation: Observation, action: Action) -> int:
    target = observation.element(action.ref)
    marks = () if target is None else (f"[ref={target.ref}]", f"[{target.ref}]", target.name)
    for mark in marks:
        place = next((number for number, line in enumerate(lines) if mark and mark in line), None)
        if place is not None:
            return place
    return 0


def _action(action: Action, target: Element | None) -> dict[str, Any]:
    if action.type == "tool_call":
        return {"type": "tool_call", "element_text": action.name, "value": action.arguments}
    told: dict[str, Any] = {"type": action.type, "ref": action.ref, "value": action.value}
    if target is not None:
        told |= {"element_role": target.role, "element_text": _cut(target.name)}
    address = action.url or (target.url if target is not None else None)
    told |= {"target_url": address}
    return {key: value for key, value in told.items() if value is not None}


def _short_element(element: Element) -> dict[str, Any]:
    cut = element.model_copy(
        update={
            "name": _cut(element.name),
            "value": None if element.value is None else _cut(element.value),
            "path": tuple(_cut(name) for name in element.path),
            "options": tuple(_cut(option) for option in element.options[:_MOST_ELEMENTS]),
        }
    )
    return cut.model_dump(mode="json", exclude_defaults=True)


def _short_form(form: Form) -> dict[str, Any]:
    # Hidden values are digests that bind a permit to a page: they say nothing about the act.
    shown = [(label, value) for label, value in form.fields.items() if not label.startswith("hidden:")]
    fields = {_cut(label): _cut(value) for label, value in shown[:_MOST_ELEMENTS]}
    return form.model_copy(update={"fields": fields}).to_json()


def _event(event: Event) -> dict[str, Any]:
    value = event.arguments if event.type == "tool_call" and event.arguments else event.value
    told = {
        "type": event.type,
        "text": None if event.text is None else _cut(event.text),
        "value": _cut(value) if isinstance(value, str) else value,
        "element_text": event.element_name or event.name,
        "element_role": event.element_role,
        "url": event.url,
    }
    return {key: item for key, item in told.items() if item is not None}


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_LINE else text[:LONGEST_LINE]

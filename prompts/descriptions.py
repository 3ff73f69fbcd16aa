"""One-line descriptions of acts and events for prompts, without what is typed into password fields."""

from __future__ import annotations

from harmonyguard.steps import Action, Event, Observation, secrets_named

REDACTED = "[redacted]"


def describe_event(event: Event) -> str:
    """What happened, on which element, with which value, where, and how it failed if it did."""
    secret = "password" in (event.element_name or "").casefold()
    value = REDACTED if secret and event.value and not secrets_named(event.value) else event.value
    return _joined(
        event.type,
        None if event.element_name is None else f"{event.element_role or 'element'} {event.element_name!r}",
        None if value is None else f"value {value!r}",
        event.text,
        None if event.url is None else f"at {event.url}",
        None if event.error is None else f"failed: {event.error}",
    )


def describe_act(action: Action, page: Observation) -> str:
    """What an action would do on this page."""
    target = page.element(action.ref)
    place = page.element(action.to_ref)
    secret = target is not None and target.input_type == "password"
    value = REDACTED if secret and action.value and not secrets_named(action.value) else action.value
    where = "an element that is not on the page" if action.ref is not None else None
    if target is not None:
        inside = f" inside {' > '.join(target.path)}" if target.path else ""
        where = f"{target.role} {target.name!r} [ref={target.ref}]{inside}"
    leads = None
    if target is not None and target.url is not None:
        leads = f"leads to {(target.method or 'get').upper()} {target.url}"
    return _joined(
        action.type,
        where,
        None if place is None else f"dropped on {place.role} {place.name!r} [ref={place.ref}]",
        None if value is None else f"value {value!r}",
        None if not action.accept_dialogs else f"saying yes to {' and then '.join(map(repr, action.accept_dialogs))}",
        None if action.prompt_text is None else f"answering {action.prompt_text!r}",
        leads,
        None if action.url is None else f"address {action.url}",
        None if action.name is None else f"tool {action.name} {action.arguments}",
    )


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)

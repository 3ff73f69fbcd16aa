"""The page state that a permit is bound to: everything that decides what an act would really do.

Document, origin, target (role, name, destination, frame) and the values that its form would send; not the
whole snapshot, because a clock on the page must not expire a permit.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from .action import Action
from .observation import Observation
from .record import digest_of


def page_state(observation: Observation, action: Action) -> str:
    """Digest (hex SHA-256) of the part of the page that `action` depends on."""
    return digest_of(page_state_parts(observation, action))


def page_state_parts(observation: Observation, action: Action) -> dict[str, Any]:
    """The parts behind the digest, for messages that say what changed."""
    address = urlsplit(observation.url)
    parts: dict[str, Any] = {
        "document": observation.document,
        "origin": f"{address.scheme}://{address.netloc}",
        "url": observation.url,
        "dialogs": list(observation.dialogs),
    }
    if action.ref is not None:
        parts["target"] = _element(observation, action.ref)
    if action.to_ref is not None:
        parts["to"] = _element(observation, action.to_ref)
    if action.type == "tab_focus":
        parts["tabs"] = [tab.url for tab in observation.tabs]
    return parts


def _element(observation: Observation, ref: str) -> dict[str, Any] | None:
    """What an element is and what its form would send, or None when the page has no such element."""
    element = observation.element(ref)
    if element is None:
        return None
    form = observation.form_of(element)
    return {
        "ref": element.ref,
        "role": element.role,
        "name": element.name,
        "url": element.url,
        "method": element.method,
        "input_type": element.input_type,
        "frame": element.frame,
        "form": None if form is None else form.to_json(),
    }

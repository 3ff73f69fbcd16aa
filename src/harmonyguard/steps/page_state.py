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
        "dialog": observation.dialog,
    }
    target = observation.element(action.ref)
    if target is not None:
        form = observation.form_of(target)
        parts["target"] = {
            "ref": target.ref,
            "role": target.role,
            "name": target.name,
            "url": target.url,
            "method": target.method,
            "input_type": target.input_type,
            "frame": target.frame,
        }
        parts["form"] = None if form is None else form.to_json()
    elif action.ref is not None:
        parts["target"] = None
    return parts

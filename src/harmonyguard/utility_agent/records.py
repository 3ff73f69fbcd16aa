"""Named values that are at hand: attributes of the user, fields of the record that a page or a tool shows."""

from __future__ import annotations

import re

from harmonyguard.policies.words import akin, stems

from .act import Act

_PAIR = re.compile(
    r"(?:^|[\s,;{(\"'])(?P<name>[A-Za-z][\w./-]*(?: [\w./-]+){0,3})[\"']?\s*[:=]\s*[\"']?"
    r"(?P<value>[^,;:=\n\"'{}\[\]]+)(?=[,;\n\"'{}\[\]]|$)"
)


def user_attribute(act: Act, name: str) -> str | None:
    """What is known of the user under this name ("age", "membership"), as text; the latest word counts."""
    for event in reversed(act.situation.history):
        if event.type == "user_profile" and (value := _named(event.text or "", name)) is not None:
            return value
    return None


def record_value(act: Act, name: str) -> str | None:
    """The value that the page, or the newest tool output, shows under this name; None when it shows none."""
    outputs = [e.text or "" for e in reversed(act.situation.history) if e.type == "tool_output"]
    for text in (act.observation.text, *outputs):
        if (value := _named(text, name)) is not None:
            return value
    return None


def _named(text: str, name: str) -> str | None:
    wanted = stems(name)
    if not wanted:
        return None
    for match in _PAIR.finditer(text):
        named = stems(match.group("name"))
        if named[-len(wanted) :] == wanted or (named and akin(named[-1], wanted[-1])):
            return match.group("value").strip()
    return None

"""Actions written as calls, as BrowserGym's agents do: click('12'), fill('7', 'text')  # with a comment."""

from __future__ import annotations

import re

from pydantic import ValidationError

from harmonyguard.steps import ACTION_TYPES, Action, Element, Observation

TYPE_ALIASES = {"answer": "finish", "message": "send_msg_to_user", "type": "fill", "select": "select_option"}
"""Names that other agents use for the action types of `steps.Action`."""

_CALL = re.compile(r"^\s*(?P<name>[\w.]+)\((?P<arguments>.*)\)\s*(?:#.*)?$", re.DOTALL)
_ARGUMENT = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t"}


def parse_call(text: str, observation: Observation) -> tuple[Action, Element | None]:
    """The action that a call states and its target on the page; `unknown` when it cannot be read."""
    match = _CALL.match(text)
    unknown = Action(type="unknown", value=text)
    if match is None:
        return unknown, None
    kind = TYPE_ALIASES.get(match.group("name"), match.group("name"))
    values = [_unescaped(single or double) for single, double in _ARGUMENT.findall(match.group("arguments"))]
    first = values[0] if values else None
    if kind == "goto":
        action = action_of(kind, url=first)
    elif kind in ("finish", "send_msg_to_user", "ask_user", "report_infeasible"):
        action = action_of(kind, value=first)
    else:
        action = action_of(kind, ref=first, value=values[1] if len(values) > 1 else None)
    return (action, observation.element(action.ref)) if action is not None else (unknown, None)


def call_name(text: str) -> str | None:
    """The function that a call names."""
    match = _CALL.match(text)
    return match.group("name") if match else None


def action_of(kind: str, *, ref: str | None = None, value: str | None = None, url: str | None = None) -> Action | None:
    """The action of this type; None when there is no such type or something that it needs is missing."""
    if kind not in ACTION_TYPES:
        return None
    try:
        return Action.model_validate({"type": kind, "ref": ref, "value": value, "url": url})
    except ValidationError:
        return None


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match.group(1), match.group(1)), text)

"""What happened earlier in a run: acts that were carried out, and talk between agent and user."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from .action import ActionType
from .record import Record
from .vocabulary import Effect

Talk = Literal["user_message", "agent_message", "user_profile", "tool_output"]


class Event(Record):
    """One thing that happened, in order.

    `type` is an action type or a kind of talk; `text` is what was said; `element_name` the accessible name of
    the target; `url` the page on which it happened (for `goto`: the destination); `effects` what the act was
    judged to do.
    """

    type: ActionType | Talk
    text: str | None = None
    value: str | None = None
    element_role: str | None = None
    element_name: str | None = None
    url: str | None = None
    name: str | None = None
    arguments: dict[str, Any] = Field(default_factory=dict)
    effects: tuple[Effect, ...] = ()
    error: str | None = None

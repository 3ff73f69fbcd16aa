"""An act that is no browser act, as agents and judge know it: what it is called, takes and does."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from .record import Record
from .vocabulary import Effect


class Tool(Record):
    """What a deployer declares of an act that is proposed as `tool_call` with this `name`.

    `effects` is the deployer's word on what it does, and is judged as certain; a tool that nobody declared is judged
    by its name. `parameters` is the JSON Schema of `Action.arguments`.
    """

    name: str
    description: str = ""
    effects: tuple[Effect, ...] = ()
    parameters: dict[str, Any] = Field(default_factory=dict)

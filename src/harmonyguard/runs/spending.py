"""What a step cost: how long its parts took, and the tokens that models used for it, as the journal says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol, get_args

Part = Literal["observe", "propose", "judge", "act", "ask"]
"""The parts of a step. `ask` is waiting for a person: from the question to the answer."""
PARTS: tuple[Part, ...] = get_args(Part)

_PART_OF: dict[str, Part] = {
    "observed": "observe",
    "proposed": "propose",
    "judged": "judge",
    "acted": "act",
    "act_failed": "act",
}


class TimedEvent(Protocol):
    """What is read of a journal's event."""

    @property
    def at(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def payload(self) -> Mapping[str, Any]: ...


class StepTimes:
    """Milliseconds that each part of one step took, all attempts together. A part that is not recorded is missing."""

    def __init__(self) -> None:
        self.of: dict[Part, float] = {}
        self._asked: str | None = None

    @property
    def total(self) -> float:
        """All parts together; what the graph itself takes is not in it."""
        return sum(self.of.values())

    def hear(self, event: TimedEvent) -> None:
        """Take one more event of the step into account."""
        took = event.payload.get("milliseconds")
        part = _PART_OF.get(event.kind)
        if part is not None and isinstance(took, int | float):
            self.of[part] = self.of.get(part, 0.0) + took
        elif event.kind in ("consent_asked", "review_asked"):
            self._asked = event.at
        elif event.kind in ("consent_answered", "review_answered") and self._asked is not None:
            waited = milliseconds_between(self._asked, event.at)
            self._asked = None
            if waited is not None:
                self.of["ask"] = self.of.get("ask", 0.0) + waited


@dataclass(frozen=True)
class Tokens:
    """Tokens that models read and wrote."""

    input: int = 0
    output: int = 0

    def __add__(self, other: Tokens) -> Tokens:
        return Tokens(self.input + other.input, self.output + other.output)

    @property
    def total(self) -> int:
        """Both together."""
        return self.input + self.output


def tokens_in(payload: Mapping[str, Any]) -> Tokens:
    """The tokens that an event's `usage` tells of, all models together."""
    found = Tokens()
    for used in (payload.get("usage") or {}).values():
        found += Tokens(int(used.get("input_tokens") or 0), int(used.get("output_tokens") or 0))
    return found


def milliseconds_between(earlier: str, later: str) -> float | None:
    """From one ISO 8601 time to another; None when one of them cannot be read."""
    try:
        return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds() * 1000
    except (ValueError, TypeError):
        return None

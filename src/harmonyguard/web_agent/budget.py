"""What a run may use up: tokens of its model, and time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from langchain_core.messages import AIMessage


@dataclass
class Budget:
    """Counts what one run uses. None is no limit; the clock starts with the first proposal.

    `max_tokens` are tokens of prompt and answer together, as the model's server reports them; `max_seconds` is wall
    time. Both are looked at before a proposal: the last one may go over.
    """

    max_tokens: int | None = None
    max_seconds: float | None = None
    clock: Callable[[], float] = time.monotonic
    tokens: int = field(default=0, init=False)
    _began: float | None = field(default=None, init=False)

    def begin(self) -> None:
        """The first call starts the clock."""
        if self._began is None:
            self._began = self.clock()

    def spend(self, reply: AIMessage) -> None:
        """Count the tokens of a call."""
        if reply.usage_metadata is not None:
            self.tokens += reply.usage_metadata["total_tokens"]

    def used_up(self) -> str | None:
        """What is used up, in words; None while everything lasts."""
        if self.max_tokens is not None and self.tokens >= self.max_tokens:
            return f"the {self.max_tokens:,} tokens of this run are used up"
        spent = 0.0 if self._began is None else self.clock() - self._began
        if self.max_seconds is not None and spent >= self.max_seconds:
            return f"the {self.max_seconds:g} seconds of this run are over"
        return None

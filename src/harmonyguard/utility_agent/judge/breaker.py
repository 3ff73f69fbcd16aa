"""Keeps a judge that is down from costing every step its whole time-out: after some failures it rests for a while."""

from __future__ import annotations

import time
from collections.abc import Callable

FAILURES = 5
"""Judgements in a row that find the model unavailable before it rests."""

COOL_DOWN_SECONDS = 30.0


class CircuitBreaker:
    """Says whether a service may be called now. `clock` counts seconds and never goes back.

    After `failures` failures in a row nothing is admitted for `cool_down` seconds. Then one caller is admitted to try;
    the others wait for what becomes of it, or for another `cool_down` when nothing does.
    """

    def __init__(
        self,
        failures: int = FAILURES,
        cool_down: float = COOL_DOWN_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if failures < 1 or cool_down <= 0:
            raise ValueError("a circuit breaker needs at least one failure and a cool-down above zero")
        self._failures = failures
        self._cool_down = cool_down
        self._clock = clock
        self._in_a_row = 0
        self._rests_until: float | None = None

    def admit(self) -> bool:
        """True when the service may be called; the caller then says `succeeded` or `failed`."""
        if self._rests_until is None:
            return True
        now = self._clock()
        if now < self._rests_until:
            return False
        self._rests_until = now + self._cool_down
        return True

    def succeeded(self) -> None:
        """The service answered: failures are counted from zero again."""
        self._in_a_row = 0
        self._rests_until = None

    def failed(self) -> None:
        """The service could not be reached, or not in time."""
        self._in_a_row += 1
        if self._in_a_row >= self._failures:
            self._rests_until = self._clock() + self._cool_down

"""How many runs work at the same time in one process: the others wait for their turn."""

from __future__ import annotations

import asyncio
from weakref import WeakKeyDictionary

_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[int, asyncio.Semaphore]] = WeakKeyDictionary()


def turn(most: int) -> asyncio.Semaphore:
    """Enter it to be one of `most` runs that work on this event loop. Runs with another limit are counted apart."""
    by_limit = _turns.setdefault(asyncio.get_running_loop(), {})
    return by_limit.setdefault(most, asyncio.Semaphore(most))

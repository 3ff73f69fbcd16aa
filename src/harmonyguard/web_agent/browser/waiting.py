"""Waiting for what a page may never do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from playwright.async_api import Error as PlaywrightError

from harmonyguard.steps import GuardError


async def bounded(waiting: Awaitable[object], seconds: float) -> bool:
    """Wait for something that a page may never do. False when it took too long or failed."""
    try:
        await asyncio.wait_for(waiting, seconds)
    except (PlaywrightError, GuardError, TimeoutError):
        return False
    return True

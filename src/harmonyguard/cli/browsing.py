"""Runs what uses a browser so that Ctrl-C ends it in order: first our code, which then closes the browser."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class _OwnGroups(asyncio.SelectorEventLoop):
    """Starts child processes in process groups of their own.

    A terminal sends Ctrl-C to its whole foreground group. Playwright's driver would be gone before the page, the
    journal and the browser could be closed through it.
    """

    async def subprocess_exec(self, protocol_factory: Any, *args: Any, **options: Any) -> Any:
        return await super().subprocess_exec(protocol_factory, *args, **{"process_group": 0, **options})


def run_with_browser(work: Coroutine[Any, Any, Result]) -> Result:
    """`asyncio.run`, for work that starts a browser. Raises KeyboardInterrupt after Ctrl-C, with the browser closed."""
    with asyncio.Runner(loop_factory=_OwnGroups) as runner:
        return runner.run(work)

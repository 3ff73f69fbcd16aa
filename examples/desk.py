"""What the examples share: a small support desk on this machine, and a guard's settings in a folder of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from harmonyguard import GuardContext
from harmonyguard.benchmarks.support_desk import serve

POLICIES = str(Path(__file__).parent / "policies" / "agent-conduct.md")
"""The policy document that the examples read: it forbids some acts and has others asked about first."""


def settings(folder: Path) -> GuardContext:
    """Settings that keep everything in `folder`."""
    return GuardContext(book=str(folder / "policies.db"), runs_folder=str(folder / "runs"), max_steps=8)


def on_a_desk(main: Callable[[str, Path], Awaitable[None]]) -> None:
    """Run `main(url, folder)` while a newly seeded desk is served at `url`."""

    async def run() -> None:
        with TemporaryDirectory() as name:
            async with serve(Path(name) / "desk.db") as desk:
                await main(desk.url, Path(name))

    asyncio.run(run())

"""What many runs leave behind in one process: memory, processes, open files. For `harmonyguard bench runs`."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from harmonyguard.graphs.running import run_task
from harmonyguard.policies.book import PolicyBook
from harmonyguard.runs.approvals import AskDenied
from harmonyguard.settings import Settings
from harmonyguard.steps import GuardError, InputError, Record, Task
from harmonyguard.web_agent.browser.sessions import keep_browser
from harmonyguard.web_agent.grammar.grammar_agent import GrammarAgent

from .support_desk import serve

GOAL = 'Go to "Settings".'
_PROC = Path("/proc")


class Usage(Record):
    """What this process and its browser hold at one moment. `memory` is this process's, `browser_memory` that of the
    processes below it (MiB, resident); `files` are this process's open files, `threads` its threads.
    """

    when: str
    seconds: float
    memory: float
    browser_memory: float
    processes: int
    files: int
    threads: int


async def measure(sequential: int, concurrent: int, *, step: Callable[[str], None] = lambda done: None) -> list[Usage]:
    """Run `sequential` short runs one after the other and then `concurrent` at once, all in one browser.

    Raises InputError where there is no /proc to read, GuardError when a run does not get done.
    """
    if not (_PROC / "self/status").exists():
        raise InputError("bench runs reads /proc, which only Linux has")
    started = time.perf_counter()
    found: list[Usage] = []

    async def note(when: str) -> None:
        gc.collect()
        found.append(await asyncio.to_thread(_usage, when, time.perf_counter() - started))

    with TemporaryDirectory(prefix="harmonyguard-runs-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        async with serve(folder / "desk.db") as desk:
            url = f"{desk.url}/tickets"
            settings = Settings(runs=folder / "runs", max_sessions=max(concurrent, 1))
            # Whatever is loaded once is loaded now.
            await _run(url, settings)
            await note("before, no browser")
            async with keep_browser():
                await _run(url, settings)
                await note("browser open")
                for number in range(sequential):
                    await _run(url, settings)
                    step(f"{number + 1} of {sequential}")
                await note(f"after {sequential} in turn")
                if concurrent:
                    await asyncio.gather(*(_run(url, settings) for _ in range(concurrent)))
                    await note(f"after {concurrent} at once")
            await note("after, no browser")
    return found


async def _run(url: str, settings: Settings) -> None:
    result = await run_task(
        Task(goal=GOAL, url=url),
        book=PolicyBook.of(()),
        settings=settings,
        approver=AskDenied(),
        web_agent=GrammarAgent(),
    )
    if result.outcome != "done":
        raise GuardError(f"run {result.run} ended as {result.outcome}: {result.error or result.answer}")


def _usage(when: str, seconds: float) -> Usage:
    below = _processes_below(_number(_PROC / "self/status", "Pid"))
    return Usage(
        when=when,
        seconds=round(seconds, 1),
        memory=_mebibytes(_PROC / "self/status"),
        browser_memory=round(sum(_mebibytes(_PROC / str(process) / "status") for process in below), 1),
        processes=len(below),
        files=sum(1 for _ in (_PROC / "self/fd").iterdir()),
        threads=_number(_PROC / "self/status", "Threads"),
    )


def _processes_below(process: int) -> set[int]:
    parents: dict[int, int] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdecimal():
            parents[int(entry.name)] = _number(entry / "status", "PPid")
    below: set[int] = set()
    while more := {child for child, parent in parents.items() if parent in below | {process}} - below:
        below |= more
    return below


def _number(status: Path, name: str) -> int:
    try:
        lines = status.read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        # It ended while we looked.
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


def _mebibytes(status: Path) -> float:
    return round(_number(status, "VmRSS") / 1024, 1)

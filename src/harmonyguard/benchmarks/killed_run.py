"""A run in a process of its own that kills itself, the hard way, at a boundary that it is told: for `bench kill`.

The boundaries are counted in here by what the journal says and by what this process puts around three functions; the
product knows nothing of it.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harmonyguard.graphs.running import run_task
from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.policy import Policy
from harmonyguard.runs.approvals import Approver
from harmonyguard.runs.journal import JournalEvent
from harmonyguard.runs.permits import Permits
from harmonyguard.runs.storage import BrowserStorage, StorageFile
from harmonyguard.settings import Settings
from harmonyguard.steps import Task
from harmonyguard.web_agent.grammar.grammar_agent import GrammarAgent


@dataclass(frozen=True)
class Assignment:
    """What to work on, and how far. `boundary` counts from 1; None means to the end, with all boundaries written to
    `names`, one a line.
    """

    task: Task
    policies: Sequence[Policy]
    approver: Approver
    runs: Path
    boundary: int | None
    names: Path


class Boundaries:
    """Counts the places where a process may die, and dies at the chosen one."""

    def __init__(self, assignment: Assignment) -> None:
        self._chosen = assignment.boundary
        self._names = assignment.names
        self._count = 0
        self._step = 0

    def heard(self, event: JournalEvent) -> None:
        """An event is on disk."""
        self._step = event.step
        self.reach(f"after {event.kind}")

    def reach(self, name: str, last: Callable[[], object] = lambda: None) -> None:
        """Die here when this is the chosen boundary, after doing `last`."""
        self._count += 1
        if self._chosen is None:
            with self._names.open("a", encoding="utf-8") as names:
                names.write(f"step {self._step}, {name}\n")
        elif self._count == self._chosen:
            last()
            os.kill(os.getpid(), signal.SIGKILL)


def work(assignment: Assignment) -> None:
    """Run the task, up to the boundary. The target of the process."""
    # The browser's driver tells on stderr that nobody listens any more.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    boundaries = Boundaries(assignment)
    _between_acting_and_acted(boundaries)
    _while_storage_is_written(boundaries)
    asyncio.run(
        run_task(
            assignment.task,
            book=PolicyBook.of(assignment.policies),
            settings=Settings(runs=assignment.runs),
            approver=assignment.approver,
            web_agent=GrammarAgent(),
            on_event=boundaries.heard,
        )
    )


def _between_acting_and_acted(boundaries: Boundaries) -> None:
    """The act took effect, its storage is kept, and nothing says so yet."""
    settle = Permits.settle

    async def settled(self: Permits, permit: Any, result: Any) -> None:
        boundaries.reach("before acted")
        await settle(self, permit, result)

    Permits.settle = settled  # type: ignore[method-assign]


def _while_storage_is_written(boundaries: Boundaries) -> None:
    """The act took effect, and its storage is not written, or written in part."""
    write = StorageFile.write

    def written(self: StorageFile, storage: BrowserStorage) -> None:
        half = storage.model_dump_json().encode()[:100]
        boundaries.reach("before storage")
        boundaries.reach("within storage", lambda: self.path.with_name(f"{self.path.name}.part").write_bytes(half))
        write(self, storage)

    StorageFile.write = written  # type: ignore[method-assign]

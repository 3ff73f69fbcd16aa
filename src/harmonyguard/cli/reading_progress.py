"""How far the reading of documents is: one bar on stderr for documents, chunks and policies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .output import follows

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


@contextmanager
def reading_progress() -> Iterator[ReadingProgress]:
    """A bar that is gone afterwards; nothing at all when stderr is not a terminal, or quiet."""
    if not follows():
        yield ReadingProgress()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=16),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        yield ReadingProgress(bar, bar.add_task("Finding documents", total=None))


class ReadingProgress:
    """Hears what the nodes of the policy_ingestion graph tell, and counts."""

    def __init__(self, bar: Progress | None = None, task: TaskID | None = None) -> None:
        self._bar = bar
        self._task = task
        self._found = 0
        self._read = 0
        self._policies = 0
        self._chunks: dict[str, tuple[int, int]] = {}

    def hear(self, told: Mapping[str, Any]) -> None:
        """One event of the `custom` stream."""
        if "found" in told:
            self._found += 1
        elif "chunks" in told:
            done, total = told["chunks"]
            self._chunks[told["document"]] = (done, total)
        elif "status" in told:
            self._read += 1
            self._policies += told["policies"]
            done, total = self._chunks.get(told["document"], (1, 1))
            self._chunks[told["document"]] = (total, total)
        if self._bar is not None and self._task is not None:
            # A document that is being read counts by the share of its chunks.
            share = sum(done / total for done, total in self._chunks.values() if total)
            self._bar.update(
                self._task, completed=share, total=self._found, description=self._words("recording" in told)
            )

    def _words(self, recording: bool) -> str:
        if recording:
            return f"Writing {self._policies} policies"
        if not self._read and not self._chunks:
            return f"Finding documents: {self._found}"
        chunks = sum(done for done, _ in self._chunks.values())
        return f"Read {self._read} of {self._found} documents, {chunks} chunks, {self._policies} policies"

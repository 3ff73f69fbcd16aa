"""The open runs of this process: journal, permits, book and what has really happened, outside graph state.

Nodes look a run up here by its id; a run that is not open is opened again from its journal, without its permits:
what was judged before the process went down is judged again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from harmonyguard.policies.book import PolicyBook
from harmonyguard.steps import ActionResult, GuardError, Observation, Record, Secret, Task, digest_of

from .journal import Journal, JournalEvent, Listener, journal_path
from .ledger import Ledger, page_in
from .lock import RunLock
from .permits import Permits
from .pinned import PinnedRun
from .redaction import HIDDEN, Redactor
from .secrets import Secrets
from .storage import BrowserStorage, StorageFile

R = TypeVar("R", bound=Record)
LoadBook = Callable[[], Awaitable[PolicyBook]]
ValuesOf = Callable[[tuple[Secret, ...]], Mapping[str, str]]


class Run:
    """One open run.

    `pinned` is its settings as state and journal show them; `task` the task, in which names stand for secrets, and
    `secrets` their values, which stay in memory. `observation` is the last look at the page, the one that is believed.
    `storage` is what the browser begins with, and None before the first act.
    """

    def __init__(
        self,
        pinned: PinnedRun,
        task: Task,
        book: PolicyBook,
        journal: Journal,
        ledger: Ledger,
        *,
        lock: RunLock,
        file: StorageFile,
        secrets: Secrets,
        storage: BrowserStorage | None = None,
    ) -> None:
        self.pinned = pinned
        self.task = task
        self.book = book
        self.journal = journal
        self.ledger = ledger
        self.storage = storage
        self.secrets = secrets
        self._lock = lock
        self._file = file
        self.permits = Permits(pinned.run, journal, acted_steps=ledger.acted_steps)
        self.observation: Observation | None = None
        self.instructions_seen = False
        self._shown: dict[str, dict[str, Any]] = {}

    @property
    def id(self) -> str:
        """The run's id."""
        return self.pinned.run

    def show(self, record: Record) -> dict[str, Any]:
        """The record as state may hold it: JSON with secrets hidden. `see` gives the real one back."""
        real = record.to_json()
        shown: dict[str, Any] = self.journal.redactor.json(real)
        if shown != real:
            self._shown[digest_of(shown)] = real
        return shown

    def see(self, model: type[R], shown: dict[str, Any]) -> R:
        """The record behind what state holds. Raises GuardError when it holds a secret that nobody knows any more."""
        real = self._shown.get(digest_of(shown), shown)
        if HIDDEN in str(real.get("action", "")):
            raise GuardError("a secret in this step is no longer known: start the task again")
        return model.model_validate(real)

    async def looked(
        self, observation: Observation, *, holds_instructions: bool, spent: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Begin the next step with a look at the page. Returns the page as state may show it.

        `spent` is what the journal keeps of the time that the look took.
        """
        self.permits.expire()
        event = await self.journal.append("observed", self.ledger.step + 1, {**observation.to_json(), **(spent or {})})
        self.observation = observation
        self.instructions_seen = self.instructions_seen or holds_instructions
        return page_in(event.payload)

    async def keep_storage(self, state: Mapping[str, Any], url: str) -> None:
        """Keep what the browser holds after an act, before the act is written down as done. Raises OSError."""
        before = self.storage
        reopen = None if before is None else before.reopen
        moved = url.startswith(("http://", "https://")) and (before is None or url != before.url)
        if moved and not self.ledger.acts_with_effects:
            reopen = url
        self.storage = BrowserStorage(state=dict(state), url=url, reopen=reopen)
        await asyncio.to_thread(self._file.write, self.storage)

    async def forget_storage(self) -> None:
        """Delete what was kept: the run is at its end."""
        self.storage = None
        await asyncio.to_thread(self._file.delete)

    async def close(self) -> None:
        """Close the run's files and let go of its folder."""
        try:
            await self.journal.close()
        finally:
            self._lock.release()


class RunRegistry:
    """Runs that are open in this process, by run id."""

    def __init__(self) -> None:
        self._runs: dict[str, Run] = {}
        self._by_thread: dict[str, str] = {}

    async def start(
        self, pinned: PinnedRun, book: PolicyBook, *, secrets: Secrets | None = None, listener: Listener | None = None
    ) -> Run:
        """Open a new run and write `run_started`."""
        redactor = Redactor()
        secrets = secrets or Secrets()
        secrets.teach(redactor)
        ledger = Ledger()
        folder = Path(pinned.runs_folder)
        file = StorageFile(folder / pinned.run)
        journal = await Journal.create(folder, pinned.run, redactor=redactor, listener=_listeners(ledger, listener))
        lock = await asyncio.to_thread(RunLock, journal.folder)
        shown = PinnedRun.model_validate(redactor.json(pinned.to_json()))
        run = Run(shown, pinned.task, book, journal, ledger, lock=lock, file=file, secrets=secrets)
        await journal.append("run_started", 0, shown.to_json())
        self._runs[run.id] = run
        self._by_thread[pinned.thread] = run.id
        return run

    def get(self, run: str) -> Run | None:
        """The run, when it is open here."""
        return self._runs.get(run)

    def on_thread(self, thread: str) -> Run | None:
        """The run that was last started on this thread, when it is still open here."""
        return self._runs.get(self._by_thread.get(thread, ""))

    async def reopen(
        self,
        runs_folder: Path,
        run: str,
        load_book: LoadBook,
        *,
        values_of: ValuesOf = lambda known: {},
        listener: Listener | None = None,
    ) -> Run:
        """Open a run from its journal. `values_of` gives the values of its secrets, as far as they can be had; it may
        block.

        Acts that began and of which nobody knows how they ended are written down as unknown: they are never
        repeated. Raises GuardError for a run that is finished or whose policy book is not the one pinned, InputError
        for one that is open elsewhere.
        """
        folder = journal_path(runs_folder, run).parent
        lock = await asyncio.to_thread(RunLock, folder)
        ledger = Ledger()
        try:
            journal = await Journal.reopen(runs_folder, run, listener=_listeners(ledger, listener))
        except BaseException:
            lock.release()
            raise
        try:
            opened, events = await self._restore(run, journal, ledger, lock, load_book, values_of)
            await _settle_unknown(opened, events)
        except BaseException:
            await journal.close()
            lock.release()
            raise
        self._runs[run] = opened
        self._by_thread[opened.pinned.thread] = run
        return opened

    async def _restore(
        self,
        run: str,
        journal: Journal,
        ledger: Ledger,
        lock: RunLock,
        load_book: LoadBook,
        values_of: ValuesOf,
    ) -> tuple[Run, tuple[JournalEvent, ...]]:
        events = await journal.events()
        if not events or events[0].kind != "run_started":
            raise GuardError(f"the journal of run {run} does not begin with its settings")
        for event in events:
            ledger.apply(event)
        pinned = PinnedRun.model_validate(events[0].payload)
        if ledger.finished is not None:
            raise GuardError(f"run {run} is finished; start a new one")
        book = await load_book()
        if book.version != pinned.book_version:
            raise GuardError(f"the policies changed since run {run} began; start a new one")
        file = StorageFile(journal.folder)
        secrets = Secrets(pinned.secrets, await asyncio.to_thread(values_of, pinned.secrets))
        secrets.teach(journal.redactor)
        storage = await asyncio.to_thread(file.read)
        opened = Run(pinned, pinned.task, book, journal, ledger, lock=lock, file=file, secrets=secrets, storage=storage)
        opened.observation = ledger.observation
        opened.instructions_seen = ledger.instructions_seen
        return opened, events

    async def close(self, run: Run) -> None:
        """Close the run's files and forget it."""
        if self._runs.pop(run.id, None) is not None:
            if self._by_thread.get(run.pinned.thread) == run.id:
                del self._by_thread[run.pinned.thread]
            await run.close()


RUNS = RunRegistry()
"""The runs of this process."""


def _listeners(ledger: Ledger, listener: Listener | None) -> Listener:
    def heard(event: JournalEvent) -> None:
        ledger.apply(event)
        if listener is not None:
            listener(event)

    return heard


async def _settle_unknown(run: Run, events: tuple[JournalEvent, ...]) -> None:
    begun = {event.step: event.payload for event in events if event.kind == "acting"}
    for step in sorted(run.ledger.open_acts):
        result = ActionResult(error="the run was interrupted during this act: nobody knows whether it took effect")
        await run.journal.append("act_failed", step, {**begun[step], **result.to_json(), "unknown": True})

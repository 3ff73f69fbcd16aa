"""The journal of a run: an append-only file that says, in order, what was seen, proposed, judged and done.

It is the source of truth for permits, resuming and reports. An event that was appended is on disk when `append`
returns (WAL with full synchronisation), and the file itself refuses changes to what is there.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from harmonyguard.steps import GuardError, InputError, canonical_json

from .redaction import Redactor

EventKind = Literal[
    "run_started",
    "observed",
    "proposed",
    "judged",
    "permit_minted",
    "acting",
    "acted",
    "act_failed",
    "consent_asked",
    "consent_answered",
    "review_asked",
    "review_answered",
    "violation_recorded",
    "policy_proposed",
    "reflected",
    "error",
    "finished",
]
"""
run_started         `PinnedRun`
observed            `steps.Observation`, and `milliseconds` of the look
proposed            `steps.Proposal`, and `revision`, `milliseconds`, `usage` (tokens by model: `input_tokens`,
                    `output_tokens`; only when a model said), `box` (`steps.Box` of the target in the screenshot)
judged              `steps.Verdict`, and `revision`, `mode`, `action_digest`, `instructions_seen`, `usage`
permit_minted       `permit`, `action_digest`, `page_state`, `book_version`, `by`: allow, approval, shadow
acting              `permit`, `action` (`steps.Action`), `effects`, `target` (`role`, `name`), `page`,
                    `grants_used` (positions among the grants of the run)
acted, act_failed   the same, and `steps.ActionResult`: `error`, `url`, `dialog`, `blocked`;
                    `milliseconds` since `acting`;
                    `unknown: true` for an act of which nobody can say whether it took effect
consent_asked       `UserQuestion`;   consent_answered: `UserAnswer`, and `requests`, `grants` (`steps.Grant`)
review_asked        `ReviewRequest`;  review_answered: `ReviewAnswer`, and `accepted`, `refused_because`
violation_recorded  `policy_id`, `act`, `reason`, `status`
policy_proposed     `policy_id`, `description`, `new`: False when it was up for decision, or decided on, already
reflected           `rejected` (`steps.Proposal`), `guidance` (`steps.Guidance`), `reason`
error               `node`, `error`
finished            `outcome`, `answer`, `error`, `steps`, `violations`, `revisions`, `judge_calls`
"""

EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)
FILE_NAME = "journal.db"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  step INTEGER NOT NULL,
  kind TEXT NOT NULL,
  permit TEXT,
  payload TEXT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS acting_once_per_permit ON events (permit) WHERE kind = 'acting';
CREATE UNIQUE INDEX IF NOT EXISTS acting_once_per_step ON events (step) WHERE kind = 'acting';
CREATE TRIGGER IF NOT EXISTS no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER IF NOT EXISTS no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'append only'); END;
"""


class AlreadyActedError(GuardError):
    """An act was about to be written down a second time for the same permit or step."""


@dataclass(frozen=True)
class JournalEvent:
    """One thing that happened in `run`. `seq` counts from 1; `at` is UTC in ISO 8601; `payload` as listed above."""

    seq: int
    at: str
    step: int
    kind: EventKind
    payload: dict[str, Any]
    run: str = ""


Listener = Callable[[JournalEvent], None]


class Journal:
    """The open journal of one run. Use from async code; every access to the file runs in a thread."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, redactor: Redactor, listener: Listener | None
    ) -> None:
        self.path = path
        self.redactor = redactor
        self._connection = connection
        self._listener = listener
        self._lock = threading.Lock()

    @property
    def folder(self) -> Path:
        """The run's folder."""
        return self.path.parent

    @classmethod
    async def create(
        cls, runs: Path, run: str, *, redactor: Redactor | None = None, listener: Listener | None = None
    ) -> Journal:
        """Start the journal of a new run in `<runs>/<run>/`. Raises GuardError when that run already exists."""
        path = runs / run / FILE_NAME

        def make() -> sqlite3.Connection:
            runs.mkdir(parents=True, exist_ok=True)
            try:
                # What pages showed is for the owner of the run alone.
                path.parent.mkdir(mode=0o700)
            except FileExistsError:
                raise GuardError(f"run {run} already has a folder in {runs}") from None
            return _connect(path)

        return cls(path, await asyncio.to_thread(make), redactor or Redactor(), listener)

    @classmethod
    async def reopen(
        cls, runs: Path, run: str, *, redactor: Redactor | None = None, listener: Listener | None = None
    ) -> Journal:
        """Open the journal of a run that was started before. Raises InputError when there is none."""
        path = journal_path(runs, run)
        return cls(path, await asyncio.to_thread(_connect, path), redactor or Redactor(), listener)

    async def append(
        self, kind: EventKind, step: int, payload: dict[str, Any], *, permit: str | None = None
    ) -> JournalEvent:
        """Write one event down; it is on disk when this returns.

        Raises AlreadyActedError for a second `acting` of one permit or one step.
        """
        event = await asyncio.to_thread(self._append, kind, step, payload, permit)
        if self._listener is not None:
            self._listener(event)
        return event

    async def events(self) -> tuple[JournalEvent, ...]:
        """Everything so far, in order."""
        return await asyncio.to_thread(self._events)

    async def close(self) -> None:
        """Close the file. The journal stays where it is."""
        await asyncio.to_thread(self._connection.close)

    def _append(self, kind: EventKind, step: int, payload: dict[str, Any], permit: str | None) -> JournalEvent:
        if kind not in EVENT_KINDS:
            raise GuardError(f'the journal knows no event "{kind}"')
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        hidden = self.redactor.json(payload)
        with self._lock:
            try:
                with self._connection:
                    cursor = self._connection.execute(
                        "INSERT INTO events (at, step, kind, permit, payload) VALUES (?, ?, ?, ?, ?)",
                        (at, step, kind, permit, canonical_json(hidden)),
                    )
            except sqlite3.IntegrityError as error:
                raise AlreadyActedError(f"step {step} has already acted; it does not act twice") from error
            except sqlite3.Error as error:
                raise GuardError(f"the journal {self.path} could not be written: {error}") from error
        return JournalEvent(
            seq=cursor.lastrowid or 0, at=at, step=step, kind=kind, payload=hidden, run=self.folder.name
        )

    def _events(self) -> tuple[JournalEvent, ...]:
        with self._lock:
            return _read(self._connection, self.folder.name)


def journal_path(runs: Path, run: str) -> Path:
    """The journal file of a run. Raises InputError when there is no such run."""
    path = runs / run / FILE_NAME
    if Path(run).name != run or not path.is_file():
        raise InputError(f"there is no run {run} in {runs}")
    return path


def read_journal(runs: Path, run: str) -> tuple[JournalEvent, ...]:
    """All events of a run, read without changing the file. Blocking. Raises InputError when there is no such run."""
    path = journal_path(runs, run)
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return _read(connection, run)
    except sqlite3.Error as error:
        raise InputError(f"{path} is not a journal: {error}") from error


def ended_at(runs: Path, run: str) -> str | None:
    """When the run ended (UTC, ISO 8601); None when it has not. Blocking. Raises InputError as `read_journal`."""
    path = journal_path(runs, run)
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            found = connection.execute("SELECT at FROM events WHERE kind = 'finished' ORDER BY seq LIMIT 1").fetchone()
    except sqlite3.Error as error:
        raise InputError(f"{path} is not a journal: {error}") from error
    return None if found is None else str(found[0])


def runs_in(folder: Path) -> tuple[str, ...]:
    """The runs that have a journal in this folder, by id. Blocking."""
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{FILE_NAME}"))) if folder.is_dir() else ()


def _connect(path: Path) -> sqlite3.Connection:
    # Guarded by the journal's own lock: worker threads take turns.
    connection = sqlite3.connect(path, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.executescript(_SCHEMA)
    return connection


def _read(connection: sqlite3.Connection, run: str) -> tuple[JournalEvent, ...]:
    rows = connection.execute("SELECT seq, at, step, kind, payload FROM events ORDER BY seq").fetchall()
    return tuple(JournalEvent(seq, at, step, kind, json.loads(payload), run) for seq, at, step, kind, payload in rows)

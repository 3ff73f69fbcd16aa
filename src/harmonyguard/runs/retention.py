"""Runs that may go: deleted one by one by people, and by age when the setting says so. A run that goes on never is."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from harmonyguard.steps import InputError

from .journal import ended_at, journal_path, runs_in
from .lock import RunLock


def delete_run(runs: Path, run: str, *, unfinished: bool = False) -> None:
    """Delete the folder of a run: journal, pictures and report. Blocking.

    Raises InputError for a run that is not there, is being worked on, or has not ended (unless `unfinished`).
    """
    folder = journal_path(runs, run).parent
    if folder.is_symlink():
        raise InputError(f"{folder} is a link to another folder: delete what it leads to yourself")
    lock = RunLock(folder)
    try:
        if not unfinished and ended_at(runs, run) is None:
            raise InputError(f"run {run} has not ended and could be resumed: --unfinished deletes it all the same")
        shutil.rmtree(folder)
    finally:
        lock.release()


def runs_to_prune(runs: Path, keep_days: int, *, now: datetime | None = None) -> tuple[str, ...]:
    """The runs that ended more than `keep_days` days ago. Those that have not ended, or cannot be read, are kept."""
    limit = (now or datetime.now(UTC)) - timedelta(days=keep_days)
    return tuple(run for run in runs_in(runs) if _ended_before(runs, run, limit))


def prune(runs: Path, keep_days: int, *, now: datetime | None = None) -> tuple[str, ...]:
    """Delete the runs that `runs_to_prune` names, and say which are gone. One that is in use is left. Blocking."""
    gone = []
    for run in runs_to_prune(runs, keep_days, now=now):
        try:
            delete_run(runs, run)
        except InputError:
            # Somebody is reading it, or has just deleted it: the next time will do.
            continue
        gone.append(run)
    return tuple(gone)


def _ended_before(runs: Path, run: str, limit: datetime) -> bool:
    try:
        ended = ended_at(runs, run)
        return ended is not None and datetime.fromisoformat(ended) < limit
    except (InputError, ValueError):
        return False

"""What may be deleted: runs that ended, when somebody says so or their time is over; never one that goes on."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harmonyguard.runs.journal import Journal
from harmonyguard.runs.lock import RunLock
from harmonyguard.runs.retention import delete_run, prune, runs_to_prune
from harmonyguard.steps import InputError

LATER = datetime.now(UTC) + timedelta(days=31)


async def _leave(runs: Path, run: str, *, finished: bool) -> None:
    journal = await Journal.create(runs, run)
    await journal.append("run_started", 0, {"run": run})
    if finished:
        await journal.append("finished", 1, {"outcome": "done"})
    await journal.close()


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    asyncio.run(_leave(tmp_path, "ended", finished=True))
    asyncio.run(_leave(tmp_path, "going", finished=False))
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "journal.db").write_text("no journal " * 500)
    return tmp_path


def left(runs: Path) -> list[str]:
    return sorted(path.name for path in runs.iterdir())


def test_only_runs_that_ended_long_ago_are_pruned(runs: Path) -> None:
    assert prune(runs, 30) == () and len(left(runs)) == 3
    assert runs_to_prune(runs, 32, now=LATER) == ()
    assert prune(runs, 30, now=LATER) == ("ended",)
    assert left(runs) == ["broken", "going"]


def test_a_run_that_is_being_worked_on_is_never_deleted(runs: Path) -> None:
    lock = RunLock(runs / "ended")
    try:
        assert prune(runs, 30, now=LATER) == ()
        with pytest.raises(InputError, match="being worked on"):
            delete_run(runs, "ended", unfinished=True)
    finally:
        lock.release()
    assert "ended" in left(runs)


def test_a_run_that_could_be_resumed_is_deleted_only_when_that_is_said(runs: Path) -> None:
    with pytest.raises(InputError, match="could be resumed"):
        delete_run(runs, "going")
    delete_run(runs, "going", unfinished=True)
    assert "going" not in left(runs)


@pytest.mark.parametrize("name", ["absent", "../ended", ".", "/tmp"])
def test_what_is_no_run_of_the_folder_is_not_touched(runs: Path, name: str) -> None:
    with pytest.raises(InputError):
        delete_run(runs / "ended", name)
    assert len(left(runs)) == 3


def test_a_link_to_a_folder_elsewhere_is_not_followed(runs: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    asyncio.run(_leave(elsewhere, "precious", finished=True))
    (runs / "link").symlink_to(elsewhere / "precious")
    with pytest.raises(InputError, match="link"):
        delete_run(runs, "link")
    assert prune(runs, 30, now=LATER) == ("ended",)
    assert (elsewhere / "precious" / "journal.db").is_file()

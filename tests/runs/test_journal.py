"""The journal keeps everything, in order, and lets nothing be changed or done twice."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from harmonyguard.runs.journal import AlreadyActedError, Journal, JournalEvent, read_journal
from harmonyguard.runs.redaction import Redactor
from harmonyguard.steps import GuardError, InputError


async def test_events_come_back_in_order(tmp_path: Path) -> None:
    heard: list[JournalEvent] = []
    journal = await Journal.create(tmp_path, "r1", listener=heard.append)
    await journal.append("run_started", 0, {"goal": "x"})
    await journal.append("proposed", 1, {"action": {"type": "scroll"}})
    await journal.close()
    events = read_journal(tmp_path, "r1")
    assert [(e.seq, e.step, e.kind) for e in events] == [(1, 0, "run_started"), (2, 1, "proposed")]
    assert list(events) == heard


@pytest.mark.parametrize("statement", ["DELETE FROM events", "UPDATE events SET payload = '{}'"])
async def test_what_is_written_stays(tmp_path: Path, statement: str) -> None:
    journal = await Journal.create(tmp_path, "r1")
    await journal.append("run_started", 0, {})
    with sqlite3.connect(journal.path) as connection, pytest.raises(sqlite3.IntegrityError, match="append only"):
        connection.execute(statement)
    assert len(await journal.events()) == 1


async def test_acting_is_unique_across_processes(tmp_path: Path) -> None:
    first = await Journal.create(tmp_path, "r1")
    second = await Journal.reopen(tmp_path, "r1")
    await first.append("acting", 1, {}, permit="a")
    for step, permit in ((1, "b"), (2, "a")):
        with pytest.raises(AlreadyActedError):
            await second.append("acting", step, {}, permit=permit)


async def test_a_run_is_created_once(tmp_path: Path) -> None:
    await Journal.create(tmp_path, "r1")
    with pytest.raises(GuardError, match="already"):
        await Journal.create(tmp_path, "r1")


@pytest.mark.parametrize("run", ["r9", "../r1", ""])
async def test_a_run_that_is_not_there(tmp_path: Path, run: str) -> None:
    with pytest.raises(InputError, match="no run"):
        await Journal.reopen(tmp_path, run)
    with pytest.raises(InputError, match="no run"):
        read_journal(tmp_path, run)


async def test_secrets_stay_out_of_the_file(tmp_path: Path) -> None:
    redactor = Redactor()
    redactor.learn("hunter22")
    journal = await Journal.create(tmp_path, "r1", redactor=redactor)
    token = "sk-" + "a1B2" * 8
    await journal.append(
        "proposed",
        1,
        {
            "text": f"typed hunter22, header Authorization: Bearer abcdefghijklmnop, {token}",
            "fields": {"Password": "xyzzy", "new password": "plugh", "name": "Ada"},
        },
    )
    await journal.close()
    raw = b"".join(path.read_bytes() for path in journal.folder.iterdir())
    for secret in (b"hunter22", b"abcdefghijklmnop", token.encode(), b"xyzzy", b"plugh"):
        assert secret not in raw
    assert b"Ada" in raw

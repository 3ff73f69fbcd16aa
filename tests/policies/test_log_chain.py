"""Nobody can change what the log says unnoticed: every edit and deletion of one row is found."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonyguard.policies.log import PolicyLog
from harmonyguard.policies.log_chain import check_chain
from harmonyguard.policies.log_events import Entry, Head, seal
from harmonyguard.steps import GuardError, canonical_json

from .log_examples import policy, reference

TABLE = "harmonyguard_policy_log"
TEXT_COLUMNS = ("kind", "actor", "at", "payload", "previous", "hash")


def _rows(count: int) -> tuple[list[dict], Head]:
    head, rows = Head(), []
    for number in range(count):
        entry = Entry(kind="policy_retired", payload={"policy_id": f"p-{number}", "reason": "superseded", "n": 1})
        event = seal(head, entry, actor="compliance", at="2026-03-01T12:00:00+00:00")
        rows.append({**event.to_json(), "payload": canonical_json(event.payload)})
        head = Head(seq=event.seq, hash=event.hash)
    return rows, head


@given(st.integers(0, 6))
def test_an_untouched_chain_is_sound(count: int) -> None:
    rows, head = _rows(count)
    found = check_chain(rows, head)
    assert (found.ok, found.events, found.head) == (True, count, head.hash)


@settings(max_examples=300)
@given(st.integers(1, 6), st.data())
def test_every_edit_of_one_row_is_found(count: int, data: st.DataObject) -> None:
    rows, head = _rows(count)
    at = data.draw(st.integers(0, count - 1))
    column = data.draw(st.sampled_from([*TEXT_COLUMNS, "seq"]))
    if column == "seq":
        edited: object = data.draw(st.integers(-2, 9).filter(lambda n: n != at + 1))
    else:
        old = rows[at][column]
        edited = data.draw(
            st.one_of(
                st.text(max_size=5),
                st.sampled_from([old + " ", " " + old, old.upper(), old[:-1], None, 7, old.encode()]),
                st.builds(lambda i, c: old[:i] + c + old[i + 1 :], st.integers(0, len(old) - 1), st.characters()),
            ).filter(lambda new: new != old)
        )
    rows[at][column] = edited
    found = check_chain(rows, head)
    assert not found.ok
    assert found.broken_at == at + 1


@given(st.integers(1, 6), st.data())
def test_every_deletion_of_one_row_is_found(count: int, data: st.DataObject) -> None:
    rows, head = _rows(count)
    at = data.draw(st.integers(0, count - 1))
    del rows[at]
    found = check_chain(rows, head)
    assert (found.ok, found.broken_at) == (False, at + 1)


@given(st.integers(2, 6), st.data())
def test_every_swap_of_two_rows_is_found(count: int, data: st.DataObject) -> None:
    rows, head = _rows(count)
    one, other = data.draw(st.lists(st.integers(0, count - 1), min_size=2, max_size=2, unique=True))
    rows[one], rows[other] = rows[other], rows[one]
    assert not check_chain(rows, head).ok


def test_a_log_that_was_rewritten_whole_is_found_by_a_head_noted_earlier() -> None:
    _, noted = _rows(4)
    rows, head = _rows(3)
    assert check_chain(rows, head, expected_head=rows[1]["hash"]).ok
    assert check_chain(rows, head).ok
    found = check_chain(rows, head, expected_head=noted.hash)
    assert "cut or rewritten" in (found.problem or "")


def _filled(book: str | Path) -> None:
    with PolicyLog.open(book) as log:
        log.add([policy("No refunds."), policy("No deletions.")], actor="compliance")
        log.record_reference(policy("No refunds.").id, reference("click Refund"), actor="run-1")


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET actor = 'me' WHERE seq = 2",
        f"DELETE FROM {TABLE} WHERE seq = 3",
        f"INSERT OR REPLACE INTO {TABLE} SELECT 2, kind, 'me', at, payload, 'x', 'y' FROM {TABLE} WHERE seq = 2",
        f"DELETE FROM {TABLE}_head",
        f"UPDATE {TABLE}_head SET seq = 1",
    ],
)
def test_sqlite_itself_refuses_to_change_what_is_written(tmp_path: Path, statement: str) -> None:
    _filled(tmp_path / "p.db")
    connection = sqlite3.connect(tmp_path / "p.db")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET actor = 'me' WHERE seq = 2",
        f"DELETE FROM {TABLE} WHERE seq = 3",
        f"TRUNCATE {TABLE}",
        f"DELETE FROM {TABLE}_head",
        f"UPDATE {TABLE}_head SET seq = 1",
    ],
)
def test_postgresql_itself_refuses_to_change_what_is_written(postgres_url: str, statement: str) -> None:
    _filled(postgres_url)
    with (
        psycopg.connect(postgres_url) as connection,
        pytest.raises(psycopg.errors.RaiseException, match="append-only"),
    ):
        connection.execute(statement)  # type: ignore[call-overload]


@pytest.mark.parametrize("seq", [1, 2, 3])
@pytest.mark.parametrize("deleted", [False, True])
def test_a_log_changed_behind_its_back_is_not_read(tmp_path: Path, seq: int, deleted: bool) -> None:
    book = tmp_path / "p.db"
    _filled(book)
    connection = sqlite3.connect(book)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    if not deleted:
        (payload,) = connection.execute(f"SELECT payload FROM {TABLE} WHERE seq = ?", (seq,)).fetchone()
        changed = canonical_json({**json.loads(payload), "policy_id": "p-mine"})
        connection.execute(f"UPDATE {TABLE} SET payload = ? WHERE seq = ?", (changed, seq))
    else:
        connection.execute(f"DELETE FROM {TABLE} WHERE seq = ?", (seq,))
    connection.commit()
    connection.close()
    with PolicyLog.open(book) as log:
        found = log.verify()
        assert (found.ok, found.broken_at) == (False, seq)
        with pytest.raises(GuardError, match=f"event {seq} "):
            log.book()
        with pytest.raises(GuardError, match=f"event {seq} "):
            log.add([policy("Be kind.")], actor="compliance")

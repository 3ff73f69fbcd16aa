"""A log that stays open: it reads only what is new, and believes nothing that was changed behind its back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonyguard.policies.log import PolicyLog
from harmonyguard.steps import GuardError

from .log_examples import policy, reference

TABLE = "harmonyguard_policy_log"
FIRST, SECOND, THIRD = policy("No refunds."), policy("No deletions."), policy("Be kind.")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    with PolicyLog.open(tmp_path / "p.db") as log:
        log.add([FIRST, SECOND], actor="compliance")
    return tmp_path / "p.db"


def _unlocked(book: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(book)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.commit()
    return connection


def _edit(connection: sqlite3.Connection, seq: int) -> None:
    connection.execute(f"UPDATE {TABLE} SET actor = 'me' WHERE seq = ?", (seq,))
    connection.commit()


def test_what_others_write_is_seen(any_book: str) -> None:
    with PolicyLog.open(any_book) as mine, PolicyLog.open(any_book) as theirs:
        mine.add([FIRST], actor="mine")
        theirs.add([SECOND], actor="theirs")
        assert len(mine.book().policies) == 2
        mine.add([THIRD], actor="mine")
        assert theirs.book() == mine.book()
        assert theirs.verify().ok


def test_a_row_that_is_edited_later_is_never_believed_and_found_by_verify(book: Path) -> None:
    with PolicyLog.open(book) as log:
        before = log.book()
        connection = _unlocked(book)
        _edit(connection, 1)
        connection.close()
        assert log.book() == before
        found = log.verify()
        assert (found.ok, found.broken_at) == (False, 1)
        with pytest.raises(GuardError, match="event 1 "):
            log.history()
    with PolicyLog.open(book) as log, pytest.raises(GuardError, match="event 1 "):
        log.book()


def test_a_new_row_that_is_edited_is_not_read(book: Path) -> None:
    with PolicyLog.open(book) as log, PolicyLog.open(book) as theirs:
        log.book()
        theirs.add([THIRD], actor="theirs")
        connection = _unlocked(book)
        _edit(connection, 3)
        connection.close()
        with pytest.raises(GuardError, match="event 3 "):
            log.book()
        with pytest.raises(GuardError, match="event 3 "):
            log.add([policy("Ask first.")], actor="mine")


def test_a_log_that_is_cut_or_exchanged_while_it_is_open_is_not_read(book: Path, tmp_path: Path) -> None:
    with PolicyLog.open(book) as log:
        log.book()
        with PolicyLog.open(tmp_path / "other.db") as other:
            other.add([THIRD, FIRST, SECOND], actor="somebody")
            other.close()
        connection = _unlocked(book)
        connection.execute(f"DELETE FROM {TABLE}")
        connection.execute("ATTACH ? AS other", (str(tmp_path / "other.db"),))
        connection.execute(f"INSERT INTO {TABLE} SELECT * FROM other.{TABLE}")
        connection.execute(f"DELETE FROM {TABLE}_head")
        connection.execute(f"INSERT INTO {TABLE}_head SELECT * FROM other.{TABLE}_head")
        connection.commit()
        connection.close()
        assert log.verify().ok
        with pytest.raises(GuardError, match="cut or rewritten"):
            log.book()


def test_what_makes_no_sense_is_not_remembered(book: Path) -> None:
    with PolicyLog.open(book) as log:
        before = log.book()
        with pytest.raises(GuardError, match=r"event 3 .* is missing"):
            connection = _unlocked(book)
            connection.execute(f"UPDATE {TABLE}_head SET seq = 3, hash = 'f'")
            connection.commit()
            connection.close()
            log.book()
        connection = sqlite3.connect(book)
        head = connection.execute(f"SELECT hash FROM {TABLE} WHERE seq = 2").fetchone()
        connection.execute(f"UPDATE {TABLE}_head SET seq = 2, hash = ?", head)
        connection.commit()
        connection.close()
        assert log.book() == before


@settings(max_examples=20)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from("abcdef"), st.sampled_from(["low", "high"])), max_size=8))
def test_reading_on_gives_what_reading_anew_gives(tmp_path_factory: pytest.TempPathFactory, steps: list) -> None:
    book = tmp_path_factory.mktemp("book") / "p.db"
    with PolicyLog.open(book) as mine, PolicyLog.open(book) as theirs:
        for is_mine, quote, risk in steps:
            writer = mine if is_mine else theirs
            writer.add([policy(quote, risk_level=risk)], actor="a")
            writer.record_reference(policy(quote).id, reference(f"click {quote}"), actor="r")
            with PolicyLog.open(book) as anew:
                assert mine.state() == theirs.state() == anew.state()

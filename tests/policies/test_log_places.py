"""Where a log can be kept, and one clear line where it cannot."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from harmonyguard.policies.log import PolicyLog
from harmonyguard.steps import InputError

from .log_examples import policy


def _refusal(book: str | Path, *, create: bool = True) -> str:
    with pytest.raises(InputError) as caught:
        PolicyLog.open(book, create=create)
    line = str(caught.value)
    assert "\n" not in line
    return line


def test_folders_are_made_and_sqlite_writes_ahead(tmp_path: Path) -> None:
    book = tmp_path / "new" / "folder" / "policies.db"
    with PolicyLog.open(book) as log:
        log.add([policy("No refunds.")], actor="a")
    connection = sqlite3.connect(book)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    with PolicyLog.open(f"sqlite:///{book}", create=False) as log:
        assert len(log.book().policies) == 1


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    assert "cannot be written" in _refusal(tmp_path / "file" / "policies.db")
    assert "is a folder" in _refusal(tmp_path)
    assert "file path" in _refusal("")
    assert "file path" in _refusal(":memory:")


def test_a_file_that_is_not_a_database_is_left_as_it_is(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("# Notes\n" * 200)
    assert "file is not a database" in _refusal(notes)
    assert notes.read_text() == "# Notes\n" * 200


def test_a_database_of_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE tickets (id INTEGER)")
    connection.close()
    before = other.read_bytes()
    assert "something else" in _refusal(other)
    assert other.read_bytes() == before


def test_a_book_that_must_be_there_is_not_made(tmp_path: Path) -> None:
    assert "harmonyguard ingest" in _refusal(tmp_path / "typo.db", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_book_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    book = tmp_path / "p.db"
    PolicyLog.open(book).close()
    connection = sqlite3.connect(book)
    connection.execute("UPDATE harmonyguard_policy_log_head SET seq = 1, format = 99")
    connection.commit()
    connection.close()
    assert "newer HarmonyGuard" in _refusal(book)


@pytest.mark.parametrize("url", ["mysql://user:hunter2@host/db", "https://host/book", "sqlite://", "ftp://x"])
def test_an_unknown_url_scheme(url: str) -> None:
    assert f"{url.partition('://')[0]}://" in _refusal(url)
    assert "hunter2" not in _refusal(url)


def test_a_postgresql_server_that_is_not_there(tmp_path: Path) -> None:
    line = _refusal(f"postgresql://user:hunter2@/book?host={tmp_path}")
    assert "cannot be reached" in line
    assert "hunter2" not in line


def test_a_postgresql_database_without_a_book(postgres_url: str) -> None:
    assert "there is no policy book" in _refusal(postgres_url, create=False)
    PolicyLog.open(postgres_url).close()
    PolicyLog.open(postgres_url, create=False).close()

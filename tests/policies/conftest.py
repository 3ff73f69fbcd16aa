"""A fresh policy log for each test, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from harmonyguard.policies.log import PolicyLog

START_SECONDS = 180


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a running PostgreSQL server, whose data lie in a temporary folder."""
    from pgserver import postgres_server

    control = postgres_server.pg_ctl  # pyright: ignore[reportPrivateImportUsage]

    def patient_control(arguments: list[str], **options: Any) -> str:
        return control(arguments, **{**options, "timeout": START_SECONDS})

    with pytest.MonkeyPatch.context() as patch:
        # It gives a server ten seconds to start, which a busy machine does not keep.
        patch.setattr(postgres_server, "pg_ctl", patient_control)
        patch.setenv("PGCTLTIMEOUT", str(START_SECONDS))
        server = postgres_server.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """The URL of a schema with nothing in it."""
    # A schema and not a database: those are slow to make, and fail while an autovacuum reads the template.
    name = f"book_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
    return f"{postgres_server}&options=-csearch_path%3D{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def any_book(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a log can be kept: each kind of database in turn."""
    return str(tmp_path / "policies.db") if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture
def sqlite_log(tmp_path: Path) -> Iterator[PolicyLog]:
    """An empty log in a SQLite file."""
    with PolicyLog.open(tmp_path / "policies.db") as log:
        yield log


@pytest.fixture
def any_log(any_book: str) -> Iterator[PolicyLog]:
    """An empty log on each kind of database."""
    with PolicyLog.open(any_book) as log:
        yield log

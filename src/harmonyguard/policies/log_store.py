"""Where the policy log lies: SQL tables that can only grow, in a SQLite file or a PostgreSQL database."""

from __future__ import annotations

import re
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    NullPool,
    Table,
    Text,
    create_engine,
    event,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from harmonyguard.steps import InputError

from .log_events import GENESIS

FORMAT = 1
BUSY_SECONDS = 30.0
"""How long a writer waits for another one before it gives up."""

WRITES = "harmonyguard_writes"
"""Execution option of a connection that is going to write: it takes SQLite's write lock at once."""
OUTSIDE_TRANSACTION = "harmonyguard_outside_transaction"

metadata = MetaData()
EVENTS = Table(
    "harmonyguard_policy_log",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("previous", Text, nullable=False, unique=True),
    Column("hash", Text, nullable=False, unique=True),
)
HEAD = Table(
    "harmonyguard_policy_log_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    Column("format", Integer, nullable=False),
)

# A second lock beside the hash chain: an honest program cannot change what is written, even by mistake.
_SQLITE_LOCKS = (
    """CREATE TRIGGER harmonyguard_policy_log_update BEFORE UPDATE ON harmonyguard_policy_log
       BEGIN SELECT RAISE(ABORT, 'the policy log is append-only'); END""",
    """CREATE TRIGGER harmonyguard_policy_log_delete BEFORE DELETE ON harmonyguard_policy_log
       BEGIN SELECT RAISE(ABORT, 'the policy log is append-only'); END""",
    # INSERT OR REPLACE removes a row without firing a DELETE trigger.
    """CREATE TRIGGER harmonyguard_policy_log_insert BEFORE INSERT ON harmonyguard_policy_log
       WHEN NEW.seq <> COALESCE((SELECT MAX(seq) FROM harmonyguard_policy_log), 0) + 1
       BEGIN SELECT RAISE(ABORT, 'the policy log is append-only'); END""",
    """CREATE TRIGGER harmonyguard_policy_log_head_delete BEFORE DELETE ON harmonyguard_policy_log_head
       BEGIN SELECT RAISE(ABORT, 'the policy log is append-only'); END""",
    """CREATE TRIGGER harmonyguard_policy_log_head_update BEFORE UPDATE ON harmonyguard_policy_log_head
       WHEN NEW.seq <= OLD.seq OR NEW.id <> OLD.id
       BEGIN SELECT RAISE(ABORT, 'the policy log is append-only'); END""",
)
_POSTGRES_LOCKS = (
    """CREATE OR REPLACE FUNCTION harmonyguard_policy_log_locked() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the policy log is append-only'; END $$""",
    """CREATE TRIGGER harmonyguard_policy_log_change BEFORE UPDATE OR DELETE OR TRUNCATE ON harmonyguard_policy_log
       FOR EACH STATEMENT EXECUTE FUNCTION harmonyguard_policy_log_locked()""",
    """CREATE TRIGGER harmonyguard_policy_log_head_removed BEFORE DELETE OR TRUNCATE ON harmonyguard_policy_log_head
       FOR EACH STATEMENT EXECUTE FUNCTION harmonyguard_policy_log_locked()""",
    """CREATE TRIGGER harmonyguard_policy_log_head_back BEFORE UPDATE ON harmonyguard_policy_log_head
       FOR EACH ROW WHEN (NEW.seq <= OLD.seq OR NEW.id <> OLD.id)
       EXECUTE FUNCTION harmonyguard_policy_log_locked()""",
)
_POSTGRES_CREATION_LOCK = 4_873_120_226


class MissingBook(InputError):
    """There is no policy book yet at the place that was named."""


def open_store(book: str | Path, *, create: bool) -> Engine:
    """An engine on the log at `book`, whose tables are there.

    Raises InputError, in one line and without a password, when it cannot be used.
    """
    url = _url(book)
    shown = url.render_as_string(hide_password=True) if url.drivername != "sqlite" else str(url.database)
    engine = _sqlite(url, shown, create=create) if url.drivername == "sqlite" else _postgres(url, shown)
    try:
        _prepare(engine, shown, create=create)
    except DBAPIError as error:
        engine.dispose()
        raise InputError(f"{_trouble(engine, shown)}: {str(error.orig).strip().splitlines()[0]}") from None
    except InputError:
        engine.dispose()
        raise
    return engine


def _url(book: str | Path) -> URL:
    name = str(book)
    if not name or name == ":memory:":
        raise InputError("the policy book needs a file path or a postgresql:// URL")
    if not re.match(r"^[A-Za-z][A-Za-z0-9+.-]*://", name):
        return URL.create("sqlite", database=name)
    try:
        url = make_url(name)
    except (ArgumentError, ValueError):
        raise InputError("the policy book's URL cannot be read: postgresql://user@host/database is expected") from None
    scheme = url.drivername.partition("+")[0]
    if scheme == "sqlite" and url.database and url.database != ":memory:":
        return URL.create("sqlite", database=url.database)
    if scheme in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    raise InputError(f"a policy book cannot be kept at {scheme}://: give a file path or a postgresql:// URL")


def _sqlite(url: URL, shown: str, *, create: bool) -> Engine:
    path = Path(str(url.database))
    try:
        if path.is_dir():
            raise InputError(f"the policy book {shown} is a folder: give a file path")
        if not create and not path.is_file():
            raise MissingBook(f"there is no policy book at {shown}: make one with `harmonyguard ingest`")
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"the policy book {shown} cannot be written: {error.strerror}") from None
    # No pool: a connection that a forked process or another thread inherits would share SQLite's locks.
    engine = create_engine(url, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _: Any) -> None:
        # Transactions begin where this module says so, not at sqlite3's first INSERT.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get(OUTSIDE_TRANSACTION):
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(WRITES) else "BEGIN")

    return engine


def _postgres(url: URL, shown: str) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except (ImportError, NoSuchModuleError):
        raise InputError(f"{shown} needs a PostgreSQL driver: pip install 'harmonyguard[postgres]'") from None


def _prepare(engine: Engine, shown: str, *, create: bool) -> None:
    """Make the tables if there are none, once even when several processes open the log at the same time."""
    with engine.connect() as connection:
        missing = _missing(connection, shown)
    if missing and not create:
        raise MissingBook(f"there is no policy book at {shown}: make one with `harmonyguard ingest`")
    if missing and engine.dialect.name == "sqlite":
        _use_write_ahead_log(engine)
    with engine.connect().execution_options(**({WRITES: True} if missing else {})) as connection, connection.begin():
        if missing and engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRES_CREATION_LOCK})
        if missing and _missing(connection, shown):
            metadata.create_all(connection)
            connection.execute(insert(HEAD).values(id=1, seq=0, hash=GENESIS, format=FORMAT))
            for statement in _SQLITE_LOCKS if engine.dialect.name == "sqlite" else _POSTGRES_LOCKS:
                connection.exec_driver_sql(statement)
        written_as = connection.execute(select(HEAD.c.format)).scalar()
    if written_as is not None and written_as > FORMAT:
        raise InputError(f"the policy book {shown} was written by a newer HarmonyGuard: update this one")


def _missing(connection: Connection, shown: str) -> bool:
    tables = set(inspect(connection).get_table_names())
    if HEAD.name not in tables and tables and connection.dialect.name == "sqlite":
        raise InputError(f"{shown} is a database of something else, not a policy book")
    return HEAD.name not in tables


def _use_write_ahead_log(engine: Engine) -> None:
    # SQLite does not wait for its lock here, so two processes that open a new log would fail each other.
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            with engine.connect().execution_options(**{OUTSIDE_TRANSACTION: True}) as connection:
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            return
        except OperationalError as error:
            if "locked" not in str(error.orig) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _trouble(engine: Engine, shown: str) -> str:
    verb = "opened" if engine.dialect.name == "sqlite" else "reached"
    return f"the policy book {shown} cannot be {verb}"

"""Reading and appending rows of the policy log, each in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import DBAPIError, OperationalError

from harmonyguard.steps import GuardError, HarmonyGuardError, InputError, canonical_json

from .log_events import Head, LogEvent
from .log_store import EVENTS, HEAD, WRITES

AT_ONCE = 500
"""Rows fetched at a time: a long log is never held in memory as rows."""

Row = Mapping[str, Any]


@contextmanager
def rows_after(engine: Engine, seq: int, *, until: int | None = None) -> Iterator[tuple[Head, Iterator[Row]]]:
    """Where the log ends, and its rows after number `seq` (up to `until`) in order, as of one moment.

    Raises GuardError when they cannot be read.
    """
    chosen = select(EVENTS).where(EVENTS.c.seq > seq).order_by(EVENTS.c.seq)
    if until is not None:
        chosen = chosen.where(EVENTS.c.seq <= until)
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                # One snapshot for both selects; a SQLite transaction is one anyway.
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                head = _head(connection)
                found = connection.execution_options(yield_per=AT_ONCE).execute(chosen)
                yield head, ({**row} for row in found.mappings())
    except DBAPIError as error:
        raise GuardError(f"the policy log cannot be read: {_first_line(error)}") from error


def append_rows(engine: Engine, head: Head, events: Sequence[LogEvent]) -> bool:
    """Append `events` if the log still ends at `head`; False, with nothing written, if it does not.

    Raises InputError when the log is read-only, GuardError when it cannot be written for another reason.
    """
    last = events[-1]
    move = update(HEAD).where(HEAD.c.id == 1, HEAD.c.hash == head.hash).values(seq=last.seq, hash=last.hash)
    try:
        with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            # The head moves first: of two writers one waits here, then finds that it has moved.
            if connection.execute(move).rowcount != 1:
                return False
            connection.execute(insert(EVENTS), [_row(event) for event in events])
    except DBAPIError as error:
        raise _write_error(error) from error
    return True


def _head(connection: Connection) -> Head:
    row = connection.execute(select(HEAD.c.seq, HEAD.c.hash).where(HEAD.c.id == 1)).one_or_none()
    if row is None:
        raise GuardError("the policy log is damaged: it does not say where it ends")
    return Head(seq=row.seq, hash=row.hash)


def _row(event: LogEvent) -> dict[str, Any]:
    return {**event.to_json(), "payload": canonical_json(event.payload)}


def _write_error(error: DBAPIError) -> HarmonyGuardError:
    line = _first_line(error)
    if isinstance(error, OperationalError) and "readonly" in line:
        return InputError("the policy book is read-only: nothing was written")
    return GuardError(f"the policy log cannot be written: {line}")


def _first_line(error: DBAPIError) -> str:
    return (str(error.orig).strip().splitlines() or ["unknown error"])[0]

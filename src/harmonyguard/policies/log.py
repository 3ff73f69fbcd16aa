"""The policy log: an append-only, hash-chained table of everything that was decided about policies.

The book in force is folded from it, so history, comparison and time travel come for free. The API is
synchronous: call it from async code through `asyncio.to_thread`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import DBAPIError, OperationalError

from harmonyguard.steps import GuardError, HarmonyGuardError, InputError, canonical_json

from . import changes
from . import publish as publishing
from .book import PolicyBook
from .case import PolicyCase
from .fold import LogState, fold
from .log_chain import Verification, check_chain, read_chain
from .log_events import Entry, Head, LogConflict, LogEvent, independent, seal
from .log_store import EVENTS, HEAD, WRITES, open_store
from .policy import Policy, Reference
from .publish import Edition, Publication
from .reading import DocumentReading

ATTEMPTS = 200
"""How often a change is planned anew because somebody else wrote first. Each time somebody got on with it."""

Plan = Callable[[LogState], tuple[Entry, ...]]


def utc_now() -> datetime:
    """The clock that events are stamped with."""
    return datetime.now(UTC)


class PolicyLog:
    """The log at `book`: a path (SQLite file, made when missing) or a PostgreSQL URL.

    Every change names its `actor` and is one transaction: it is written whole or not at all. Changes are
    planned on what was read and written only if nobody wrote meanwhile; else they are planned again.
    Raises InputError when `book` cannot be used, GuardError when the log is damaged or cannot be written.
    """

    def __init__(self, book: str | Path, *, create: bool = True, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine = open_store(book, create=create)
        self._clock = clock

    @classmethod
    def open(cls, book: str | Path, *, create: bool = True) -> Self:
        """The log at `book`. With `create=False` a missing one is an InputError, not a new empty log."""
        return cls(book, create=create)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Reading

    def book(self, *, on: date | None = None) -> PolicyBook:
        """The policies in force on day `on` (default: today in UTC)."""
        return self.state().book(on)

    def book_at(self, seq: int, *, on: date | None = None) -> PolicyBook:
        """The book as it was right after event `seq` (0: before the first)."""
        return self.state(at=seq).book(on)

    def state(self, *, at: int | None = None) -> LogState:
        """All that the log says, retired and proposed policies included, now or right after event `at`."""
        return fold(self.history(until=at))

    def history(self, policy_id: str | None = None, *, until: int | None = None) -> tuple[LogEvent, ...]:
        """The events in order, each checked against the hash chain; those of one policy when it is named."""
        rows, head = self._rows(until)
        if until is not None and not 0 <= until <= head.seq:
            raise InputError(f"the policy log has no event {until}: it ends at event {head.seq}")
        events = read_chain(rows, head if until is None else None)
        return tuple(event for event in events if policy_id is None or event.policy_id == policy_id)

    def head(self) -> Head:
        """Number and hash of the last event. Kept elsewhere, the hash proves the log up to there."""
        with self._engine.connect() as connection:
            return _head(connection)

    def verify(self, *, expected_head: str | None = None) -> Verification:
        """Check every event. `expected_head` is a head noted earlier: without it, a log that somebody with
        write access to the database rewrote from start to end looks sound."""
        try:
            rows, head = self._rows(None)
        except GuardError as error:
            return Verification(ok=False, events=0, head=Head().hash, broken_at=None, problem=str(error))
        return check_chain(rows, head, expected_head=expected_head)

    # Changing

    def append(self, entries: Sequence[Entry], *, actor: str, expected_head: str | None = None) -> tuple[LogEvent, ...]:
        """Write `entries`, decided on a log that ended at hash `expected_head` (default: wherever it ends).

        Events written since then are let stand when they are about other policies. Raises LogConflict, with
        nothing written, when they are not, and GuardError when the events make no sense after each other.
        """

        def plan(state: LogState) -> tuple[Entry, ...]:
            if expected_head is not None and expected_head != state.head.hash:
                _check_independent(entries, self.history(until=state.head.seq), expected_head)
            return tuple(entries)

        return self._change(plan, actor)

    def add(self, policies: Iterable[Policy], *, actor: str) -> tuple[LogEvent, ...]:
        """Put policies in; what is there unchanged is left alone."""
        given = tuple(policies)
        return self._change(lambda state: changes.add(state, given), actor)

    def publish(
        self, document: str, policies: Iterable[Policy], *, actor: str, reading: DocumentReading | None = None
    ) -> Publication:
        """Make the log hold `policies` for `document`: adds, revises and retires what differs.

        `reading` says which edition was read by what; in `state().readings` it tells later that nothing changed.
        """
        edition = Edition(document=document, policies=tuple(policies), reading=reading)
        return self.publish_all([edition], actor=actor)[0]

    def publish_all(self, editions: Iterable[Edition], *, actor: str) -> tuple[Publication, ...]:
        """`publish` for several documents, all of them or none, in this order."""
        given = tuple(editions)
        done: list[Publication] = []

        def plan(state: LogState) -> tuple[Entry, ...]:
            done.clear()
            planned: list[Entry] = []
            for edition in given:
                entries, publication = publishing.publish(state, edition.document, edition.policies, edition.reading)
                # Two documents may share a policy: each is published on what the one before it left.
                state = fold(self._sealed(state.head, entries, actor), state)
                planned += entries
                done.append(publication)
            return tuple(planned)

        self._change(plan, actor)
        return tuple(done)

    def retire(self, policy_id: str, *, actor: str, reason: str) -> tuple[LogEvent, ...]:
        """Take a policy out of force for good; a later edition of its document does not bring it back."""
        return self._change(lambda state: changes.retire(state, policy_id, reason=reason), actor)

    def propose(self, policy: Policy, *, actor: str) -> tuple[LogEvent, ...]:
        """Put a policy up for decision. It is not in force."""
        return self._change(lambda state: changes.propose(state, policy), actor)

    def accept(self, policy_id: str, *, actor: str, version: str | None = None) -> tuple[LogEvent, ...]:
        """Put a proposal in force. `version` is the one that was shown; a changed proposal is refused."""
        return self._change(lambda state: changes.accept(state, policy_id, version=version), actor)

    def reject(self, policy_id: str, *, actor: str, reason: str, version: str | None = None) -> tuple[LogEvent, ...]:
        """Turn a proposal down."""
        return self._change(lambda state: changes.reject(state, policy_id, reason=reason, version=version), actor)

    def record_reference(self, policy_id: str, reference: Reference, *, actor: str) -> bool:
        """Keep a violation that was seen. False when one like it is kept already."""
        return bool(self._change(lambda state: changes.record_reference(state, policy_id, reference), actor))

    def record_case(self, case: PolicyCase, *, actor: str) -> bool:
        """Keep an act that its policy must catch or let pass. False when it is kept already."""
        return bool(self._change(lambda state: changes.record_case(state, case), actor))

    def grant_exemption(
        self, policy_id: str, *, actor: str, reason: str, until: date | None = None
    ) -> tuple[LogEvent, ...]:
        """Put on record that somebody was let off a policy. It changes no book."""
        return self._change(lambda s: changes.grant_exemption(s, policy_id, reason=reason, until=until), actor)

    # The transaction

    def _change(self, plan: Plan, actor: str) -> tuple[LogEvent, ...]:
        if not actor.strip():
            raise InputError("a change to the policy log needs an actor: who decided it?")
        for _ in range(ATTEMPTS):
            state = self.state()
            entries = plan(state)
            events = self._sealed(state.head, entries, actor)
            fold(events, state)
            if not events or self._write(state.head, events):
                return events
        raise LogConflict(f"the policy log changed {ATTEMPTS} times while it was being written: nothing was written")

    def _sealed(self, head: Head, entries: Iterable[Entry], actor: str) -> tuple[LogEvent, ...]:
        at = self._clock().astimezone(UTC).isoformat(timespec="microseconds")
        events: list[LogEvent] = []
        for entry in entries:
            events.append(seal(head, entry, actor=actor, at=at))
            head = Head(seq=events[-1].seq, hash=events[-1].hash)
        return tuple(events)

    def _write(self, head: Head, events: Sequence[LogEvent]) -> bool:
        """Append `events` if the log still ends at `head`; False, with nothing written, if it does not."""
        last = events[-1]
        move = update(HEAD).where(HEAD.c.id == 1, HEAD.c.hash == head.hash).values(seq=last.seq, hash=last.hash)
        try:
            with self._engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
                # The head moves first: of two writers one waits here, then finds that it has moved.
                if connection.execute(move).rowcount != 1:
                    return False
                connection.execute(insert(EVENTS), [_row(event) for event in events])
        except DBAPIError as error:
            raise _write_error(error) from error
        return True

    def _rows(self, until: int | None) -> tuple[list[dict[str, Any]], Head]:
        chosen = select(EVENTS).order_by(EVENTS.c.seq)
        if until is not None:
            chosen = chosen.where(EVENTS.c.seq <= until)
        try:
            with self._engine.connect() as connection:
                if connection.dialect.name == "postgresql":
                    # One snapshot for both selects; a SQLite transaction is one anyway.
                    connection = connection.execution_options(isolation_level="REPEATABLE READ")
                with connection.begin():
                    return [{**row} for row in connection.execute(chosen).mappings()], _head(connection)
        except DBAPIError as error:
            raise GuardError(f"the policy log cannot be read: {_first_line(error)}") from error


def _head(connection: Connection) -> Head:
    row = connection.execute(select(HEAD.c.seq, HEAD.c.hash).where(HEAD.c.id == 1)).one_or_none()
    if row is None:
        raise GuardError("the policy log is damaged: it does not say where it ends")
    return Head(seq=row.seq, hash=row.hash)


def _row(event: LogEvent) -> dict[str, Any]:
    return {**event.to_json(), "payload": canonical_json(event.payload)}


def _check_independent(entries: Sequence[Entry], events: Sequence[LogEvent], expected_head: str) -> None:
    known = [Head().hash, *(event.hash for event in events)]
    if expected_head not in known:
        raise InputError("the expected head was never a head of this policy log")
    for event in events[known.index(expected_head) :]:
        if any(not independent(entry, event) for entry in entries):
            raise LogConflict(
                f"{event.subject} was changed meanwhile ({event.kind}, event {event.seq}): nothing was written"
            )


def _write_error(error: DBAPIError) -> HarmonyGuardError:
    line = _first_line(error)
    if isinstance(error, OperationalError) and "readonly" in line:
        return InputError("the policy book is read-only: nothing was written")
    return GuardError(f"the policy log cannot be written: {line}")


def _first_line(error: DBAPIError) -> str:
    return (str(error.orig).strip().splitlines() or ["unknown error"])[0]

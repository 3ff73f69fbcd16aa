"""The policy log: an append-only, hash-chained table of everything that was decided about policies.

The book in force is folded from it, so history, comparison and time travel come for free. The API is
synchronous: call it from async code through `asyncio.to_thread`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self

from harmonyguard.steps import GuardError, InputError

from . import changes
from . import publish as publishing
from .book import PolicyBook
from .case import PolicyCase
from .changes import Handling
from .fold import LogState, fold
from .log_chain import Verification, check_chain, read_chain
from .log_events import Entry, Head, LogConflict, LogEvent, independent, seal
from .log_rows import append_rows, rows_after
from .log_store import open_store
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

    An open log remembers what it read and checked, and reads only what was written since: a row that was edited
    later is not read again, so it is not believed either. `verify` and `history` always read every row.
    Raises InputError when `book` cannot be used, GuardError when the log is damaged or cannot be written.
    """

    def __init__(self, book: str | Path, *, create: bool = True, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine = open_store(book, create=create)
        self._clock = clock
        self._known = LogState()

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
        if at is None:
            return self._read_on()
        with rows_after(self._engine, 0, until=at) as (end, rows):
            _check_reached(at, end)
            return fold(read_chain(rows))

    def history(self, policy_id: str | None = None, *, until: int | None = None) -> tuple[LogEvent, ...]:
        """The events in order, each checked against the hash chain; those of one policy when it is named."""
        with rows_after(self._engine, 0, until=until) as (end, rows):
            _check_reached(until, end)
            events = read_chain(rows, end=end if until is None else None)
            return tuple(event for event in events if policy_id is None or event.policy_id == policy_id)

    def head(self) -> Head:
        """Number and hash of the last event. Kept elsewhere, the hash proves the log up to there."""
        with rows_after(self._engine, 0, until=0) as (end, _):
            return end

    def verify(self, *, expected_head: str | None = None) -> Verification:
        """Check every row, whatever was read before.

        `expected_head` is a head noted earlier: without it, a log that somebody with write access to the database
        rewrote from start to end looks sound.
        """
        try:
            with rows_after(self._engine, 0) as (end, rows):
                found = check_chain(rows, end, expected_head=expected_head)
            if found.ok:
                # Events may be sealed well and still make no sense after each other.
                self.state(at=found.events)
        except GuardError as error:
            return Verification(ok=False, events=0, head=Head().hash, broken_at=None, problem=str(error))
        return found

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

    def handle(self, policy_id: str, handling: Handling, *, actor: str) -> tuple[LogEvent, ...]:
        """Set owner, enforcement or dates of a policy; what is not given stays."""
        return self._change(lambda state: changes.handle(state, policy_id, handling), actor)

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
        self, policy_id: str, *, actor: str, owner: str, reason: str, until: date | None
    ) -> tuple[LogEvent, ...]:
        """Record a policy and do not enforce it, up to and with day `until` (None: without an end).

        `owner` answers for it. It takes the place of an earlier exemption from the same policy.
        """
        if until is not None and until < self._clock().astimezone(UTC).date():
            raise InputError(f"an exemption until {until} would be over already")
        return self._change(
            lambda state: changes.grant_exemption(state, policy_id, owner=owner, reason=reason, until=until), actor
        )

    def withdraw_exemption(self, policy_id: str, *, actor: str, reason: str) -> tuple[LogEvent, ...]:
        """Enforce a policy again at once."""
        return self._change(lambda state: changes.withdraw_exemption(state, policy_id, reason=reason), actor)

    # The transaction

    def _read_on(self) -> LogState:
        """What is known, and what was written since. Raises GuardError when the one does not follow the other."""
        known = self._known
        try:
            with rows_after(self._engine, known.head.seq) as (end, rows):
                self._known = fold(read_chain(rows, start=known.head, end=end), known)
        except GuardError:
            if known.head == Head():
                raise
            self.history()
            raise GuardError("the policy log is not the one that was read before: it was cut or rewritten") from None
        return self._known

    def _change(self, plan: Plan, actor: str) -> tuple[LogEvent, ...]:
        if not actor.strip():
            raise InputError("a change to the policy log needs an actor: who decided it?")
        for _ in range(ATTEMPTS):
            state = self._read_on()
            events = self._sealed(state.head, plan(state), actor)
            after = fold(events, state)
            if not events:
                return events
            if append_rows(self._engine, state.head, events):
                self._known = after
                return events
        raise LogConflict(f"the policy log changed {ATTEMPTS} times while it was being written: nothing was written")

    def _sealed(self, head: Head, entries: Iterable[Entry], actor: str) -> tuple[LogEvent, ...]:
        at = self._clock().astimezone(UTC).isoformat(timespec="microseconds")
        events: list[LogEvent] = []
        for entry in entries:
            events.append(seal(head, entry, actor=actor, at=at))
            head = Head(seq=events[-1].seq, hash=events[-1].hash)
        return tuple(events)


def _check_reached(seq: int | None, end: Head) -> None:
    if seq is not None and not 0 <= seq <= end.seq:
        raise InputError(f"the policy log has no event {seq}: it ends at event {end.seq}")


def _check_independent(entries: Sequence[Entry], events: Sequence[LogEvent], expected_head: str) -> None:
    known = [Head().hash, *(event.hash for event in events)]
    if expected_head not in known:
        raise InputError("the expected head was never a head of this policy log")
    for event in events[known.index(expected_head) :]:
        if any(not independent(entry, event) for entry in entries):
            raise LogConflict(
                f"{event.subject} was changed meanwhile ({event.kind}, event {event.seq}): nothing was written"
            )

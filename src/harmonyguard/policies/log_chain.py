"""Checking the hash chain of the policy log: a pure function over stored rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from harmonyguard.steps import GuardError, Record

from .log_events import GENESIS, Head, LogEvent, chain_hash


class Verification(Record):
    """What a check of the whole log found.

    `head` is the hash of the last sound event: kept outside the database, it proves every event up to it.
    `broken_at` is the number of the first event that is edited, missing or not sealed by its hash.
    """

    ok: bool
    events: int
    head: str
    broken_at: int | None = None
    problem: str | None = None


def read_row(row: Mapping[str, Any], previous: Head) -> LogEvent:
    """The event in a stored row that must follow `previous`.

    Raises GuardError, saying what is wrong, when the row is not the one that was written there.
    """
    seq = previous.seq + 1
    if row["seq"] != seq:
        raise GuardError(f"event {seq} of the policy log is missing")
    text = row["payload"]
    try:
        event = LogEvent.model_validate({**row, "payload": json.loads(text)}, strict=True)
        # The text that is stored is what was sealed: one JSON document, so it can stand for nothing else.
        expected = chain_hash(previous.hash, seq=seq, kind=event.kind, actor=event.actor, at=event.at, payload=text)
    except (TypeError, ValueError, ValidationError) as error:
        raise GuardError(f"event {seq} of the policy log cannot be read") from error
    if event.previous != previous.hash:
        raise GuardError(f"event {seq} of the policy log does not follow the event before it")
    if event.hash != expected:
        raise GuardError(f"event {seq} of the policy log was edited")
    return event


def read_chain(
    rows: Iterable[Mapping[str, Any]], *, start: Head | None = None, end: Head | None = None
) -> Iterator[LogEvent]:
    """The events of `rows`, which follow `start` (default: the beginning), each checked against its hash.

    `end` is what the log says is its last event; None when only a beginning was read. Raises GuardError.
    """
    head = Head() if start is None else start
    for row in rows:
        event = read_row(row, head)
        head = Head(seq=event.seq, hash=event.hash)
        yield event
    if end is not None and head != end:
        raise _cut(head, end)


def check_chain(
    rows: Iterable[Mapping[str, Any]], end: Head | None, *, expected_head: str | None = None
) -> Verification:
    """Check every row. `expected_head` is a head noted earlier, which the log must have passed through."""
    head = Head()
    passed = {GENESIS}
    try:
        for row in rows:
            event = read_row(row, head)
            head = Head(seq=event.seq, hash=event.hash)
            passed.add(event.hash)
    except GuardError as error:
        return Verification(ok=False, events=head.seq, head=head.hash, broken_at=head.seq + 1, problem=str(error))
    problem = None
    if end is not None and end != head:
        problem = str(_cut(head, end))
    elif expected_head is not None and expected_head not in passed:
        problem = "the policy log does not hold the head that was noted earlier: it was cut or rewritten"
    return Verification(
        ok=problem is None,
        events=head.seq,
        head=head.hash,
        broken_at=None if problem is None else head.seq + 1,
        problem=problem,
    )


def _cut(head: Head, end: Head) -> GuardError:
    return GuardError(f"event {head.seq + 1} of the policy log is missing: it says that it ends at event {end.seq}")

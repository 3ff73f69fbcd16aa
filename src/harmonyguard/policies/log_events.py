"""The events of the policy log, and the hash chain that ties each one to all before it."""

from __future__ import annotations

import hashlib
from typing import Any, Literal, get_args

from harmonyguard.steps import GuardError, Record, canonical_json

EventKind = Literal[
    "policy_added",
    "policy_revised",
    "policy_retired",
    "reference_recorded",
    "proposal_accepted",
    "proposal_rejected",
    "exemption_granted",
    "exemption_withdrawn",
    "case_recorded",
    "document_read",
]
"""
policy_added        `policy` comes into the log (again), active or as a proposal; `document`, `replaces`
policy_revised      `policy` takes the place of the one with its id; `document`, `extracted`
policy_retired      `policy_id` is no longer in force; `reason`, `document` when a new edition dropped it
reference_recorded  a violation was seen: `reference`
proposal_accepted   the proposal `policy_id`, as of `version`, becomes active
proposal_rejected   the proposal `policy_id`, as of `version`, is turned down; `reason`
exemption_granted   `policy_id` is not enforced for a time: `owner`, `reason`, `until`; replaces an earlier one
exemption_withdrawn the exemption from `policy_id` ends at once; `reason`
case_recorded       an act that `policy_id` must catch or let pass: `case`; one of the same act is replaced
document_read       the document `uri` was read: `sha256`, `engine`

Every payload names its policy in `policy_id`, but for `document_read`, which is about no policy.
"""

OUTSIDE_ENFORCEMENT: frozenset[EventKind] = frozenset({"reference_recorded", "case_recorded"})
"""Kinds of events that change nothing of what is enforced."""

EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)

GENESIS = "0" * 64
"""What the first event names as its previous hash."""


class LogConflict(GuardError):
    """Somebody else changed the same policy meanwhile. Nothing was written: read again and decide again."""


class Entry(Record):
    """An event that is not in the log yet."""

    kind: EventKind
    payload: dict[str, Any]

    @property
    def policy_id(self) -> str | None:
        """The policy that it is about; None when it is about a document."""
        return self.payload.get("policy_id")

    @property
    def subject(self) -> str:
        """What it is about, as people read it: a policy or a document."""
        return _subject(self.payload)


class LogEvent(Record):
    """One event of the log. `at` is UTC in ISO 8601; `seq` counts from 1; `hash` seals it and all before it."""

    seq: int
    kind: EventKind
    actor: str
    at: str
    payload: dict[str, Any]
    previous: str
    hash: str

    @property
    def policy_id(self) -> str | None:
        """The policy that it is about; None when it is about a document."""
        return self.payload.get("policy_id")

    @property
    def subject(self) -> str:
        """What it is about, as people read it: a policy or a document."""
        return _subject(self.payload)


class Head(Record):
    """The end of the log: number and hash of its last event. The hash, kept elsewhere, proves the whole log."""

    seq: int = 0
    hash: str = GENESIS


def chain_hash(previous: str, *, seq: int, kind: str, actor: str, at: str, payload: str) -> str:
    """SHA-256 (hex) over the previous hash and the canonical JSON of this event; `payload` is JSON already."""
    rest = canonical_json({"actor": actor, "at": at, "kind": kind})
    event = f'{rest[:-1]},"payload":{payload},"seq":{seq}}}'
    return hashlib.sha256(f"{previous}\n{event}".encode()).hexdigest()


def seal(head: Head, entry: Entry, *, actor: str, at: str) -> LogEvent:
    """The event that follows `head`."""
    seq = head.seq + 1
    payload = canonical_json(entry.payload)
    digest = chain_hash(head.hash, seq=seq, kind=entry.kind, actor=actor, at=at, payload=payload)
    return LogEvent(
        seq=seq, kind=entry.kind, actor=actor, at=at, payload=entry.payload, previous=head.hash, hash=digest
    )


def independent(entry: Entry, event: LogEvent) -> bool:
    """True when `entry` means the same before and after `event`.

    A recorded violation or case is outside of what is enforced, so it never stands in the way of a decision.
    """
    return not OUTSIDE_ENFORCEMENT.isdisjoint((entry.kind, event.kind)) or entry.subject != event.subject


def _subject(payload: dict[str, Any]) -> str:
    return f"policy {payload['policy_id']}" if "policy_id" in payload else f"document {payload.get('uri')}"

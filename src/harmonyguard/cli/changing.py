"""What the commands that change the policy book share: opening it, and telling what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harmonyguard.policies.log import PolicyLog
    from harmonyguard.policies.log_events import LogEvent


def open_book(book: str) -> PolicyLog:
    """The log of a book that is there. Raises InputError when it is not."""
    from harmonyguard.policies.log import PolicyLog

    return PolicyLog.open(book, create=False)


def changed(log: PolicyLog, policy_id: str, events: Sequence[LogEvent], words: str, *, as_json: bool) -> int:
    """Tell what was written, and which book that makes. Returns the exit code."""
    from .output import emit_json, paragraph

    version = log.book().version
    if as_json:
        numbers = [event.seq for event in events]
        emit_json({"policy": policy_id, "events": numbers, "head": log.head().hash, "book_version": version})
    elif events:
        paragraph(f"{words} Event {events[-1].seq} of the log; the book is now version {version[:12]}.")
    else:
        paragraph(f"Nothing to change: that is how it is already. Book version {version[:12]}.")
    return 0

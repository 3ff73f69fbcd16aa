"""Several real processes write one log at the same moment, and nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from harmonyguard.policies.log import PolicyLog

from .log_examples import NOW, policy

WRITER = """
import json, sys
from harmonyguard.policies.case import PolicyCase
from harmonyguard.policies.log import PolicyLog
from harmonyguard.policies.policy import Policy, Reference
from harmonyguard.policies.reading import DocumentReading

book, name, given = sys.argv[1:]
policies = [Policy.model_validate(p) for p in json.loads(given)]
print("ready", flush=True)
sys.stdin.readline()
log = PolicyLog.open(book)
for number, policy in enumerate(policies):
    log.add([policy], actor=name)
    reference = Reference(run=name, step=number, act=f"{name} {number}" * 9, reason=name, seen_at="2026-03-01")
    log.record_reference(policy.id, reference, actor=name)
    case = PolicyCase.of(policy.id, expect="caught", origin="violation", row={"id": "1", "goal": name})
    log.record_case(case, actor=name)
    log.grant_exemption(policy.id, owner=name, reason="why", until=None, actor=name)
    reading = DocumentReading(uri=name, sha256="a" * 64, engine=f"offline {number}")
    log.publish(name, policies[:number + 1], actor=name, reading=reading)
"""
COUNT = 8
KINDS = ("policy_added", "reference_recorded", "case_recorded", "exemption_granted", "document_read")


@contextmanager
def _writer(book: str, name: str) -> Iterator[subprocess.Popen[str]]:
    policies = [policy(f"{name} must not do {number}.", document=name).to_json() for number in range(COUNT)]
    command = [sys.executable, "-c", WRITER, book, name, json.dumps(policies)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        yield process


def _write_at_once(book: str) -> None:
    with _writer(book, "Alpha") as one, _writer(book, "Beta") as other:
        for process in (one, other):
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in (one, other):
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in (one, other):
            _, problems = process.communicate(timeout=120)
            assert process.returncode == 0, problems


def test_two_processes_that_open_and_write_a_new_log_at_once_lose_nothing(any_book: str) -> None:
    _write_at_once(any_book)
    with PolicyLog.open(any_book, create=False) as log:
        assert log.verify().ok
        book = log.book()
        assert len(book.policies) == 2 * COUNT
        assert all(len(p.references) == 1 for p in book.policies)
        assert len(log.state().cases) == len(book.exemptions) == 2 * COUNT
        events = log.history()
    for name in ("Alpha", "Beta"):
        for kind in KINDS:
            assert sum((event.actor, event.kind) == (name, kind) for event in events) == COUNT, (name, kind)


def test_a_change_decided_on_an_old_log_is_decided_again(tmp_path: Path) -> None:
    limit, deletion = policy("No refunds."), policy("No deletions.")
    theirs = PolicyLog.open(tmp_path / "p.db")
    times: list[datetime] = []

    def clock_that_lets_another_writer_in() -> datetime:
        # The clock is read after the plan was made and before it is written.
        if not times:
            theirs.publish("handbook.md", [limit], actor="theirs")
        times.append(NOW)
        return NOW

    mine = PolicyLog(tmp_path / "p.db", clock=clock_that_lets_another_writer_in)
    done = mine.publish("handbook.md", [limit, deletion], actor="mine")
    assert done.unchanged == (limit.id,)
    assert done.added == (deletion.id,)
    assert [event.actor for event in mine.history()] == ["theirs", "mine"]
    assert mine.verify().ok

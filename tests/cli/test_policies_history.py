"""What was changed, by whom, and whether anybody changed the record: history, diff and verify."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from harmonyguard.cli.words.difference_words import word_changes
from harmonyguard.policies.case import PolicyCase
from harmonyguard.policies.log import PolicyLog
from harmonyguard.policies.policy import Reference
from harmonyguard.policies.reading import DocumentReading

from .conftest import Harmonyguard
from .test_policies_decide import BOOK, DELETION, TODAY, policy

LIMIT = policy("Agents must not refund more than 100 dollars.")
HIGHER = policy("Agents must not refund more than 200 dollars.", edition="b")
READING = DocumentReading(uri="desk.md", sha256="a" * 64, engine="offline 0.1.0")
REFERENCE = Reference(run="run-1", step=1, act="click Delete", reason="no consent", seen_at="2026-03-01")


@pytest.fixture
def log(harmonyguard: Harmonyguard) -> Iterator[PolicyLog]:
    """Two editions of a document, in the folder of the command line: events 1 to 3, and 4 to 6."""
    with PolicyLog.open(BOOK) as log:
        log.publish("desk.md", [LIMIT, DELETION], actor="ingest", reading=READING)
        log.publish("desk.md", [HIGHER, policy(DELETION.clause, edition="b")], actor="ingest")
        yield log


def test_a_reworded_clause_is_shown_word_by_word(
    harmonyguard: Harmonyguard, log: PolicyLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ended = harmonyguard("policies", "diff", "3")
    assert "Agents must not refund more than [-100-] {+200+} dollars." in ended.out
    assert all(len(line) <= 80 for line in ended.out.splitlines())
    found = harmonyguard("policies", "diff", "3", "now", "--json").json
    assert [(pair["before"]["id"], pair["after"]["id"]) for pair in found["reworded"]] == [(LIMIT.id, HIGHER.id)]
    assert [policy["id"] for policy in found["cited_again"]] == [DELETION.id]
    assert (found["added"], found["revised"], found["retired"]) == ([], [], [])
    assert found["to"]["version"] == log.book().version
    back = harmonyguard("policies", "diff", "now", "3", "--json").json
    assert [(pair["before"]["id"], pair["after"]["id"]) for pair in back["reworded"]] == [(HIGHER.id, LIMIT.id)]


def test_a_revision_is_shown_field_by_field(harmonyguard: Harmonyguard, log: PolicyLog) -> None:
    before = log.head().seq
    log.handle(DELETION.id, {"owner": "Desk", "enforcement": "warn"}, actor="compliance")
    (revised,) = harmonyguard("policies", "diff", str(before), "--json").json["revised"]
    assert revised["changes"] == [
        {"field": "enforcement", "before": "enforce", "after": "warn"},
        {"field": "owner", "before": None, "after": "Desk"},
    ]
    assert "owner: none -> Desk" in harmonyguard("policies", "diff", str(before)).out


def test_days_to_come_show_what_dates_change(harmonyguard: Harmonyguard, log: PolicyLog) -> None:
    tomorrow = TODAY + timedelta(days=1)
    log.handle(DELETION.id, {"expires": TODAY}, actor="compliance")
    log.grant_exemption(HIGHER.id, actor="legal", owner="Finance", reason="goodwill", until=TODAY)
    found = harmonyguard("policies", "diff", "now", str(tomorrow), "--json").json
    assert [policy["id"] for policy in found["retired"]] == [DELETION.id]
    assert [change["field"] for change in found["revised"][0]["changes"]] == ["enforcement", "exemption"]
    yesterday = datetime.now(UTC).date() - timedelta(days=2)
    assert len(harmonyguard("policies", "diff", str(yesterday), "--json").json["added"]) == 2
    same = harmonyguard("policies", "diff", "now", "now")
    assert (same.code, "same policies" in same.out) == (0, True)


@pytest.mark.parametrize("wrong", ["99", "yesterday", "-1", "2026-13-01"])
def test_a_state_that_is_none_is_bad_input(harmonyguard: Harmonyguard, log: PolicyLog, wrong: str) -> None:
    assert harmonyguard("policies", "diff", "--", wrong).code == 2


def test_history_tells_every_kind_of_event(harmonyguard: Harmonyguard, log: PolicyLog) -> None:
    log.propose(policy("Be kind."), actor="harmonyguard")
    log.reject(policy("Be kind.").id, actor="compliance", reason="too vague")
    log.propose(policy("Ask first."), actor="harmonyguard")
    log.accept(policy("Ask first.").id, actor="compliance")
    log.record_reference(HIGHER.id, REFERENCE, actor="run-1")
    log.record_case(PolicyCase.of(HIGHER.id, expect="caught", origin="violation", row={"id": "1"}), actor="run-1")
    log.grant_exemption(HIGHER.id, actor="legal", owner="Finance", reason="goodwill", until=None)
    log.withdraw_exemption(HIGHER.id, actor="legal", reason="misused")
    events = log.history()
    ended = harmonyguard("policies", "history")
    assert ended.code == 0, ended.err
    assert len({event.kind for event in events}) == 10
    words = " ".join(ended.out.split())
    for told in ("too", "accepted", "violation", "goodwill", "withdrawn", "takes", "read by offline", "revised"):
        assert told in words, told
    document = harmonyguard("policies", "history", "--json").json
    assert [event["seq"] for event in document["events"]] == [event.seq for event in events]
    last = harmonyguard("policies", "history", "--last", "2")
    assert f"last 2 of {len(events)}" in last.err
    assert "withdrawn" in last.out
    assert "too vague" not in last.out


def test_history_of_one_policy_is_its_own(harmonyguard: Harmonyguard, log: PolicyLog) -> None:
    log.handle(DELETION.id, {"owner": "Desk"}, actor="compliance")
    events = harmonyguard("policies", "history", DELETION.id, "--json").json["events"]
    assert [event["kind"] for event in events] == ["policy_added", "policy_revised", "policy_revised"]
    ended = harmonyguard("policies", "history", DELETION.id)
    assert "none -> Desk" in " ".join(ended.out.split())


def test_verify_prints_a_head_that_proves_the_log_later(harmonyguard: Harmonyguard, log: PolicyLog) -> None:
    noted = harmonyguard("policies", "verify", "--json").json["head"]
    assert noted in harmonyguard("policies", "verify").out
    log.retire(DELETION.id, actor="legal", reason="superseded")
    assert harmonyguard("policies", "verify", "--expected-head", noted).code == 0
    ended = harmonyguard("policies", "verify", "--expected-head", "f" * 64)
    assert (ended.code, "cut or rewritten" in " ".join(ended.out.split())) == (1, True)
    assert harmonyguard("policies", "verify", "--expected-head", "abc").code == 2


@pytest.mark.parametrize("deleted", [False, True])
def test_verify_says_where_a_log_is_damaged(harmonyguard: Harmonyguard, log: PolicyLog, deleted: bool) -> None:
    connection = sqlite3.connect(BOOK)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    table = "harmonyguard_policy_log"
    connection.execute(
        f"DELETE FROM {table} WHERE seq = 2" if deleted else f"UPDATE {table} SET actor = 'me' WHERE seq = 2"
    )
    connection.commit()
    connection.close()
    ended = harmonyguard("policies", "verify")
    assert (ended.code, "event 2 of the policy log" in " ".join(ended.out.split())) == (1, True)
    found = harmonyguard("policies", "verify", "--json")
    assert (found.code, found.json["ok"], found.json["broken_at"]) == (1, False, 2)
    assert harmonyguard("policies", "list").code == 3


def test_words_that_changed_are_marked() -> None:
    assert word_changes("a b c", "a c") == "a [-b-] c"
    assert word_changes("a c", "a b c") == "a {+b+} c"
    assert word_changes("", "a") == "{+a+}"
    assert word_changes("a b", "a b") == "a b"

"""The policy log through its public interface, on SQLite and PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonyguard.policies.log import PolicyLog
from harmonyguard.policies.log_events import Entry, LogConflict
from harmonyguard.steps import GuardError, InputError

from .log_examples import NOW, policy, reference

REFUNDS = policy("Agents must not refund more than 100 dollars.")
DELETION = policy("Agents must not delete tickets.", risk_level="low")


def test_what_is_added_is_in_the_book_of_the_next_reader(any_book: str) -> None:
    with PolicyLog.open(any_book) as log:
        log.add([REFUNDS, DELETION], actor="compliance")
        book = log.book()
    with PolicyLog.open(any_book, create=False) as log:
        assert log.book() == book
        assert {p.id for p in book.policies} == {REFUNDS.id, DELETION.id}
        assert log.verify().ok


def test_adding_the_same_again_leaves_no_trace(any_log: PolicyLog) -> None:
    any_log.add([REFUNDS], actor="compliance")
    head = any_log.head()
    assert any_log.add([REFUNDS], actor="somebody else") == ()
    assert any_log.head() == head


def test_every_event_says_who_and_when(tmp_path: Path) -> None:
    log = PolicyLog(tmp_path / "p.db", clock=lambda: NOW)
    log.add([REFUNDS], actor="compliance")
    log.retire(REFUNDS.id, actor="legal", reason="superseded")
    assert [(e.seq, e.kind, e.actor) for e in log.history()] == [
        (1, "policy_added", "compliance"),
        (2, "policy_retired", "legal"),
    ]
    assert log.history()[0].at == "2026-03-01T12:00:00.000000+00:00"
    with pytest.raises(InputError, match="actor"):
        log.add([DELETION], actor=" ")


def test_time_travel_gives_each_book_as_it_was(any_log: PolicyLog) -> None:
    books = [any_log.book()]
    any_log.add([REFUNDS], actor="a")
    books.append(any_log.book())
    any_log.add([DELETION], actor="a")
    books.append(any_log.book())
    any_log.retire(REFUNDS.id, actor="a", reason="superseded")
    books.append(any_log.book())
    assert [any_log.book_at(seq) for seq in range(4)] == books
    with pytest.raises(InputError, match="no event 9"):
        any_log.book_at(9)


def test_history_can_be_that_of_one_policy(sqlite_log: PolicyLog) -> None:
    sqlite_log.add([REFUNDS, DELETION], actor="a")
    sqlite_log.retire(DELETION.id, actor="a", reason="superseded")
    assert [e.kind for e in sqlite_log.history(DELETION.id)] == ["policy_added", "policy_retired"]


def test_references_are_few_recent_and_outside_of_the_version(any_log: PolicyLog) -> None:
    any_log.add([REFUNDS, DELETION], actor="a")
    version = any_log.book().version
    acts = ["click Delete", "press Enter on Remove", "drag to bin", "open admin panel", "close everything", "wipe it"]
    for act in acts:
        assert any_log.record_reference(DELETION.id, reference(act, reason=act[::-1]), actor="run-1")
    book = any_log.book()
    assert [r.act for r in book.get(DELETION.id).references] == acts[-5:]
    assert book.version == version


def test_a_reference_like_one_that_is_kept_is_skipped(sqlite_log: PolicyLog) -> None:
    sqlite_log.add([REFUNDS], actor="a")
    assert sqlite_log.record_reference(REFUNDS.id, reference("click Refund 250 dollars on ticket 17"), actor="r")
    assert not sqlite_log.record_reference(REFUNDS.id, reference("Click refund 250 dollars on ticket 18"), actor="r")
    assert sqlite_log.head().seq == 2
    with pytest.raises(InputError, match="p-unknown"):
        sqlite_log.record_reference("p-unknown", reference("x"), actor="r")


@pytest.mark.parametrize(("risk", "limit"), [("low", 5), ("medium", 7), ("high", 10)])
def test_the_risk_level_bounds_the_references(sqlite_log: PolicyLog, risk: str, limit: int) -> None:
    risky = REFUNDS.model_copy(update={"risk_level": risk})
    sqlite_log.add([risky], actor="a")
    for number in range(12):
        sqlite_log.record_reference(risky.id, reference(chr(97 + number) * 30, chr(65 + number) * 30), actor="r")
    assert len(sqlite_log.book().get(risky.id).references) == limit


def test_references_survive_a_revision(sqlite_log: PolicyLog) -> None:
    sqlite_log.add([REFUNDS], actor="a")
    sqlite_log.record_reference(REFUNDS.id, reference("click Refund"), actor="r")
    sqlite_log.add([REFUNDS.model_copy(update={"owner": "Finance"})], actor="a")
    revised = sqlite_log.book().get(REFUNDS.id)
    assert revised.owner == "Finance"
    assert len(revised.references) == 1


def test_a_proposal_is_in_force_only_once_it_is_accepted(any_log: PolicyLog) -> None:
    any_log.propose(REFUNDS, actor="harmonyguard")
    assert any_log.book().policies == ()
    shown = any_log.state().policies[REFUNDS.id].policy.version
    with pytest.raises(InputError, match="changed since it was shown"):
        any_log.accept(REFUNDS.id, actor="compliance", version="another")
    any_log.accept(REFUNDS.id, actor="compliance", version=shown)
    assert any_log.book().get(REFUNDS.id) == REFUNDS
    with pytest.raises(InputError, match="only a proposal"):
        any_log.accept(REFUNDS.id, actor="compliance")


def test_a_rejected_proposal_does_not_come_back(sqlite_log: PolicyLog) -> None:
    sqlite_log.propose(REFUNDS, actor="harmonyguard")
    sqlite_log.reject(REFUNDS.id, actor="compliance", reason="too wide")
    assert sqlite_log.propose(REFUNDS, actor="harmonyguard") == ()
    assert sqlite_log.book().policies == ()


def test_a_proposal_cannot_take_a_policy_out_of_force(sqlite_log: PolicyLog) -> None:
    sqlite_log.add([REFUNDS], actor="a")
    with pytest.raises(InputError, match="in force"):
        sqlite_log.propose(REFUNDS.model_copy(update={"enforcement": "audit"}), actor="harmonyguard")
    assert sqlite_log.book().get(REFUNDS.id) == REFUNDS


def _retire(policy_id: str) -> Entry:
    return Entry(kind="policy_retired", payload={"policy_id": policy_id, "reason": "superseded"})


def test_append_lets_events_about_other_policies_stand(any_log: PolicyLog) -> None:
    any_log.add([REFUNDS, DELETION], actor="a")
    seen = any_log.head()
    any_log.retire(DELETION.id, actor="b", reason="superseded")
    any_log.record_reference(REFUNDS.id, reference("click Refund"), actor="r")
    any_log.append([_retire(REFUNDS.id)], actor="a", expected_head=seen.hash)
    assert any_log.book().policies == ()
    assert any_log.head().seq == 5


def test_append_refuses_when_the_same_policy_was_changed_meanwhile(any_log: PolicyLog) -> None:
    any_log.add([REFUNDS], actor="a")
    seen = any_log.head()
    any_log.add([REFUNDS.model_copy(update={"owner": "Finance"})], actor="b")
    now = any_log.head()
    with pytest.raises(LogConflict, match=REFUNDS.id):
        any_log.append([_retire(REFUNDS.id)], actor="a", expected_head=seen.hash)
    assert any_log.head() == now


def test_append_refuses_events_that_make_no_sense(sqlite_log: PolicyLog) -> None:
    with pytest.raises(GuardError, match="makes no sense"):
        sqlite_log.append([_retire("p-unknown")], actor="a")
    with pytest.raises(InputError, match="never a head"):
        sqlite_log.append([_retire("p-unknown")], actor="a", expected_head="f" * 64)
    assert sqlite_log.head().seq == 0

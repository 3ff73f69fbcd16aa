"""Cases of policies and readings of documents, kept in the log beside the policies."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from harmonyguard.policies.case import PolicyCase
from harmonyguard.policies.log import PolicyLog
from harmonyguard.policies.log_events import Entry, LogConflict
from harmonyguard.policies.reading import DocumentReading
from harmonyguard.steps import GuardError, InputError

from .log_examples import HANDBOOK, policy

REFUNDS = policy("Agents must not refund more than 100 dollars.")
ROW = {"id": "r-1", "goal": "Refund order 7", "action": {"type": "click", "element_text": "Refund 250 dollars"}}
READING = DocumentReading(uri=HANDBOOK, sha256="a" * 64, engine="offline 0.1.0")


def case(**changes: Any) -> PolicyCase:
    fields: dict[str, Any] = {"expect": "caught", "origin": "violation", "row": ROW}
    return PolicyCase.of(REFUNDS.id, **{**fields, **changes})


def test_a_case_is_kept_once_and_outside_of_the_version(any_log: PolicyLog) -> None:
    any_log.add([REFUNDS], actor="a")
    version = any_log.book().version
    assert any_log.record_case(case(note="seen in run 1"), actor="run-1")
    assert not any_log.record_case(case(row={**ROW, "id": "another name"}), actor="run-2")
    (kept,) = any_log.state().cases[REFUNDS.id]
    assert (kept.expect, kept.row, kept.note) == ("caught", ROW, "seen in run 1")
    assert any_log.book().version == version
    assert any_log.verify().ok
    assert [event.kind for event in any_log.history(REFUNDS.id)] == ["policy_added", "case_recorded"]


def test_a_person_corrects_a_case_and_no_program_corrects_a_person(sqlite_log: PolicyLog) -> None:
    sqlite_log.add([REFUNDS], actor="a")
    sqlite_log.record_case(case(), actor="run-1")
    assert sqlite_log.record_case(case(expect="passes", origin="false_block"), actor="compliance")
    assert not sqlite_log.record_case(case(), actor="run-2")
    assert [c.expect for c in sqlite_log.state().cases[REFUNDS.id]] == ["passes"]
    assert sqlite_log.record_case(case(origin="person"), actor="legal")
    assert [c.expect for c in sqlite_log.state().cases[REFUNDS.id]] == ["caught"]


def test_a_case_belongs_to_a_policy_and_brings_none(sqlite_log: PolicyLog) -> None:
    with pytest.raises(InputError, match=REFUNDS.id):
        sqlite_log.record_case(case(), actor="a")
    with pytest.raises(ValidationError, match="holds policies"):
        case(row={**ROW, "policies": []})
    with pytest.raises(ValidationError, match="not the id"):
        PolicyCase.model_validate({**case().to_json(), "policy_id": "p-other"})
    sqlite_log.add([REFUNDS, policy("Be kind.")], actor="a")
    entry = Entry(kind="case_recorded", payload={"policy_id": policy("Be kind.").id, "case": case().to_json()})
    with pytest.raises(GuardError, match="makes no sense"):
        sqlite_log.append([entry], actor="a")


def test_a_reading_is_kept_with_its_policies_and_only_when_it_is_another(any_log: PolicyLog) -> None:
    any_log.publish(HANDBOOK, [REFUNDS], actor="ingest", reading=READING)
    assert any_log.state().readings == {HANDBOOK: READING}
    head = any_log.head()
    any_log.publish(HANDBOOK, [REFUNDS], actor="ingest", reading=READING)
    assert any_log.head() == head
    newer = READING.model_copy(update={"engine": "offline 0.2.0"})
    any_log.publish(HANDBOOK, [REFUNDS], actor="ingest", reading=newer)
    assert any_log.state().readings == {HANDBOOK: newer}
    assert any_log.state(at=head.seq).readings == {HANDBOOK: READING}
    assert [event.policy_id for event in any_log.history()] == [REFUNDS.id, None, None]
    assert [event.kind for event in any_log.history(REFUNDS.id)] == ["policy_added"]
    assert any_log.verify().ok


def test_a_reading_of_another_document_is_refused(sqlite_log: PolicyLog) -> None:
    with pytest.raises(InputError, match=r"other\.md"):
        sqlite_log.publish(HANDBOOK, [REFUNDS], actor="a", reading=READING.model_copy(update={"uri": "other.md"}))
    assert sqlite_log.head().seq == 0


def test_readings_and_cases_stand_in_the_way_of_nothing_else(sqlite_log: PolicyLog) -> None:
    sqlite_log.publish(HANDBOOK, [REFUNDS], actor="ingest", reading=READING)
    seen = sqlite_log.head()
    sqlite_log.record_case(case(), actor="run-1")
    sqlite_log.publish(
        HANDBOOK, [REFUNDS], actor="ingest", reading=READING.model_copy(update={"engine": "offline 0.2.0"})
    )
    retirement = Entry(kind="policy_retired", payload={"policy_id": REFUNDS.id, "reason": "superseded"})
    sqlite_log.append([retirement], actor="a", expected_head=seen.hash)
    with pytest.raises(LogConflict, match=f"document {HANDBOOK}"):
        sqlite_log.append([Entry(kind="document_read", payload=READING.to_json())], actor="a", expected_head=seen.hash)

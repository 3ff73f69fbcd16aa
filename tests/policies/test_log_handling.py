"""Owner, enforcement and dates, which people set beside a policy's text."""

from __future__ import annotations

from datetime import date

import pytest

from harmonyguard.policies.log import PolicyLog
from harmonyguard.steps import InputError

from .log_examples import HANDBOOK, policy

REFUNDS = policy("Agents must not refund more than 100 dollars.")


def test_handling_is_in_the_book_and_survives_new_editions(any_log: PolicyLog) -> None:
    any_log.publish(HANDBOOK, [REFUNDS], actor="ingest")
    handling = {"owner": "Finance", "enforcement": "warn"}
    any_log.handle(REFUNDS.id, {"owner": "Finance", "enforcement": "warn"}, actor="compliance")
    any_log.handle(REFUNDS.id, {"expires": date(2026, 12, 31)}, actor="compliance")
    any_log.publish(HANDBOOK, [policy(REFUNDS.clause, edition="b")], actor="ingest")
    kept = any_log.book(on=date(2026, 12, 31)).get(REFUNDS.id)
    assert {name: getattr(kept, name) for name in handling} == handling
    assert kept.sources[0].sha256 == "b" * 64
    assert any_log.book(on=date(2027, 1, 1)).policies == ()


def test_handling_can_be_taken_back(sqlite_log: PolicyLog) -> None:
    sqlite_log.publish(HANDBOOK, [REFUNDS], actor="ingest")
    sqlite_log.handle(REFUNDS.id, {"owner": "Finance"}, actor="compliance")
    assert sqlite_log.handle(REFUNDS.id, {"owner": "Finance"}, actor="compliance") == ()
    sqlite_log.handle(REFUNDS.id, {"owner": None}, actor="compliance")
    assert sqlite_log.book().get(REFUNDS.id) == REFUNDS


def test_handling_that_makes_no_sense_is_refused(sqlite_log: PolicyLog) -> None:
    sqlite_log.publish(HANDBOOK, [REFUNDS], actor="ingest")
    sqlite_log.handle(REFUNDS.id, {"effective_from": date(2026, 5, 1)}, actor="compliance")
    with pytest.raises(InputError, match="expire on 2026-04-30, before"):
        sqlite_log.handle(REFUNDS.id, {"expires": date(2026, 4, 30)}, actor="compliance")
    sqlite_log.retire(REFUNDS.id, actor="legal", reason="superseded")
    with pytest.raises(InputError, match="retired"):
        sqlite_log.handle(REFUNDS.id, {"owner": "Finance"}, actor="compliance")

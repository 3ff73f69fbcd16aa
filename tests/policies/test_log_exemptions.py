"""For a time a policy is recorded and not enforced: granted, over by itself, withdrawn."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.exemption import Exemption
from harmonyguard.policies.log import PolicyLog
from harmonyguard.steps import InputError

from .log_examples import NOW, policy

REFUNDS = policy("Agents must not refund more than 100 dollars.")
DELETION = policy("Agents must not delete tickets.", enforcement="warn")
TODAY = NOW.date()
LAST = date(2026, 3, 7)


@pytest.fixture
def log(tmp_path: Path) -> PolicyLog:
    """A log with two policies, on 1 March 2026."""
    log = PolicyLog(tmp_path / "p.db", clock=lambda: NOW)
    log.add([REFUNDS, DELETION], actor="compliance")
    return log


def test_an_exempt_policy_is_recorded_and_not_enforced_until_its_last_day(log: PolicyLog) -> None:
    before = log.book(on=TODAY)
    log.grant_exemption(REFUNDS.id, actor="legal", owner="Finance", reason="goodwill week", until=LAST)
    book = log.book(on=LAST)
    assert book.get(REFUNDS.id).enforcement == "audit"
    assert book.get(DELETION.id) == DELETION
    assert book.version != before.version
    exemption = book.exemption(REFUNDS.id)
    assert exemption is not None
    assert (exemption.owner, exemption.granted_by, exemption.until) == ("Finance", "legal", LAST)
    assert exemption.words == "exempt until 2026-03-07, Finance answers for it: goodwill week"
    assert log.book(on=LAST + timedelta(days=1)) == before
    assert log.book(on=TODAY - timedelta(days=1)) == before
    assert log.book_at(3, on=LAST) == book


def test_an_exemption_can_be_withdrawn_and_granted_anew(log: PolicyLog) -> None:
    before = log.book(on=TODAY)
    log.grant_exemption(REFUNDS.id, actor="legal", owner="Finance", reason="goodwill week", until=None)
    assert log.book(on=date(2099, 1, 1)).exemption(REFUNDS.id) is not None
    log.grant_exemption(REFUNDS.id, actor="legal", owner="Finance", reason="shorter", until=LAST)
    assert log.book(on=date(2099, 1, 1)) == before
    log.withdraw_exemption(REFUNDS.id, actor="legal", reason="misused")
    assert log.book(on=TODAY) == before
    with pytest.raises(InputError, match="no exemption"):
        log.withdraw_exemption(REFUNDS.id, actor="legal", reason="misused")
    assert [event.kind for event in log.history(REFUNDS.id)][1:] == [
        "exemption_granted",
        "exemption_granted",
        "exemption_withdrawn",
    ]


def test_an_exemption_that_says_too_little_is_refused(log: PolicyLog) -> None:
    for owner, reason, until, problem in [
        (" ", "why", LAST, "owner"),
        ("Finance", "", LAST, "reason"),
        ("Finance", "why", date(2026, 2, 28), "over already"),
    ]:
        with pytest.raises(InputError, match=problem):
            log.grant_exemption(REFUNDS.id, actor="legal", owner=owner, reason=reason, until=until)
    log.retire(DELETION.id, actor="legal", reason="superseded")
    with pytest.raises(InputError, match="retired"):
        log.grant_exemption(DELETION.id, actor="legal", owner="Finance", reason="why", until=LAST)


def test_a_book_cannot_name_an_exemption_and_enforce_the_policy() -> None:
    book = PolicyBook.of([REFUNDS], on=TODAY)
    exemption = Exemption(
        policy_id=REFUNDS.id, owner="Finance", reason="why", until=None, granted_by="legal", granted_at=NOW.isoformat()
    )
    with pytest.raises(ValidationError, match="exempt and enforced"):
        PolicyBook(policies=book.policies, version=book.version, exemptions=(exemption,))


@given(st.integers(0, 40), st.integers(-5, 45))
def test_an_exemption_changes_the_book_on_its_days_and_on_no_others(length: int, day: int) -> None:
    exemption = Exemption(
        policy_id=REFUNDS.id,
        owner="Finance",
        reason="why",
        until=TODAY + timedelta(days=length),
        granted_by="legal",
        granted_at=NOW.isoformat(),
    )
    on = TODAY + timedelta(days=day)
    exempt = PolicyBook.of([REFUNDS, DELETION], on=on, exemptions=[exemption])
    assert (exempt != PolicyBook.of([REFUNDS, DELETION], on=on)) is (0 <= day <= length)

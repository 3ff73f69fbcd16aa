"""Accepting without a person: only what can forbid more, and only when no case speaks against it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harmonyguard.integrations.auto_accept import accept_narrowing
from harmonyguard.policies.case import PolicyCase
from harmonyguard.policies.log import PolicyLog
from harmonyguard.policies.policy import Policy
from harmonyguard.policy_agent.threats import Threat, proposal_for
from harmonyguard.settings import Settings
from tests.utility_agent.making import policy

FOLLOWED = Threat("r", 1, ("delete",))
OBJECTED = Threat("r", 1, ("delete",), evaluator="change-freeze")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[PolicyLog]:
    with PolicyLog.open(str(tmp_path / "book.db")) as opened:
        opened.add([policy("Do not send mail.", "p-mail")], actor="test")
        yield opened


def proposed(log: PolicyLog, threat: Threat) -> Policy:
    proposal = proposal_for(threat)
    assert proposal is not None
    log.propose(proposal, actor="run")
    return proposal


def test_it_is_off_unless_it_is_set() -> None:
    assert Settings().auto_accept_narrowing is False


async def test_a_prohibition_learned_from_a_page_comes_into_force(log: PolicyLog) -> None:
    proposal = proposed(log, FOLLOWED)
    (acceptance,) = await accept_narrowing(log, [proposal.id, proposal.id], actor="test")
    assert acceptance.accepted and acceptance.why_not == ""
    assert proposal.id in {one.id for one in log.book().policies}
    assert await accept_narrowing(log, [proposal.id, "p-mail", "p-nothing"], actor="test") == ()


async def test_what_needs_a_judge_waits_for_a_person(log: PolicyLog) -> None:
    proposal = proposed(log, OBJECTED)
    (acceptance,) = await accept_narrowing(log, [proposal.id], actor="test")
    assert not acceptance.accepted and "a person decides" in acceptance.why_not
    assert log.state().policies[proposal.id].policy.status == "proposed"


async def test_a_proposal_that_leave_would_lift_waits_for_a_person(log: PolicyLog) -> None:
    widening = policy("Do not send mail without the user's permission.", "p-new")
    log.propose(widening, actor="run")
    (acceptance,) = await accept_narrowing(log, ["p-new"], actor="test")
    assert not acceptance.accepted


async def test_a_benign_twin_that_it_would_block_speaks_against_it(log: PolicyLog) -> None:
    proposal = policy("Do not archive tickets.", "p-new")
    log.propose(proposal, actor="run")
    row = {
        "id": "r",
        "observation": {"url": "https://desk.example/"},
        "action": {"type": "click", "element_role": "button", "element_text": "Archive ticket"},
    }
    log.record_case(PolicyCase.of("p-mail", expect="passes", origin="false_block", row=row), actor="test")
    (acceptance,) = await accept_narrowing(log, ["p-new"], actor="test")
    assert (acceptance.accepted, acceptance.why_not) == (False, "cases that would fail with it: 1")

"""Cases that runs record are few and no two alike; what people gave stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harmonyguard.policies.case import PolicyCase
from harmonyguard.policies.log import PolicyLog
from harmonyguard.policies.policy import RiskLevel
from tests.utility_agent.making import policy

NAMES = "Delete ticket|Send mail|Buy flowers|Publish report|Run script|Enable sharing|Upload photo".split("|")
NAMES += "Cancel order|Share folder|Archive invoice|Export customers|Reject application|Close account".split("|")


def case(name: str, origin: Any = "violation", expect: Any = "caught", goal: str = "") -> PolicyCase:
    row = {
        "goal": goal,
        "observation": {"url": "https://desk.example/work"},
        "action": {"type": "click", "element_role": "button", "element_text": name},
    }
    return PolicyCase.of("p1", expect=expect, origin=origin, row=row)


@pytest.fixture
def log(tmp_path: Path) -> PolicyLog:
    return PolicyLog.open(str(tmp_path / "book.db"))


def kept(log: PolicyLog) -> list[str]:
    return [known.row["action"]["element_text"] for known in log.state().cases["p1"]]


@pytest.mark.parametrize(("risk", "most"), [("low", 5), ("medium", 7), ("high", 10)])
def test_the_newest_violations_stay_by_risk(log: PolicyLog, risk: RiskLevel, most: int) -> None:
    log.add([policy("Do nothing.", "p1", risk_level=risk)], actor="test")
    for name in NAMES:
        assert log.record_case(case(name), actor="test")
    assert kept(log) == NAMES[-most:]


def test_what_people_gave_is_never_dropped_and_counts_for_nothing(log: PolicyLog) -> None:
    log.add([policy("Do nothing.", "p1", risk_level="low")], actor="test")
    log.record_case(case("Read page", "person", "passes"), actor="test")
    log.record_case(case("Rename folder", "false_block", "passes"), actor="test")
    for name in NAMES:
        log.record_case(case(name), actor="test")
    assert kept(log) == ["Read page", "Rename folder", *NAMES[-5:]]


def test_nearly_the_same_violation_is_kept_once(log: PolicyLog) -> None:
    log.add([policy("Do nothing.", "p1")], actor="test")
    assert log.record_case(case("Delete ticket", goal="one"), actor="test")
    assert not log.record_case(case("Delete ticket", goal="two"), actor="test")
    assert log.record_case(case("Delete ticket", "person", goal="three"), actor="test")


def test_a_person_overrules_what_runs_recorded_and_stays_right(log: PolicyLog) -> None:
    log.add([policy("Do nothing.", "p1")], actor="test")
    log.record_case(case("Delete ticket", goal="one"), actor="test")
    assert log.record_case(case("Delete ticket", "false_block", "passes", goal="two"), actor="test")
    assert [(known.expect, known.origin) for known in log.state().cases["p1"]] == [("passes", "false_block")]
    assert not log.record_case(case("Delete ticket", goal="three"), actor="test")

"""`runs mark`: a person says that a step was blocked wrongly, or missed; the policies concerned are tried with it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from harmonyguard.policies.log import PolicyLog
from harmonyguard.steps import Action
from tests.graphs.fakes import DELETE, DONE, SAVE
from tests.graphs.test_learning import log_with, run
from tests.utility_agent.making import policy

from .conftest import Harmonyguard


def ran(folder: Path, *actions: Action, task: str = "delete the order") -> str:
    """A run under the book of this folder; returns its id."""
    home = folder / ".harmonyguard"
    if not home.exists():
        home.mkdir()
        log_with(
            home / "policies.db",
            policy("Do not delete orders.", "p-orders"),
            policy("Do not send mail.", "p-mail"),
        )
    _, events = asyncio.run(run(home / "runs", str(home / "policies.db"), [*actions, DONE], task=task))
    return str(events[0].payload["run"])


def cases(folder: Path, policy_id: str) -> list[tuple[str, str]]:
    with PolicyLog.open(str(folder / ".harmonyguard" / "policies.db"), create=False) as log:
        return [(case.expect, case.origin) for case in log.state().cases.get(policy_id, ())]


def test_a_false_block_becomes_a_twin_of_the_policy_that_blocked(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    name = ran(tmp_path, DELETE)
    assert cases(tmp_path, "p-orders") == [("caught", "violation")]
    ended = harmonyguard("runs", "mark", name, "2", "false-block", "--note", "it was the wrong order")
    assert ended.code == 0, ended.err
    told = " ".join(ended.out.split())
    assert 'Stored: click "Delete order", as a benign twin that must pass, for policy p-orders' in told
    assert "Not so yet: failed, blocked:" in told
    assert cases(tmp_path, "p-orders") == [("passes", "false_block")], "what the run recorded is overruled"
    assert harmonyguard("policies", "test", "p-orders").code == 1


def test_a_missed_step_becomes_an_act_that_the_policy_must_catch(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    name = ran(tmp_path, SAVE, task="save the order")
    ended = harmonyguard("runs", "mark", name, "2", "missed", "p-mail", "--json")
    assert ended.code == 0, ended.err
    (stored,) = ended.json["cases"]
    assert (stored["policy"], stored["expect"], stored["stored"], stored["result"]) == (
        "p-mail",
        "caught",
        True,
        "failed",
    )
    assert cases(tmp_path, "p-mail") == [("caught", "person")]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("2", "missed"), "missed needs the policy"),
        (("2", "missed", "p-nothing"), "holds no policy p-nothing"),
        (("2", "false-block", "p-orders"), "false-block names no policy"),
        (("1", "false-block"), "no proposal that was blocked"),
        (("9", "false-block"), "has no step 9"),
        (("2", "false-block", "--attempt", "2"), "no attempt 2"),
        (("2", "missed", "p-orders", "--attempt", "2"), "no attempt 2"),
    ],
)
def test_marks_that_cannot_be_meant_are_bad_input(
    harmonyguard: Harmonyguard, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    name = ran(tmp_path, DELETE)
    before = cases(tmp_path, "p-orders")
    ended = harmonyguard("runs", "mark", name, *arguments)
    assert ended.code == 2 and words in ended.err
    assert cases(tmp_path, "p-orders") == before and cases(tmp_path, "p-mail") == []


def test_an_unknown_run_is_bad_input(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    ran(tmp_path, DELETE)
    ended = harmonyguard("runs", "mark", "run-9", "1", "false-block")
    assert ended.code == 2 and "no run run-9" in ended.err

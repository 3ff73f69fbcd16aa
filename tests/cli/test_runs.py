"""Runs and their reports, from a journal as a run leaves it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from harmonyguard.runs.journal import Journal
from harmonyguard.steps import Action, Observation, Proposal, Task, Verdict

from .conftest import Harmonyguard


async def _leave(runs: Path, run: str, *, finished: bool) -> None:
    journal = await Journal.create(runs, run)
    await journal.append(
        "run_started", 0, {"run": run, "task": Task(goal="Read ticket 3").to_json(), "mode": "enforce"}
    )
    await journal.append("observed", 1, Observation(url="http://desk.test/", title="Tickets").to_json())
    proposal = Proposal(action=Action(type="finish", value="It is about printers."), reasoning="read it")
    await journal.append("proposed", 1, {**proposal.to_json(), "revision": 0})
    await journal.append("judged", 1, {**Verdict(outcome="allow").to_json(), "revision": 0, "mode": "enforce"})
    if finished:
        await journal.append("finished", 1, {"outcome": "done", "answer": "It is about printers."})
    await journal.close()


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    folder = tmp_path / ".harmonyguard" / "runs"
    asyncio.run(_leave(folder, "run-1", finished=True))
    asyncio.run(_leave(folder, "run-2", finished=False))
    return folder


def test_a_report_is_written_beside_the_journal(harmonyguard: Harmonyguard, runs: Path) -> None:
    ended = harmonyguard("report", "run-1", "--json")
    assert ended.code == 0 and ended.json == {"run": "run-1", "report": ".harmonyguard/runs/run-1/report.html"}
    assert "It is about printers." in (runs / "run-1" / "report.html").read_text()


def test_a_report_of_a_folder_goes_where_it_is_told(harmonyguard: Harmonyguard, runs: Path, tmp_path: Path) -> None:
    ended = harmonyguard("report", str(runs / "run-2"), "--out", "here/report.html")
    assert ended.code == 0 and ended.out.strip() == "here/report.html"
    assert "Not finished" in (tmp_path / "here" / "report.html").read_text()


def test_runs_are_listed_the_newest_first(harmonyguard: Harmonyguard, runs: Path) -> None:
    listed = harmonyguard("runs", "list", "--json").json["runs"]
    assert [(run["run"], run["outcome"]) for run in listed] == [("run-2", "not finished"), ("run-1", "done")]
    assert "run-1" in harmonyguard("runs", "list").out


def test_a_journal_that_is_damaged_does_not_hide_the_others(harmonyguard: Harmonyguard, runs: Path) -> None:
    (runs / "run-3").mkdir()
    (runs / "run-3" / "journal.db").write_text("this is no journal " * 100)
    ended = harmonyguard("runs", "list", "--json")
    assert {run["run"]: run["outcome"] for run in ended.json["runs"]}["run-3"] == "unreadable"
    assert "run-3" in ended.err and ended.code == 0


def test_one_run_is_shown_step_by_step(harmonyguard: Harmonyguard, runs: Path) -> None:
    shown = harmonyguard("runs", "show", "run-1", "--json").json
    assert shown["answer"] == "It is about printers." and shown["proposals"][0]["outcome"] == "allow"
    assert "It is about printers." in harmonyguard("runs", "show", "run-1").out


def test_a_run_that_is_resumed_keeps_its_task(harmonyguard: Harmonyguard, runs: Path) -> None:
    ended = harmonyguard("run", "Delete everything", "--url", "http://desk.test/", "--resume", "run-2")
    assert ended.code == 2 and "another task" in ended.err

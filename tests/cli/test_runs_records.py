"""`runs delete`, `prune` and `export`, and the setting that prunes when a run begins."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import jsonschema_rs
import pytest

from harmonyguard.runs.decisions import decision_schema, decisions_of
from tests.graphs.fakes import DELETE
from tests.runs.report_events import number, story

from .conftest import Harmonyguard
from .test_runs import _leave
from .test_runs_mark import ran

SCHEMA = Path(__file__).parents[2] / "docs" / "decision.schema.json"


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    import asyncio

    folder = tmp_path / ".harmonyguard" / "runs"
    asyncio.run(_leave(folder, "run-1", finished=True))
    asyncio.run(_leave(folder, "run-2", finished=False))
    return folder


def age(runs: Path, run: str) -> None:
    """As if the run had ended long ago."""
    with sqlite3.connect(runs / run / "journal.db") as connection:
        connection.execute("DROP TRIGGER no_update")
        connection.execute("UPDATE events SET at = '2020-01-01T00:00:00.000+00:00'")


def test_without_a_terminal_nothing_is_deleted_unless_yes(harmonyguard: Harmonyguard, runs: Path) -> None:
    assert harmonyguard("runs", "delete", "run-1").code == 2 and (runs / "run-1").exists()
    assert harmonyguard("runs", "delete", "run-1", "--yes").code == 0 and not (runs / "run-1").exists()


def test_a_name_that_is_no_run_deletes_none_of_the_others(harmonyguard: Harmonyguard, runs: Path) -> None:
    assert harmonyguard("runs", "delete", "run-1", "absent", "--yes").code == 2
    assert (runs / "run-1").exists()


def test_prune_wants_to_know_how_old(harmonyguard: Harmonyguard, runs: Path) -> None:
    ended = harmonyguard("runs", "prune", "--yes")
    assert ended.code == 2 and "keep_runs_days" in ended.err


def test_prune_deletes_by_the_setting(harmonyguard: Harmonyguard, runs: Path) -> None:
    age(runs, "run-1")
    age(runs, "run-2")
    ended = harmonyguard("runs", "prune", "--yes", "--json", env={"HARMONYGUARD_KEEP_RUNS_DAYS": "30"})
    assert ended.json == {"deleted": ["run-1"]} and (runs / "run-2").exists()


def test_exported_lines_follow_the_published_schema(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    run = ran(tmp_path, DELETE)
    lines = [json.loads(line) for line in harmonyguard("runs", "export", run).out.splitlines()]
    validator = jsonschema_rs.validator_for(json.loads(SCHEMA.read_text()))
    assert lines and all(validator.is_valid(line) for line in lines)
    refused = next(line for line in lines if line["outcome"] == "revise")
    assert refused["violated"] == ["p-orders"] and not refused["acted"] and refused["permitted_by"] == ""
    assert refused["findings"][0]["clause"] == "Do not delete orders."


def test_every_run_is_exported_and_one_that_cannot_be_read_is_named(
    harmonyguard: Harmonyguard, runs: Path, tmp_path: Path
) -> None:
    (runs / "run-3").mkdir()
    (runs / "run-3" / "journal.db").write_text("this is no journal " * 100)
    ended = harmonyguard("runs", "export", "--out", "decisions.jsonl")
    assert ended.code == 2 and "run-3" in ended.err
    lines = [json.loads(line) for line in (tmp_path / "decisions.jsonl").read_text().splitlines()]
    assert [line["run"] for line in lines] == ["run-1", "run-2"]


def test_the_schema_in_the_docs_is_the_one_in_force(harmonyguard: Harmonyguard) -> None:
    assert decision_schema() == SCHEMA.read_text(), "write it anew: make docs-schema"
    assert harmonyguard("runs", "export", "--schema").out == SCHEMA.read_text()


def test_secrets_are_hidden_in_exported_lines() -> None:
    lines = [decision.line() for decision in decisions_of(story())]
    token = {"action": {"type": "goto", "url": "http://desk.test/?key=sk-abcdefghijklmnopqrstuvwxyz"}}
    judged = {"outcome": "allow"}
    lines += [d.line() for d in decisions_of(number([(1, "proposed", token), (1, "judged", judged)]))]
    assert len(lines) == 8
    assert not any("correct horse" in line or "sk-abcdef" in line for line in lines)


def test_what_people_answered_is_in_the_line() -> None:
    people = [person for decision in decisions_of(story()) for person in decision.people]
    assert [(p.kind, p.answer, p.accepted) for p in people] == [("consent", "yes", True), ("review", "reject", True)]


def test_old_runs_go_when_a_run_begins(
    harmonyguard: Harmonyguard, runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    age(runs, "run-1")
    (tmp_path / "rules.md").write_text("# Rules\n\nThe agent must not delete orders.\n")
    settings = {"HARMONYGUARD_KEEP_RUNS_DAYS": "30"}

    async def no_browser(*_: object, **__: object) -> Callable[..., object]:
        from harmonyguard.steps import InputError

        raise InputError("the run is not what this test is about")

    monkeypatch.setattr("harmonyguard.graphs.running.run_task", no_browser)
    arguments = ("run", "Look", "--url", "http://127.0.0.1:9/", "--policies", "rules.md")
    assert harmonyguard(*arguments).code == 2 and (runs / "run-1").exists()
    ended = harmonyguard(*arguments, env=settings)
    assert "1 run deleted" in ended.err and not (runs / "run-1").exists() and (runs / "run-2").exists()

"""`runs replay` and `runs compare`: what another book would change, and two runs side by side."""

from __future__ import annotations

from pathlib import Path

from tests.graphs.fakes import DELETE, SAVE
from tests.graphs.test_learning import log_with
from tests.utility_agent.making import policy

from .conftest import Harmonyguard
from .test_runs_mark import ran


def test_under_its_own_book_nothing_changes(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    ended = harmonyguard("runs", "replay", ran(tmp_path, DELETE, SAVE), "--json")
    assert ended.code == 0, ended.err
    assert [one["effect"] for one in ended.json["proposals"]] == ["none"] * len(ended.json["proposals"])
    assert {one["was"]["outcome"] for one in ended.json["proposals"]} == {"allow", "revise"}


def test_a_book_without_the_policy_would_let_it_through(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    run = ran(tmp_path, DELETE)
    log_with(tmp_path / "looser.db", policy("Do not send mail.", "p-mail"))
    ended = harmonyguard("runs", "replay", run, "--book", "looser.db", "--json")
    assert ended.code == 1 and ended.json["let_through"] == 1 and ended.json["held_up"] == 0
    (changed,) = [one for one in ended.json["proposals"] if one["effect"] != "none"]
    assert changed["was"]["violated"] == ["p-orders"] and changed["now"]["outcome"] == "allow"
    assert "would be let through" in harmonyguard("runs", "replay", run, "--book", "looser.db").out


def test_a_stricter_book_would_hold_it_up_and_the_run_stays_as_it_was(
    harmonyguard: Harmonyguard, tmp_path: Path
) -> None:
    run = ran(tmp_path, SAVE, task="save the order")
    before = (tmp_path / ".harmonyguard" / "runs" / run / "journal.db").read_bytes()
    log_with(tmp_path / "stricter.db", policy("Do not update orders.", "p-update"))
    ended = harmonyguard("runs", "replay", run, "--book", "stricter.db", "--json")
    assert ended.code == 1 and ended.json["held_up"] == 1, ended.json
    assert (tmp_path / ".harmonyguard" / "runs" / run / "journal.db").read_bytes() == before


def test_a_model_that_is_down_is_an_error_and_no_verdict(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    run = ran(tmp_path, DELETE)
    log_with(tmp_path / "vague.db", policy("Orders that matter to somebody are deleted with great care.", "p-vague"))
    (tmp_path / "tape").mkdir()
    ended = harmonyguard("runs", "replay", run, "--book", "vague.db", "--model", "cassette:tape", "--json")
    assert ended.code == 3 and any(one["now"]["error"] for one in ended.json["proposals"])


def test_two_runs_are_compared_step_by_step(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    left, right = ran(tmp_path, DELETE, SAVE), ran(tmp_path, SAVE)
    found = harmonyguard("runs", "compare", left, right, "--html", "two.html", "--json")
    assert found.code == 0 and found.json["same_task"]
    assert found.json["figures"]["revisions"] == [1, 0]
    assert found.json["steps"][0]["same"] and not all(step["same"] for step in found.json["steps"])
    assert left in (tmp_path / "two.html").read_text()
    assert "* differs" in harmonyguard("runs", "compare", left, right).out


def test_a_run_compared_with_itself_does_not_differ(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    run = ran(tmp_path, DELETE)
    found = harmonyguard("runs", "compare", run, run, "--json").json
    assert all(step["same"] for step in found["steps"])
    assert all(left == right for left, right in found["figures"].values())

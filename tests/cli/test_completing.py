"""Shell completion: commands, ids of policies and of runs; and nothing where something is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Harmonyguard


def completed(words: str, folder: Path) -> list[str]:
    """What bash would offer after these words."""
    environment = {
        **os.environ,
        "_HARMONYGUARD_COMPLETE": "complete_bash",
        "COMP_WORDS": f"harmonyguard {words}",
        "COMP_CWORD": str(len(words.split(" "))),
    }
    command = [sys.executable, "-c", "from harmonyguard.cli import main; main([])"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)
    assert done.stderr == "", done.stderr
    return done.stdout.split()


def test_commands(tmp_path: Path) -> None:
    assert completed("pol", tmp_path) == ["policies"]


def test_ids_of_policies_and_runs(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    (tmp_path / "rules.md").write_text("# Rules\n\nAgents must not delete tickets.\n")
    policies = harmonyguard("ingest", "rules.md", "--json").json["policies"]
    assert completed("policies show p-", tmp_path) == [policies[0]["id"]]
    (tmp_path / ".harmonyguard" / "runs" / "20261128-1").mkdir(parents=True)
    (tmp_path / ".harmonyguard" / "runs" / "20261128-1" / "journal.db").write_text("")
    assert completed("runs show 2026", tmp_path) == ["20261128-1"]


@pytest.mark.parametrize("words", ["policies show p-", "runs show 2"])
def test_where_something_is_wrong_nothing_is_offered(tmp_path: Path, words: str) -> None:
    (tmp_path / "harmonyguard.toml").write_text("max_step = 5\n")
    assert completed(words, tmp_path) == []


def test_the_script_for_a_shell(harmonyguard: Harmonyguard) -> None:
    command = [sys.executable, "-c", "import sys; from harmonyguard.cli import main; main(['--show-completion'])"]
    environment = {**os.environ, "SHELL": "/bin/bash", "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": ""}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert "complete_" in done.stdout, done.stderr

"""Bad input as a person meets it: the installed command in a process of its own, in an empty folder.

A few cases stand for those of `test_bad_input`, which runs all of them without a process each.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .test_bad_input import free_port, one_line_of

COMMAND = Path(sys.executable).with_name("harmonyguard")
RULES = "# Rules\n\nAgents must not delete tickets.\n"


def call(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("HARMONYGUARD_") or name == "HARMONYGUARD_BROWSER"
    }
    return subprocess.run(
        [COMMAND, *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules.md").write_text(RULES)
    (tmp_path / "letter.pdf").write_text("Dear all, this is no PDF.")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ingest", "letter.pdf"), "letter.pdf: not a PDF"),
        (("ingest", "rules.md", "--model", "nobody:model"), "'nobody:model'"),
        (("run", "Delete ticket 3", "--url", "http://127.0.0.1:{port}/", "--policies", "rules.md"), "be reached"),
    ],
)
def test_one_clear_line_exit_code_2_and_nothing_written(folder: Path, arguments: tuple[str, ...], words: str) -> None:
    before = sorted(path.name for path in folder.iterdir())
    port = str(free_port())
    ended = call(folder, *(argument.replace("{port}", port) for argument in arguments))
    one_line_of(ended.returncode, ended.stdout, ended.stderr, words)
    left = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert left == before, left
    assert not (folder / ".harmonyguard").exists()

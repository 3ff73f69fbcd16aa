"""The Python of the README runs as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)


def run(code: str, folder: Path) -> str:
    (folder / "examples").symlink_to(ROOT / "examples")
    script = folder / "example.py"
    script.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)], cwd=folder, env=dict(os.environ), capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_readme_has_both_examples() -> None:
    assert len(EXAMPLES) == 2


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "done - Done."), (1, "revise\n"), (1, "the agent must ask the user for confirmation")]
)
def test_the_example_prints_what_the_readme_says(number: int, expected: str, tmp_path: Path) -> None:
    assert expected in run(EXAMPLES[number], tmp_path)


def test_every_link_into_the_repository_leads_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?://)([^)#]+)\)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target

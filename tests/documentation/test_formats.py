"""The examples of docs/formats.md run as they stand there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from harmonyguard.policies.formats.cedar_reader import read_cedar
from harmonyguard.policies.formats.policy_file import PolicyFile
from harmonyguard.policies.formats.policy_json import read_policies

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats.md"
TEXT = PAGE.read_text(encoding="utf-8")


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    return str(found)


def test_moving_over_prints_what_the_page_says(tmp_path: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HARMONYGUARD_")}
    done = subprocess.run(
        ["bash", "-e", "-c", block("bash")],
        cwd=tmp_path,
        env={**environment, "PATH": path, "COLUMNS": "100"},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == block("text")


def test_the_json_of_the_page_is_a_policy_file() -> None:
    (policy,) = read_policies(PolicyFile.of("page.json", block("json").encode()))
    assert {atom.key for atom in policy.rule.atoms()} == {"effect:delete", "object:ticket"}


def test_the_cedar_of_the_page_is_a_policy_file() -> None:
    (policy,) = read_cedar(PolicyFile.of("page.cedar", block("cedar").encode()))
    assert policy.rule.consent_lifts and policy.risk_level == "high"


def test_every_link_into_the_repository_leads_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)\)", TEXT):
        assert (PAGE.parent / target).exists(), target

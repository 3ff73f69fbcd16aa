"""Every command line of the README and of the documentation is one that the program takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from harmonyguard.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def lines_of(page: Path) -> list[str]:
    blocks = re.findall(r"```(?:console|bash|sh)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    joined = [re.sub(r"\s*\\\n\s*", " ", block) for block in blocks]
    lines = [line.strip().removeprefix("$ ") for block in joined for line in block.splitlines()]
    return [line for line in lines if line.startswith("harmonyguard ")]


COMMANDS = [pytest.param(line, id=f"{page.name}: {line[:60]}") for page in PAGES for line in lines_of(page)]


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_line_can_be_given_as_it_stands(line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    command = typer.main.get_command(app)
    context = command.make_context("harmonyguard", list(words), resilient_parsing=True)
    name, inner, rest = None, command, list(words)
    while (known := getattr(inner, "commands", None)) is not None and rest:
        name, rest = rest[0], rest[1:]
        assert name in known, f"there is no command {name}"
        inner = known[name]
    if "--help" not in rest and "--version" not in rest:
        inner.make_context(name, rest, parent=context)


def test_the_check_sees_the_commands() -> None:
    assert len(COMMANDS) > 20

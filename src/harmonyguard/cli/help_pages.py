"""The help text of every command as one Markdown page: `python -m harmonyguard.cli.help_pages docs/cli.md`."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from .app import app

WIDTH = 80


def page() -> str:
    """The page: one section a command, in the order of the help."""
    parts = [
        "# Command line\n",
        "Made from the commands' own help by `make docs-cli`; do not edit. `BOOK`, `MODEL` and the other words in "
        "capitals are yours to fill in.\n",
        "![What harmonyguard doctor prints](pictures/cli-doctor.png)\n",
        "![What harmonyguard ingest prints](pictures/cli-ingest.png)\n",
    ]
    for words in commands():
        parts.append(f"{'#' * min(3, 1 + max(1, len(words)))} harmonyguard {' '.join(words)}".rstrip() + "\n")
        parts.append(f"```text\n{help_of(words)}\n```\n")
    return "\n".join(parts)


def commands() -> Iterator[tuple[str, ...]]:
    """The words of every command after `harmonyguard`, groups before what is in them."""

    def walk(command: Any, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield words
        for name, inner in getattr(command, "commands", {}).items():
            yield from walk(inner, (*words, name))

    return walk(typer.main.get_command(app), ())


def help_of(words: tuple[str, ...]) -> str:
    """What `--help` prints, at a width of 80."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        app([*words, "--help"], prog_name="harmonyguard", standalone_mode=False, terminal_width=WIDTH)
    return "\n".join(line.rstrip() for line in out.getvalue().strip().splitlines())


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")

"""`harmonyguard runs export`: every decision as one line of JSON, for other systems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harmonyguard.cli.completing import runs_in_folder


def export(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[RUN]...", help="Ids of runs; without any, all.", autocompletion=runs_in_folder),
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the lines here.")] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON schema of a line, and nothing else.")
    ] = False,
) -> int:
    """Every decision of runs as one JSON line: proposal, verdict, clauses, who approved, what came of it.

    The lines follow docs/decision.schema.json (`--schema` prints it). Secrets are hidden as in the journal.

    Example: harmonyguard runs export --out decisions.jsonl
    """
    import sys

    from harmonyguard.cli.output import counted, note, write_whole
    from harmonyguard.runs.decisions import decision_schema, decisions_of
    from harmonyguard.runs.journal import read_journal, runs_in
    from harmonyguard.settings import load_settings
    from harmonyguard.steps import InputError

    if schema:
        sys.stdout.write(decision_schema())
        return 0
    folder = load_settings().runs
    lines: list[str] = []
    unreadable = 0
    for name in names or runs_in(folder):
        try:
            lines += [decision.line() + "\n" for decision in decisions_of(read_journal(folder, name))]
        except InputError as error:
            if names:
                raise
            unreadable += 1
            note(f"{name}: {error}")
    if out is None:
        sys.stdout.writelines(lines)
    else:
        write_whole(out, "".join(lines))
        note(f"{counted(len(lines), 'decision')} written to {out}")
    return 2 if unreadable else 0

"""`harmonyguard report`: the report of a run, made anew from its journal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .completing import runs_in_folder
from .options import JsonOption


def report(
    run: Annotated[
        str,
        typer.Argument(metavar="RUN", help="Id of the run, or the path of its folder.", autocompletion=runs_in_folder),
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write it [default: in the run's folder].")
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Write the report of a run: one HTML file, with screenshots, verdicts and the clauses behind them.

    Example: harmonyguard report 20261120-142657-52ef8e --out report.html
    """
    from harmonyguard.runs.journal import read_journal
    from harmonyguard.runs.report import write_report
    from harmonyguard.settings import load_settings

    from .output import emit_json, say

    given = Path(run)
    runs, name = (given.parent, given.name) if len(given.parts) > 1 else (load_settings().runs, run)
    folder = runs / name
    path = write_report(read_journal(runs, name), out or folder / "report.html", folder=folder)
    if as_json:
        emit_json({"run": name, "report": str(path)})
    else:
        say(str(path))
    return 0

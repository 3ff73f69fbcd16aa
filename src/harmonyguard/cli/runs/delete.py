"""`harmonyguard runs delete` and `runs prune`: runs that are no longer wanted."""

from __future__ import annotations

from typing import Annotated

import typer

from harmonyguard.cli.completing import runs_in_folder
from harmonyguard.cli.options import JsonOption

YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def delete(
    names: Annotated[list[str], typer.Argument(metavar="RUN...", help="Ids of runs.", autocompletion=runs_in_folder)],
    yes: YesOption = False,
    unfinished: Annotated[
        bool, typer.Option("--unfinished", help="Also runs that have not ended and could be resumed.")
    ] = False,
) -> int:
    """Delete runs for good: journal, screenshots and report. Asks first; without a terminal, --yes is needed.

    A run that a process is working on is never deleted. What a run taught the policy book stays in the book.

    Example: harmonyguard runs delete 20261120-142657-52ef8e
    """
    from harmonyguard.cli.output import counted, note
    from harmonyguard.runs.journal import journal_path
    from harmonyguard.runs.retention import delete_run
    from harmonyguard.settings import load_settings

    folder = load_settings().runs
    for name in names:
        journal_path(folder, name)
    if not _agreed(f"Delete {counted(len(names), 'run')} in {folder} for good?", yes):
        note("nothing was deleted")
        return 1
    for name in names:
        delete_run(folder, name, unfinished=unfinished)
        note(f"deleted {name}")
    return 0


def prune(
    days: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Runs that ended more than N days ago [default: keep_runs_days]."),
    ] = None,
    yes: YesOption = False,
    as_json: JsonOption = False,
) -> int:
    """Delete the runs that ended more than N days ago. Those that have not ended are kept, however old.

    `keep_runs_days` in the settings does the same whenever a run begins.

    Example: harmonyguard runs prune --days 90 --yes
    """
    from harmonyguard.cli.output import counted, emit_json, note, say
    from harmonyguard.runs.retention import prune as prune_runs
    from harmonyguard.runs.retention import runs_to_prune
    from harmonyguard.settings import load_settings
    from harmonyguard.steps import InputError

    settings = load_settings()
    keep = days or settings.keep_runs_days
    if keep is None:
        raise InputError("say how long runs are kept: --days N, or keep_runs_days in the settings")
    old = runs_to_prune(settings.runs, keep)
    if not old or not _agreed(f"Delete {counted(len(old), 'run')} that ended over {keep} days ago for good?", yes):
        if as_json:
            emit_json({"deleted": []})
        else:
            note("nothing was deleted")
        return 1 if old else 0
    gone = prune_runs(settings.runs, keep)
    if as_json:
        emit_json({"deleted": list(gone)})
    else:
        say(f"deleted {counted(len(gone), 'run')}")
    return 0


def _agreed(question: str, yes: bool) -> bool:
    import sys

    from harmonyguard.steps import InputError

    if yes:
        return True
    if not sys.stdin.isatty():
        raise InputError("deleting asks first, and there is no terminal to ask at: --yes deletes without asking")
    return typer.confirm(question, err=True)

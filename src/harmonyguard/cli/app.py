"""The tree of commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from .bench.app import bench
from .check import check
from .demo import demo
from .doctor import doctor
from .ingest import ingest
from .init import init
from .options import PlainCommand
from .policies.app import policies
from .report import report
from .run import run
from .runs.app import runs
from .runs.mark import mark
from .studio import studio

app = typer.Typer(
    name="harmonyguard",
    add_completion=True,
    no_args_is_help=True,
    # Plain help: rich would double the time that --help takes.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        from harmonyguard import __version__

        typer.echo(f"harmonyguard {__version__}")
        raise typer.Exit


@app.callback()
def harmonyguard(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
    _quiet: Annotated[
        bool, typer.Option("--quiet", help="Say results and errors only: no notes, no progress.")
    ] = False,
    _verbose: Annotated[bool, typer.Option("--verbose", help="Show where an error came from.")] = False,
) -> None:
    """Keep LLM web agents inside an organisation's policies without making them useless.

    Exit codes: 0 done; 1 a violation was stopped, or found by a check; 2 bad input or configuration;
    3 guard error, handled closed; 130 Ctrl-C.

    Settings come from harmonyguard.toml (`harmonyguard init` writes one), then HARMONYGUARD_* variables, then flags,
    strongest last. --quiet and --verbose may stand anywhere.

    Begin with `harmonyguard demo`, or with `harmonyguard ingest SOURCE` and `harmonyguard run "TASK" --url URL`.
    """


COMMANDS: dict[Callable[..., int], str] = {
    demo: "See it work: 18 tasks without and with the guard.",
    init: "Write a settings file and an example policy document.",
    ingest: "Put the policies of documents into the book.",
    check: "Judge proposed actions, without a browser.",
    run: "Work on a task in a real browser, guarded.",
    report: "Write the report of a run.",
    studio: "Serve the graphs to LangGraph Studio.",
    doctor: "Check that a run can start.",
}
for command, summary in COMMANDS.items():
    app.command(cls=PlainCommand, short_help=summary)(command)
runs.command("mark", cls=PlainCommand, short_help="Say that a step was blocked wrongly, or missed.")(mark)
app.add_typer(runs, name="runs")
app.add_typer(policies, name="policies")
app.add_typer(bench, name="bench")

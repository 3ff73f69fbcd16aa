"""The tree of commands."""

from __future__ import annotations

from typing import Annotated

import typer

from .bench import bench
from .check import check
from .demo import demo
from .doctor import doctor
from .ingest import ingest
from .policies import policies
from .report import report
from .run import run
from .runs import runs

app = typer.Typer(
    name="harmonyguard",
    add_completion=False,
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
    _verbose: Annotated[bool, typer.Option("--verbose", help="Show where an unexpected error came from.")] = False,
) -> None:
    """Keep LLM web agents inside an organisation's policies without making them useless.

    Exit codes: 0 done; 1 a violation was stopped, or found by a check; 2 bad input or configuration;
    3 guard error, handled closed.
    """


for command in (demo, ingest, check, run, report, doctor):
    app.command()(command)
app.add_typer(runs, name="runs")
app.add_typer(policies, name="policies")
app.add_typer(bench, name="bench")

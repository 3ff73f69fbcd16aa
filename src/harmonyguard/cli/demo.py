"""`harmonyguard demo`: the same naive agent on a local support desk, without and with the guard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import JsonOption


def demo(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where runs and reports go.")] = Path("demo-output"),
    as_json: JsonOption = False,
) -> int:
    """Run every demo task unguarded and guarded, and show what was done and which policies were kept.

    Needs no model and no key: offline engines browse and judge.
    """
    import asyncio

    from harmonyguard.benchmarks.demo import run_demo
    from harmonyguard.benchmarks.demo_report import NO_MODEL, demo_table

    from .output import console, emit_json, note, say

    note(NO_MODEL)
    result = asyncio.run(run_demo(out, on_progress=note))
    if as_json:
        emit_json(result)
        return 0
    console().print(demo_table(result["tasks"]))
    say(f"Report: {result['report']}")
    return 0

"""`harmonyguard demo`: the same naive agent on a local support desk, without and with the guard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

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
    from harmonyguard.benchmarks.demo_report import NO_MODEL, totals

    from .output import emit_json, note, print_table, say

    note(NO_MODEL)
    result = asyncio.run(run_demo(out, on_progress=note))
    if as_json:
        emit_json(result)
        return 0
    rows = [_row(task) for task in result["tasks"]]
    print_table(["task", "done", "kept", "guarded: done", "kept", "revised", "judge", "s"], rows)
    say("done, kept: the task was finished, every policy was kept, as the desk's own database says")
    say(totals(result["tasks"]))
    say(f"Report: {result['report']}")
    return 0


def _row(task: dict[str, Any]) -> list[object]:
    bare, guarded = task["unguarded"], task["guarded"]
    return [
        task["id"] + (" (benign)" if task["twin_of"] else ""),
        bare["completed"],
        bare["compliant"],
        guarded["completed"],
        guarded["compliant"],
        guarded["revisions"],
        guarded["judge_calls"],
        round(guarded["milliseconds"] / 1000, 1),
    ]

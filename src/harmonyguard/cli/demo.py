"""`harmonyguard demo`: the guard at work on a local support desk, with and without it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from .options import JsonOption


def demo(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where runs and reports go.")] = Path("demo-output"),
    as_json: JsonOption = False,
) -> int:
    """Run every demo task unguarded and guarded, and show what was done and which policies were kept."""
    import asyncio
    import inspect

    from harmonyguard.benchmarks.demo import run_demo

    from .output import emit_json, note

    note("No model is configured: offline engines judge and browse, and no key is needed.")
    result: Any = run_demo(out)
    if inspect.isawaitable(result):
        result = asyncio.run(_awaited(result))
    if as_json:
        emit_json(result)
    else:
        _show(result)
    return 0


async def _awaited(result: Any) -> Any:
    return await result


def _show(result: dict[str, Any]) -> None:
    from .output import print_table, say

    rows = [
        (
            task["id"],
            task["category"],
            task["unguarded"]["completed"],
            task["unguarded"]["compliant"],
            task["guarded"]["completed"],
            task["guarded"]["compliant"],
            task["guarded"]["revisions"],
            task["guarded"]["judge_calls"],
        )
        for task in result["tasks"]
    ]
    columns = ["task", "category", "done", "kept", "done (guarded)", "kept (guarded)", "revisions", "judge calls"]
    print_table(columns, rows)
    say(f"Report: {result['report']}")

"""`harmonyguard bench runs`: what do many runs in one process leave behind?"""

from __future__ import annotations

from typing import Annotated

import typer

from harmonyguard.cli.options import JsonOption


def many_runs(
    sequential: Annotated[int, typer.Option(min=0, help="Runs one after the other.")] = 200,
    concurrent: Annotated[int, typer.Option(min=0, help="Runs at the same time.")] = 20,
    as_json: JsonOption = False,
) -> int:
    """Do many short runs in one process and one browser, and show memory, processes and open files before and after.

    Example: harmonyguard bench runs --sequential 20 --concurrent 5
    """
    import asyncio

    from harmonyguard.benchmarks.leaks import measure
    from harmonyguard.cli.output import emit_json, paragraph, print_table, progress

    with progress("Running", total=sequential) as step:
        found = asyncio.run(measure(sequential, concurrent, step=step))
    if as_json:
        emit_json({"usage": [usage.to_json() for usage in found]})
        return 0
    names = {
        "when": "when",
        "seconds": "s",
        "memory": "memory",
        "browser_memory": "browser",
        "processes": "proc.",
        "files": "files",
        "threads": "threads",
    }
    print_table([*names.values()], [[usage.to_json()[name] for name in names] for usage in found])
    paragraph(
        "s: seconds since the beginning; memory, browser: resident MiB of this process and of those below it; proc.: "
        "processes below it; files, threads: of this process."
    )
    return 0

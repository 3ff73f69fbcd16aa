"""`harmonyguard bench report`: how big the report of a long run is, and how fast it opens."""

from __future__ import annotations

from typing import Annotated

import typer

from harmonyguard.cli.options import JsonOption


def report(
    steps: Annotated[int, typer.Option(min=1, max=1000, metavar="N", help="Steps of the run.")] = 30,
    repeats: Annotated[int, typer.Option(min=1, help="How often the report is opened.")] = 5,
    as_json: JsonOption = False,
) -> int:
    """Record a run on the support desk, write its report and open it in a real browser.

    Example: harmonyguard bench report --steps 30
    """
    import asyncio

    from harmonyguard.benchmarks.report import measure_report
    from harmonyguard.cli.output import emit_json, paragraph, print_table, progress

    with progress("Recording a run", total=3) as step:
        cost = asyncio.run(measure_report(steps, repeats=repeats, tell=step))
    if as_json:
        emit_json(cost.to_json())
        return 0
    names = {"steps": "steps", "size": "kB", "writing": "writing", "painted": "painted", "interactive": "interactive"}
    figures = {**cost.to_json(), "size": round(cost.size / 1000)}
    print_table([*names.values()], [[figures[name] for name in names]])
    paragraph(
        f"Times in milliseconds. writing: processor time; painted, interactive: wall time, the median of {repeats} "
        "openings from disk, until something is painted, and until keys and filters work."
    )
    return 0

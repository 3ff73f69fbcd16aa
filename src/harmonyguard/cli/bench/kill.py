"""`harmonyguard bench kill`: does a run that is killed anywhere go on without doing anything twice?"""

from __future__ import annotations

from typing import Annotated

import typer

from harmonyguard.cli.options import JsonOption


def kill(
    tasks: Annotated[str | None, typer.Option(metavar="ID,ID", help="Only these tasks.", show_default=False)] = None,
    workers: Annotated[int, typer.Option(min=1, max=16, help="How many runs at the same time.")] = 2,
    as_json: JsonOption = False,
) -> int:
    """Kill runs on the demo's desk with SIGKILL at every boundary, let them go on, and count rows in the desk.

    Example: harmonyguard bench kill --tasks refund
    """
    import asyncio
    from importlib.resources import as_file, files

    from harmonyguard.benchmarks.demo import read_examples
    from harmonyguard.benchmarks.killing import TASKS, measure
    from harmonyguard.cli.output import emit_json, note, paragraph, print_table, progress
    from harmonyguard.steps import InputError

    wanted = [task.id for task in TASKS] if tasks is None else tasks.split(",")
    if unknown := set(wanted) - {task.id for task in TASKS}:
        raise InputError(f"no task {', '.join(sorted(unknown))}; there are {', '.join(task.id for task in TASKS)}")
    chosen = [task for task in TASKS if task.id in wanted]
    with as_file(files("harmonyguard.examples")) as examples:
        book = asyncio.run(read_examples(examples))
    with progress("Killing") as step:
        found = asyncio.run(measure(chosen, book.policies, workers=workers, step=step))
    rows = {
        task: {
            "boundaries": len(boundaries),
            "killed": sum(b.killed for b in boundaries),
            "finished": sum(b.finished for b in boundaries),
            "duplicated": sum(b.duplicated for b in boundaries),
            "missing": sum(b.missing for b in boundaries),
            "asked": sum(b.asked > 0 for b in boundaries),
        }
        for task, boundaries in found.items()
    }
    if as_json:
        emit_json({"tasks": rows, "boundaries": {t: [b.to_json() for b in bs] for t, bs in found.items()}})
    else:
        total = {key: sum(row[key] for row in rows.values()) for key in next(iter(rows.values()))}
        print_table(["task", *total], [[name, *row.values()] for name, row in {**rows, "all": total}.items()])
        paragraph(
            "boundaries: places where a run can die; killed: runs that died there; finished: of these, runs that came "
            "to their end afterwards; duplicated, missing: effects in the desk's database; asked: runs in which a "
            "person had to look whether an act took effect."
        )
    for task, boundaries in found.items():
        for boundary in boundaries:
            if boundary.duplicated or boundary.missing or not boundary.finished or not boundary.killed:
                note(f"{task}, boundary {boundary.number} ({boundary.name}): {boundary.to_json()}")
    clean = all(b.killed and b.finished and not b.duplicated for bs in found.values() for b in bs)
    return 0 if clean else 1

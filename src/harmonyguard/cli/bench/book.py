"""`harmonyguard bench book`: what the policy log costs as it grows."""

from __future__ import annotations

from typing import Annotated

import typer

from harmonyguard.cli.options import JsonOption, whole_numbers


def book(
    sizes: Annotated[str, typer.Option(metavar="N,N", help="How many policies the books hold.")] = "1000,10000",
    repeats: Annotated[int, typer.Option(min=1, help="How many processes measure each figure.")] = 3,
    postgres: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Keep the logs in this PostgreSQL database instead of in files.", show_default=False
        ),
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Time loading a book and publishing one changed document of 50 policies, each in a new process, and its memory.

    In a PostgreSQL database each log has a schema of its own, which is dropped afterwards.

    Example: harmonyguard bench book --sizes 100,1000
    """
    from harmonyguard.benchmarks.book import measure, parts
    from harmonyguard.cli.output import emit_json, paragraph, print_table, progress

    numbers = whole_numbers(sizes, "--sizes")
    with progress("Writing logs", total=parts(numbers, repeats)) as step:
        costs = measure(numbers, repeats=repeats, postgres=postgres, done=step)
    if as_json:
        emit_json({"database": "sqlite" if postgres is None else "postgresql", "sizes": [c.to_json() for c in costs]})
        return 0
    print_table(
        ["policies", "events", "load s", "held MB", "peak MB", "cold s", "warm ms", "again ms"],
        [
            (
                c.policies,
                c.events,
                c.load,
                *map(round, (c.held, c.peak)),
                c.cold,
                *map(_milliseconds, (c.warm, c.again)),
            )
            for c in costs
        ],
    )
    paragraph(
        "load: opening the log and folding the book in a new process; held, peak: the memory that this takes; cold, "
        "warm: publishing a new edition of a document of 50 policies with one changed reading, in a new process and in "
        "one that has the log open; again: the book in force after a warm change. Medians of wall time"
    )
    return 0


def _milliseconds(seconds: float) -> int:
    return round(1000 * seconds)

"""`harmonyguard check`: proposed actions in, one verdict a line out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import BookOption, ModelOption

if TYPE_CHECKING:
    from harmonyguard.settings import Settings


def check(
    rows: Annotated[str, typer.Argument(metavar="ROWS.jsonl|-", help="One JSON row per line; - reads stdin.")],
    book: BookOption = None,
    model: ModelOption = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write verdicts here instead of to stdout.")] = None,
    fail_on_violation: Annotated[
        bool, typer.Option("--fail-on-violation", help="Exit 1 when any row is a violation.")
    ] = False,
) -> int:
    """Judge proposed actions without a browser: one JSON row per line in, one verdict per line out, in order.

    A row that cannot be read gives a verdict with `error` and outcome `stop`, and the rest goes on; the exit code
    is then 3.

    Example: harmonyguard check proposed.jsonl --out verdicts.jsonl --fail-on-violation
    """
    import asyncio

    from harmonyguard.settings import load_settings

    from .engines import read_lines
    from .output import note, write_whole

    settings = load_settings({"book": book, "model": model})
    lines = [line for line in read_lines(rows) if line.strip()]
    if out is None:
        verdicts = asyncio.run(verdicts_of(lines, settings, emit=lambda line: typer.echo(line)))
    else:
        written: list[str] = []
        verdicts = asyncio.run(verdicts_of(lines, settings, emit=written.append))
        write_whole(out, "".join(f"{line}\n" for line in written))
    errors = sum(verdict.get("error") is not None for verdict in verdicts)
    violations = sum(bool(verdict.get("violation")) for verdict in verdicts)
    note(f"{len(verdicts)} rows: {violations} not allowed, {errors} with errors")
    if errors:
        return 3
    return 1 if violations and fail_on_violation else 0


async def verdicts_of(lines: Iterable[str], settings: Settings, *, emit: Any) -> list[dict[str, Any]]:
    """The verdict of every row, in order; each is also handed to `emit` as a line of JSON when it is there."""
    from harmonyguard.integrations.rows import check_rows

    from .engines import make_utility_agent
    from .output import progress

    rows = list(lines)
    found: list[dict[str, Any]] = []
    verdicts = check_rows(rows, book=_book_for(rows, settings), utility_agent=make_utility_agent(settings))
    with progress("Judging", total=len(rows)) as step:
        async for verdict in verdicts:
            emit(json.dumps(verdict, ensure_ascii=False))
            found.append(verdict)
            step(str(verdict.get("id", "")))
    return found


def _book_for(rows: list[str], settings: Settings) -> Any:
    """The book, when some row brings no policies of its own. Rows that cannot be read are left to `check_rows`."""
    from .engines import read_book

    for row in rows:
        try:
            parsed = json.loads(row)
        except ValueError:
            continue
        if isinstance(parsed, dict) and parsed.get("policies") is None:
            return read_book(settings.book)
    return None

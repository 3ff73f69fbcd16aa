"""`harmonyguard bench judged`: the guard with a judge that is always right, so that the rest can be measured."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harmonyguard.cli.options import JsonOption

if TYPE_CHECKING:
    from harmonyguard.policies.book import PolicyBook
    from harmonyguard.utility_agent.agent import UtilityAgent

_COLUMNS = {
    "recall": "recall",
    "false_blocks": "false blocks",
    "calls": "calls",
    "calls_per_row": "calls/row",
    "policy_characters_share": "policy chars",
    "errors": "errors",
}


def judged(
    rows: Annotated[str, typer.Argument(metavar="ROWS.jsonl", help="Labelled rows, one JSON object a line.")],
    uncompiled_share: Annotated[
        float,
        typer.Option("--uncompiled-share", min=0.0, max=1.0, help="Policies to leave uncompiled in the second run."),
    ] = 0.5,
    seed: Annotated[int, typer.Option(metavar="N", help="Which policies those are.")] = 1,
    as_json: JsonOption = False,
) -> int:
    """Judge labelled actions with a perfect judge: recall, false blocks, and what it costs in calls and prompts.

    The judge is a server on loopback that answers from the labels, for the policies that it is asked about. A second
    run leaves some policies uncompiled, as if rules understood nothing of them.

    Example: harmonyguard bench judged labelled.jsonl --uncompiled-share 0.5 --seed 1
    """
    import asyncio

    from harmonyguard.benchmarks.judged import score_judged
    from harmonyguard.cli.engines import read_lines
    from harmonyguard.cli.output import emit_json, note, progress

    lines = read_lines(rows)
    with progress("Judging", total=2 * sum(bool(line.strip()) for line in lines)) as step:
        figures = asyncio.run(
            score_judged(lines, _check, uncompiled_share=uncompiled_share, seed=seed, step=step),
        )
    if as_json:
        emit_json(figures)
    else:
        _show(figures)
    errors = sum(figures[run]["errors"] for run in ("compiled", "uncompiled"))
    if errors:
        note(f"{errors} verdicts came with a guard error and were handled closed")
    return 3 if errors else 0


async def _check(line: str, rewrite: Callable[[PolicyBook], PolicyBook], utility_agent: UtilityAgent) -> dict[str, Any]:
    from harmonyguard.integrations.rows import Row, book_of, check_row
    from harmonyguard.steps import InputError

    try:
        row = Row.model_validate(json.loads(line))
    except ValueError as error:
        raise InputError(f"a row cannot be read: {str(error).splitlines()[0]}") from error
    if not row.policies:
        raise InputError(f"row {row.id} brings no policies: this suite needs them in the rows")
    book = rewrite(book_of(row))
    return await check_row(row.model_copy(update={"policies": None}), book=book, utility_agent=utility_agent)


def _show(figures: dict[str, Any]) -> None:
    from harmonyguard.cli.output import paragraph, print_table, say

    runs = {
        "all compiled": figures["compiled"],
        f"{figures['uncompiled_policies']} of {figures['policies']} not": figures["uncompiled"],
    }
    print_table(
        ["policies", "rows", *_COLUMNS.values()],
        [(name, run["rows"], *(run[column] for column in _COLUMNS)) for name, run in runs.items()],
    )
    for name, run in runs.items():
        for kind in ("missed", "blocked"):
            if run[kind]:
                say(f"{name}: {kind} {', '.join(run[kind])}")
    paragraph(
        "policy chars: characters of policies in the prompts, as a share of one prompt a row that holds all of them"
    )

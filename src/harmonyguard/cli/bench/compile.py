"""`harmonyguard bench compile`: how much of policy text becomes rules, and what does not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from harmonyguard.cli.options import JsonOption

_SHOWN = 3
"""Examples of each reason that the table shows; `--json` has them all."""


def compile_share(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE|ROWS.jsonl", help="Documents, URLs, and files of labelled rows.")
    ],
    as_json: JsonOption = False,
) -> int:
    """Compile policies and print the share that becomes rules fully, partly or not, and why the rest does not.

    Documents are read by the offline engine. Of labelled rows the texts that are labelled as policies are compiled.

    Example: harmonyguard bench compile handbook.pdf labelled.jsonl
    """
    import asyncio

    from harmonyguard.benchmarks.compilation import PARTS, compile_source, figures_of
    from harmonyguard.cli.output import emit_json, print_table, progress, say

    found = {}
    with progress("Compiling", total=len(sources)) as step:
        for source in sources:
            found[source] = asyncio.run(compile_source(source))
            step(source)
    figures = figures_of(found)
    if as_json:
        emit_json(figures)
        return 0
    rows = [*figures["sources"], {"source": "all", **figures["all"]}]
    print_table(
        ["source", "policies", *PARTS, "fully compiled"],
        [
            (Path(row["source"]).name, row["policies"], *(row[part] for part in PARTS), f"{row['fully_share']:.0%}")
            for row in rows
        ],
    )
    for group in figures["reasons"]:
        say(f"{group['count']} x {group['reason']}")
        for policy in group["policies"][:_SHOWN]:
            say(f"    {_shown(policy)}")
    return 0


def _shown(policy: dict[str, Any]) -> str:
    statement = policy["statement"]
    words = [part for part in policy["words"] if part != statement]
    short = statement if len(statement) <= 90 else f"{statement[:89]}…"
    return f"{short} | {'; '.join(words)}" if words else short

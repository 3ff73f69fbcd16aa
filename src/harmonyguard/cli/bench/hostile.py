"""`harmonyguard bench hostile`: does the browser session stand up to pages that mean it harm?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from harmonyguard.cli.options import JsonOption

if TYPE_CHECKING:
    from harmonyguard.benchmarks.hostile.page import HostilePage


def hostile(
    pages: Annotated[
        list[str] | None, typer.Argument(metavar="[PAGE]...", help="Visit these pages only.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Visit hostile pages on loopback, each in a session of its own, and check what must hold on each.

    The guard's verdicts play no part: every act is permitted, and it is the session that has to hang nowhere, survive
    everything and act on nothing else than what was judged. The exit code is 1 when something does not hold.

    Example: harmonyguard bench hostile overlay alert-loop
    """
    import asyncio

    from harmonyguard.cli.output import emit_json

    figures = asyncio.run(_visit(_wanted(pages)))
    if as_json:
        emit_json(figures)
    else:
        _show(figures)
    return 1 if figures["broken"] else 0


def _wanted(names: list[str] | None) -> tuple[HostilePage, ...]:
    from harmonyguard.benchmarks.hostile.catalogue import PAGES
    from harmonyguard.steps import InputError

    known = {page.id: page for page in PAGES}
    for name in names or ():
        if name not in known:
            raise InputError(f"there is no hostile page {name!r}; there are {', '.join(known)}")
    return tuple(known[name] for name in names) if names else PAGES


async def _visit(pages: tuple[HostilePage, ...]) -> dict[str, Any]:
    import tempfile
    from pathlib import Path

    from harmonyguard.benchmarks.hostile.catalogue import try_page
    from harmonyguard.cli.output import progress
    from harmonyguard.web_agent.browser.sessions import keep_browser

    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder, progress("Visiting", total=len(pages)) as step:
        async with keep_browser():
            for page in pages:
                outcome = await try_page(page, Path(folder) / page.id)
                rows.append(
                    {
                        "page": page.id,
                        "does": page.does,
                        "must_hold": page.must_hold,
                        "held": outcome.held,
                        "broken": outcome.broken,
                        "seconds": round(outcome.seconds, 1),
                    }
                )
                step(page.id)
    return {"pages": rows, "visited": len(rows), "broken": [row["page"] for row in rows if not row["held"]]}


def _show(figures: dict[str, Any]) -> None:
    from harmonyguard.cli.output import print_table, say

    rows = figures["pages"]
    print_table(
        ["page", "must hold", "held", "seconds"],
        [(row["page"], row["must_hold"], "yes" if row["held"] else "no", row["seconds"]) for row in rows],
    )
    say(f"{figures['visited']} pages, {figures['visited'] - len(figures['broken'])} on which all held")
    for row in rows:
        if not row["held"]:
            say(f"{row['page']}: {row['broken']}")

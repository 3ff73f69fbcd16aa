"""`harmonyguard bench adversarial`: can texts on a page talk the guard into something, or out of what is harmless?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from harmonyguard.cli.options import JsonOption

if TYPE_CHECKING:
    from harmonyguard.benchmarks.adversarial.matrix import Cell


def adversarial(
    one_in: Annotated[
        int, typer.Option("--one-in", metavar="N", min=1, help="Try every Nth combination only, evenly.")
    ] = 1,
    as_json: JsonOption = False,
) -> int:
    """Plant hostile texts in pages, tools and reasoning, and compare each verdict with the one without the text.

    Rules and the offline judge decide; no model is asked. The exit code is 1 when a text made a verdict more permissive
    or held up a benign act that is no known exception.

    Example: harmonyguard bench adversarial --one-in 5
    """
    import asyncio

    from harmonyguard.cli.output import emit_json

    figures = asyncio.run(_measure(one_in))
    if as_json:
        emit_json(figures)
    else:
        _show(figures)
    return 1 if figures["loosened"] or figures["blocked"] else 0


async def _measure(one_in: int) -> dict[str, Any]:
    from harmonyguard.benchmarks.adversarial.exceptions import excepted
    from harmonyguard.benchmarks.adversarial.matrix import cells
    from harmonyguard.benchmarks.adversarial.situations import benign, held_up
    from harmonyguard.benchmarks.adversarial.texts import KINDS, hostile_texts
    from harmonyguard.cli.output import progress

    names = ("held", "loosened", "kept", "excepted", "blocked")
    kinds: dict[str, dict[str, int]] = {kind: dict.fromkeys(names, 0) for kind in KINDS}
    holes: dict[str, list[str]] = {"loosened": [], "blocked": []}

    def count(cell: Cell, name: str) -> None:
        kinds[cell.text.kind][name] += 1
        if name in holes:
            holes[name].append(cell.name)

    texts = hostile_texts()
    bases = (*held_up(), *benign())
    with progress("Planting", total=len(bases)) as step:
        for position, base in enumerate(bases):
            async for cell in cells([base], texts, one_in=one_in):
                if position < len(held_up()):
                    count(cell, "loosened" if cell.loosened else "held")
                elif cell.after.outcome == "allow":
                    count(cell, "kept")
                else:
                    count(cell, "blocked" if excepted(cell) is None else "excepted")
            step(base.id)
    every = {name: sum(of_kind[name] for of_kind in kinds.values()) for name in names}
    return {"texts": len(texts), "held_up_acts": len(held_up()), "benign_acts": len(benign()), **every} | {
        "kinds": kinds,
        "holes": holes,
    }


def _show(figures: dict[str, Any]) -> None:
    from harmonyguard.cli.output import paragraph, print_table, say

    columns = ["held", "loosened", "kept", "excepted", "blocked"]
    rows = {**figures["kinds"], "all": figures}
    print_table(["kind", *columns], [(kind, *(row[column] for column in columns)) for kind, row in rows.items()])
    say(
        f"{figures['texts']} texts on {figures['held_up_acts']} acts that are held up and {figures['benign_acts']} "
        "benign ones"
    )
    for name, cells in figures["holes"].items():
        for cell in cells:
            say(f"{name}: {cell}")
    paragraph(
        "held: as strict as without the text; loosened: more permissive; kept: a benign act still passes; excepted: "
        "held up where the text changes what the act is; blocked: held up otherwise"
    )

"""`harmonyguard bench cost`: what a decision costs as the book of policies grows."""

from __future__ import annotations

from typing import Annotated

import typer

from harmonyguard.cli.options import JsonOption


def cost(
    sizes: Annotated[str, typer.Option(metavar="N,N", help="How many policies the books hold.")] = "10,100,1000,10000",
    repeats: Annotated[int, typer.Option(min=1, help="How often each act is judged.")] = 5,
    seed: Annotated[int, typer.Option(help="Another seed makes other books.")] = 0,
    as_json: JsonOption = False,
) -> int:
    """Time one decision at growing numbers of policies, beside one bare Cedar decision over the whole set.

    Example: harmonyguard bench cost --sizes 10,1000
    """
    from itertools import pairwise

    from harmonyguard.benchmarks.cost import measure
    from harmonyguard.cli.output import emit_json, paragraph, print_table, progress
    from harmonyguard.steps import InputError

    try:
        numbers = [int(size) for size in sizes.split(",")]
    except ValueError:
        numbers = []
    if not numbers or min(numbers) < 1:
        raise InputError(f'--sizes takes whole numbers above 0 with commas between them, not "{sizes}"')
    with progress("Judging", total=len(numbers)) as step:
        costs = measure(numbers, seed=seed, repeats=repeats, step=step)
    if as_json:
        emit_json({"sizes": [one.to_json() for one in costs]})
        return 0
    names = {
        "policies": "policies",
        "matching": "match",
        "bare_median": "bare",
        "rules_median": "rules",
        "decision_median": "decision",
        "decision_p95": "p95",
        "ratio": "ratio",
        "bound": "3 x + 1",
        "indexing_seconds": "index",
    }
    print_table([*names.values()], [[_figure(one.to_json()[name]) for name in names] for one in costs])
    paragraph(
        "Medians in milliseconds of processor time. match: policies that an act may violate; bare: one Cedar decision "
        "over the whole set, facts given; rules: facts and rules of one act; decision: all of it, with the offline "
        "judge; ratio: decision to bare; 3 x + 1: three times bare and one millisecond; index: seconds to make the "
        "book ready."
    )
    for smaller, larger in pairwise(costs):
        grown = larger.decision_median / smaller.decision_median
        paragraph(f"{larger.policies:,} policies take {grown:.2f} times as long as {smaller.policies:,}.")
    return 0


def _figure(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.2f}"

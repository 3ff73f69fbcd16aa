"""`harmonyguard bench generalisation`: what of a figure holds for words that were never seen."""

from __future__ import annotations

from typing import Annotated

import typer

from harmonyguard.cli.options import JsonOption


def generalisation(
    rows: Annotated[str, typer.Argument(metavar="ROWS.jsonl", help="Labelled rows, one JSON object a line.")],
    as_json: JsonOption = False,
) -> int:
    """Judge labelled actions without the words that only one row, or one source, has, and in other words.

    Example: harmonyguard bench generalisation labelled.jsonl
    """
    import asyncio
    from collections.abc import Sequence
    from typing import Any

    from harmonyguard.benchmarks.generalisation import measure
    from harmonyguard.benchmarks.paraphrases import PARAPHRASES
    from harmonyguard.cli.check import verdicts_of
    from harmonyguard.cli.engines import read_lines
    from harmonyguard.cli.output import emit_json, paragraph, print_table, progress
    from harmonyguard.settings import load_settings

    settings = load_settings({})
    settings = settings.model_copy(update={"model": None})  # what a model knows is another question

    def check(lines: Sequence[str]) -> list[dict[str, Any]]:
        return asyncio.run(verdicts_of(lines, settings, emit=lambda _: None))

    given = read_lines(rows)
    with progress("Judging", total=3 + len(PARAPHRASES)) as step:
        found = measure(given, check, step)
    if as_json:
        emit_json({"conditions": [one.to_json() for one in found]})
        return 0
    print_table(
        ["rows", "recall", "false blocks", "bal.", "pairs right"],
        [
            (one.name, one.recall, one.false_blocks, one.balanced_accuracy, f"{one.pairs_right} of {one.pairs}")
            for one in found
        ],
    )
    off = {one.name: one.switched_off for one in found if one.switched_off}
    paragraph(
        "bal.: balanced accuracy. Without words: each row, or source, is judged with a lexicon that lacks what stands "
        f"in no other ({', '.join(f'{count} entries {name}' for name, count in off.items())}). The rest: the same "
        "rows in other words."
    )
    return 0

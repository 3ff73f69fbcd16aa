"""`harmonyguard bench ingest`: what ingestion costs beside parsing, and whether memory stays flat."""

from __future__ import annotations

from typing import Annotated

import typer

from harmonyguard.cli.options import JsonOption

REPEATS = 3


def ingest(
    pages: Annotated[int, typer.Option(min=1, metavar="N", help="Pages of the PDF.")] = 200,
    documents: Annotated[int, typer.Option(min=10, metavar="N", help="HTML pages.")] = 100,
    as_json: JsonOption = False,
) -> int:
    """Time the ingestion of generated documents as a ratio to parsing alone, and see whether memory grows with them.

    Parsing alone is pypdf and unstructured by themselves; ingestion ends with the policies in the log.

    Example: harmonyguard bench ingest --documents 50
    """
    from harmonyguard.benchmarks.ingestion import measure_memory, measure_throughput
    from harmonyguard.cli.output import emit_json, paragraph, print_table, progress

    with progress("Making documents", total=2 * REPEATS * 3 + 2) as step:
        throughput = measure_throughput(pages=pages, documents=documents, repeats=REPEATS, step=step)
        memory = measure_memory((10, documents), step=step)
    if as_json:
        emit_json({"throughput": [one.to_json() for one in throughput], "memory": [one.to_json() for one in memory]})
        return 0
    columns = ["kind", "documents", "pages", "policies", "parsing", "ingestion", "ratio", "again"]
    print_table(columns, [[one.to_json()[name] for name in columns] for one in throughput])
    paragraph(
        "seconds of processor time, medians of 3 runs; ratio: ingestion / parsing alone; again: the same documents, "
        "unchanged"
    )
    print_table(
        ["documents", "MB after one", "MB at the peak"],
        [(one.documents, round(one.before), round(one.peak)) for one in memory],
    )
    return 0

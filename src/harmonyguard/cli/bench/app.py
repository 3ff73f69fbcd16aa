"""`harmonyguard bench`: figures on labelled rows and documents that the caller brings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from harmonyguard.cli.options import JsonOption, ModelOption, PlainCommand

from .adversarial import adversarial
from .book import book
from .compile import compile_share
from .cost import cost
from .generalisation import generalisation
from .hostile import hostile
from .ingest import ingest
from .judged import judged
from .kill import kill
from .miniwob import miniwob
from .report import report
from .runs import many_runs

bench = typer.Typer(help="Measure the guard on labelled material.", no_args_is_help=True, rich_markup_mode=None)


@bench.command("actions", cls=PlainCommand, short_help="Is the guard right, and does it over-block?")
def actions(
    rows: Annotated[str, typer.Argument(metavar="ROWS.jsonl", help="Labelled rows, one JSON object a line.")],
    model: ModelOption = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the verdicts here as well.")] = None,
    as_json: JsonOption = False,
) -> int:
    """Judge labelled actions and print how often the guard is right, and how often it over-blocks.

    Rows are those of `harmonyguard check` with `label` (violation or ok) and `violated` besides.

    Example: harmonyguard bench actions labelled.jsonl
    """
    import asyncio

    from harmonyguard.benchmarks.actions import read_rows, score
    from harmonyguard.cli.check import verdicts_of
    from harmonyguard.cli.engines import read_lines
    from harmonyguard.cli.output import emit_json, note, write_whole
    from harmonyguard.settings import load_settings

    settings = load_settings({"model": model})
    labels, lines = read_rows(read_lines(rows))
    verdicts = asyncio.run(verdicts_of(lines, settings, emit=lambda _: None))
    if out is not None:
        write_whole(out, "".join(json.dumps(verdict, ensure_ascii=False) + "\n" for verdict in verdicts))
    figures = score(labels, verdicts)
    errors = sum(verdict.get("error") is not None for verdict in verdicts)
    figures["errors"] = errors
    figures["judge_calls"] = sum(int(verdict.get("judge_calls") or 0) for verdict in verdicts)
    if as_json:
        emit_json(figures)
    else:
        _show(figures)
    if errors:
        note(f"{errors} rows ended with a guard error and were handled closed")
    return 3 if errors else 0


@bench.command("extraction", cls=PlainCommand, short_help="Are the policies of documents found?")
def extraction(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="Labelled documents, one JSON object a line.")],
    model: ModelOption = None,
    as_json: JsonOption = False,
) -> int:
    """Extract policies from labelled documents and print how many clauses are found, and how many are not policies.

    Each line names a `file`, relative to the JSONL file, and its labelled sentences.

    Example: harmonyguard bench extraction gold.jsonl
    """
    import asyncio

    from harmonyguard.benchmarks.extraction import score_extraction
    from harmonyguard.cli.output import emit_json, note, print_table, progress, say
    from harmonyguard.policy_agent import make_extraction_engine
    from harmonyguard.settings import load_settings

    engine = make_extraction_engine(load_settings({"model": model}).model)
    with progress("Extracting") as step:
        figures = asyncio.run(score_extraction(gold, engine, step=step))
    parts = figures["per_document"]
    unread = {name: part["error"] for name, part in parts.items() if part.get("error")}
    if as_json:
        emit_json(figures)
    else:
        columns = ["gold", "extracted", "found", "right", "wrong", "recall", "precision", "f1"]
        print_table(
            ["document", *columns], [(name, *(part[column] for column in columns)) for name, part in parts.items()]
        )
        micro = figures["micro"]
        say(f"engine: {figures['engine']}")
        say(f"all: recall {micro['recall']:.4f}, precision {micro['precision']:.4f}, F1 {micro['f1']:.4f}")
    for name, error in unread.items():
        note(f"{name}: {error}")
    return 3 if figures["guard_errors"] else 2 if unread else 0


bench.command("compile", cls=PlainCommand, short_help="How much of policy text becomes rules?")(compile_share)
bench.command("ingest", cls=PlainCommand, short_help="What does ingestion cost beside parsing?")(ingest)


bench.command("generalisation", cls=PlainCommand, short_help="How much is owed to words seen before?")(generalisation)
bench.command("adversarial", cls=PlainCommand, short_help="Can hostile texts talk the guard into something?")(
    adversarial
)
bench.command("hostile", cls=PlainCommand, short_help="Does the browser stand up to pages that mean harm?")(hostile)
bench.command("cost", cls=PlainCommand, short_help="What does a decision cost as books grow?")(cost)
bench.command("book", cls=PlainCommand, short_help="What does the policy log cost as it grows?")(book)
bench.command("report", cls=PlainCommand, short_help="How big is a report, and how fast does it open?")(report)
bench.command("kill", cls=PlainCommand, short_help="Does a killed run go on without repeating an act?")(kill)
bench.command("runs", cls=PlainCommand, short_help="What do many runs in one process leave behind?")(many_runs)
bench.command("judged", cls=PlainCommand, short_help="What is left wrong when the judge is always right?")(judged)
bench.command("miniwob", cls=PlainCommand, short_help="Does the agent do its tasks, guarded and not?")(miniwob)


def _show(figures: dict[str, Any]) -> None:
    from harmonyguard.cli.output import paragraph, print_table, say

    names = {
        "n": "rows",
        "violations": "bad",
        "precision": "prec.",
        "recall": "recall",
        "f1": "F1",
        "false_positive_rate": "FPR",
        "balanced_accuracy": "bal.",
        "policy_attribution": "attr.",
    }
    for part in ("source", "family"):
        groups = {**figures[f"by_{part}"], "all": figures["overall"]}
        print_table(
            [part, *names.values()], [(key, *(_cell(row, name) for name in names)) for key, row in groups.items()]
        )
    paragraph(
        "bad: labelled violations; prec.: precision; FPR: share of the benign rows that were held up; bal.: balanced "
        "accuracy; attr.: right policy named; -: there are no such rows"
    )
    pairs = figures["pairs"]
    say(f"macro balanced accuracy over sources: {figures['macro_balanced_accuracy_over_sources']}")
    say(f"contrast pairs: {pairs['all_right']} of {pairs['contrast_groups']} right as a whole")
    say(f"judge calls: {figures['judge_calls']}")


def _cell(row: dict[str, Any], name: str) -> Any:
    """Without labelled violations there is nothing that precision and F1 could say."""
    return None if name in {"precision", "f1"} and not row["violations"] else row[name]

"""`harmonyguard runs compare`: two runs side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harmonyguard.cli.options import JsonOption, RunArgument

if TYPE_CHECKING:
    from harmonyguard.runs.comparison import Comparison
    from harmonyguard.runs.report_story import StepStory


def compare(
    left: RunArgument,
    right: RunArgument,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the comparison as an HTML page.")] = None,
    as_json: JsonOption = False,
) -> int:
    """Two runs side by side: their figures, and their steps with those that belong together in one line.

    Steps belong together when they are on the same page of the site and begin with the same act.

    Example: harmonyguard runs compare 20261120-142657-52ef8e 20261120-143102-0c1b77 --html two.html
    """
    from harmonyguard.cli.output import emit_json, note
    from harmonyguard.runs.comparison import compare as compare_runs
    from harmonyguard.runs.journal import read_journal
    from harmonyguard.runs.report_story import tell
    from harmonyguard.settings import load_settings

    folder = load_settings().runs
    found = compare_runs(tell(read_journal(folder, left)), tell(read_journal(folder, right)))
    if html is not None:
        from harmonyguard.runs.report import write_comparison

        write_comparison(found, html)
        note(f"written to {html}")
    if as_json:
        emit_json(_document(left, right, found))
    else:
        _show(left, right, found)
    return 0


def _document(left: str, right: str, found: Comparison) -> dict[str, Any]:
    return {
        "left": left,
        "right": right,
        "same_task": found.same_task,
        "figures": {figure.name: [figure.left, figure.right] for figure in found.figures},
        "steps": [{"left": _step(pair.left), "right": _step(pair.right), "same": pair.same} for pair in found.steps],
    }


def _step(step: StepStory | None) -> dict[str, Any] | None:
    if step is None:
        return None
    return {
        "step": step.number,
        "page": "" if step.observation is None else step.observation.url,
        "proposals": [
            {
                "action": attempt.proposal.action.to_json(),
                "outcome": None if attempt.verdict is None else attempt.verdict.outcome,
                "violated": [] if attempt.verdict is None else list(attempt.verdict.violated),
            }
            for attempt in step.attempts
        ],
    }


def _show(left: str, right: str, found: Comparison) -> None:
    from harmonyguard.cli.output import note, print_table, say

    if not found.same_task:
        note("the two runs worked on different tasks")
    print_table(["", left, right], [(f.name, _known(f.left), _known(f.right)) for f in found.figures])
    say("")
    rows = [("" if pair.same else "*", _words(pair.left), _words(pair.right)) for pair in found.steps]
    print_table(["", left, right], rows)
    if any(not pair.same for pair in found.steps):
        say("* differs")


def _known(value: str | int | float | None) -> str | None:
    return None if value is None else str(value)


def _words(step: StepStory | None) -> str | None:
    from harmonyguard.cli.words.action_words import action_words

    if step is None:
        return None
    parts = []
    for attempt in step.attempts:
        outcome = "not judged" if attempt.verdict is None else attempt.verdict.outcome.replace("_", " ")
        parts.append(f"{action_words(attempt.proposal.action, step.observation)}: {outcome}")
    return f"{step.number}. {'; then '.join(parts) or 'nothing proposed'}"

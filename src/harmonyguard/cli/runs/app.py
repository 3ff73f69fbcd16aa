"""`harmonyguard runs`: what was run, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from harmonyguard.cli.options import JsonOption, PlainCommand, RunArgument

from .compare import compare
from .delete import delete, prune
from .export import export
from .replay import replay

if TYPE_CHECKING:
    from harmonyguard.runs.report_story import RunStory, StepStory

runs = typer.Typer(
    help="Look at runs, compare, replay, export and delete them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@runs.command("list", cls=PlainCommand, short_help="All runs, the newest first.")
def list_runs(as_json: JsonOption = False) -> int:
    """All runs, the newest first.

    Example: harmonyguard runs list --json
    """
    from harmonyguard.cli.output import emit_json, note, print_table
    from harmonyguard.runs.journal import read_journal, runs_in
    from harmonyguard.runs.report_story import tell
    from harmonyguard.settings import load_settings
    from harmonyguard.steps import InputError

    folder = load_settings().runs
    found: list[dict[str, Any]] = []
    for name in runs_in(folder):
        try:
            found.append(_summary(name, tell(read_journal(folder, name))))
        except InputError as error:
            note(f"{name}: {error}")
            found.append({**dict.fromkeys(_COLUMNS), "run": name, "outcome": "unreadable"})
    found.sort(key=lambda run: (str(run["started"] or ""), str(run["run"])), reverse=True)
    if as_json:
        emit_json({"runs": found})
    elif found:
        rows = [[*(run[column] for column in _SHOWN), _short(str(run["task"] or ""))] for run in found]
        print_table([*_SHOWN.values(), "task"], rows)
    else:
        note(f"no runs in {folder}")
    return 0


@runs.command("show", cls=PlainCommand, short_help="One run, step by step.")
def show(run: RunArgument, as_json: JsonOption = False) -> int:
    """One run, step by step: what was proposed, what the guard said, what was done.

    Example: harmonyguard runs show 20261120-142657-52ef8e
    """
    from harmonyguard.cli.output import emit_json, paragraph, say
    from harmonyguard.runs.journal import read_journal
    from harmonyguard.runs.report_story import tell
    from harmonyguard.settings import load_settings

    story = tell(read_journal(load_settings().runs, run))
    summary = _summary(run, story)
    steps: list[dict[str, Any]] = [
        {
            "step": step.number,
            "page": "" if step.observation is None else step.observation.url,
            "action": attempt.proposal.action.to_json(),
            "outcome": None if attempt.verdict is None else attempt.verdict.outcome,
            "violated": [] if attempt.verdict is None else list(attempt.verdict.violated),
            "explanation": "" if attempt.verdict is None else attempt.verdict.explanation,
            "done": attempt.acted,
        }
        for step in story.steps
        for attempt in step.attempts
    ]
    if as_json:
        emit_json({**summary, "answer": story.answer, "proposals": steps})
        return 0
    for name, value in summary.items():
        paragraph(f"{name.replace('_', ' '):<12} {'-' if value is None else value}", indent=13)
    for step in story.steps:
        _show_step(step)
    if story.answer:
        say("")
        paragraph(f"{'answer':<12} {story.answer}", indent=13)
    return 0


runs.command("compare", cls=PlainCommand, short_help="Two runs side by side.")(compare)
runs.command("replay", cls=PlainCommand, short_help="Judge a run again under another policy book.")(replay)
runs.command("export", cls=PlainCommand, short_help="Every decision as one JSON line.")(export)
runs.command("delete", cls=PlainCommand, short_help="Delete runs for good.")(delete)
runs.command("prune", cls=PlainCommand, short_help="Delete runs that ended long ago.")(prune)


def _show_step(step: StepStory) -> None:
    from harmonyguard.cli.output import paragraph, say
    from harmonyguard.cli.words.action_words import action_words

    say("")
    page = "Start" if step.observation is None else f"{step.observation.title} {step.observation.url}".strip()
    paragraph(f"{step.number:>3}  {page}", indent=5, style="bold")
    for attempt in step.attempts:
        paragraph(f"     {action_words(attempt.proposal.action, step.observation)}", indent=7)
        outcome = "not judged" if attempt.verdict is None else attempt.verdict.outcome.replace("_", " ")
        why = "" if attempt.verdict is None else attempt.verdict.explanation
        paragraph(f"       {outcome}, {'done' if attempt.acted else 'not done'}. {why}", indent=9)
        for words in (*attempt.errors, *([attempt.verdict.error] if attempt.verdict and attempt.verdict.error else [])):
            paragraph(f"       guard error, handled closed: {words}", indent=9, style="bold red")
    for words in step.errors:
        paragraph(f"       guard error, handled closed: {words}", indent=9, style="bold red")


LONGEST_TASK = 60
_COLUMNS = ["run", "started", "outcome", "steps", "violations", "revisions", "judge_calls", "task"]


_SHOWN = {
    "run": "run",
    "outcome": "outcome",
    "steps": "steps",
    "violations": "viol.",
    "revisions": "rev.",
    "judge_calls": "judge",
}


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_TASK else words[: LONGEST_TASK - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def _summary(name: str, story: RunStory) -> dict[str, Any]:
    return {
        "run": name,
        "started": story.started,
        "outcome": story.outcome or "not finished",
        "steps": len(story.steps),
        "violations": story.violations,
        "revisions": story.revisions,
        "judge_calls": story.judge_calls,
        "task": "" if story.task is None else story.task.goal,
    }

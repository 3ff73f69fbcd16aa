"""`harmonyguard run`: one task in a real browser, guarded."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer

from .completing import runs_in_folder
from .options import BookOption, JsonOption, ModelOption
from .tracing import traced

if TYPE_CHECKING:
    from harmonyguard.policies.book import PolicyBook
    from harmonyguard.runs.approvals import Approver
    from harmonyguard.settings import Settings
    from harmonyguard.steps import Task

    from .following import Following
    from .tracing import Listener


class Mode(StrEnum):
    """`shadow` judges and records, and lets everything through."""

    enforce = "enforce"
    shadow = "shadow"


def run(
    task: Annotated[
        list[str] | None, typer.Argument(metavar="TASK", help="What to do, in plain words.", show_default=False)
    ] = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="Where the work starts.")] = None,
    book: BookOption = None,
    policies: Annotated[
        list[str] | None,
        typer.Option(metavar="SOURCE...", help="Documents whose policies hold for this run, instead of the book."),
    ] = None,
    model: ModelOption = None,
    mode: Annotated[Mode | None, typer.Option(help="enforce, or shadow: judge and record only.")] = None,
    max_steps: Annotated[int | None, typer.Option(metavar="N", help="Stop after so many steps.")] = None,
    approve: Annotated[
        str, typer.Option(metavar="ask|deny|FILE", help="Who answers questions: you, nobody, or a file of answers.")
    ] = "ask",
    resume: Annotated[
        str | None,
        typer.Option(metavar="RUN", help="Go on with a run that was cut short.", autocompletion=runs_in_folder),
    ] = None,
    headed: Annotated[bool, typer.Option("--headed", help="Show the browser.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Work on a task in a real browser; nothing reaches it unjudged. Writes a report of the run.

    Example: harmonyguard run "Reply to ticket 12" --url http://desk.example/ --policies conduct.md
    """
    from importlib import import_module

    from harmonyguard.settings import load_settings
    from harmonyguard.steps import InputError

    from .browsing import run_with_browser
    from .following import Following
    from .output import progress
    from .running import Interrupted

    words = list(task or [])
    # `--policies A B C` after the task: what follows the first source arrives as further words.
    sources = [*(policies or []), *words[1:]]
    if words[1:] and not policies:
        raise InputError(f"one task at a time: put it in quotes (got also {words[1]!r})")
    if policies and book is not None:
        raise InputError("give --book or --policies, not both")
    settings = load_settings(
        {
            "book": book,
            "model": model,
            "mode": mode and mode.value,
            "max_steps": max_steps,
            "headed": headed or None,
        }
    )
    wanted = _task(words[0] if words else None, url, settings, resume)
    with progress("Starting"):
        # This takes seconds. In the event loop Ctrl-C would have to wait for it.
        import_module("harmonyguard.graphs.running")
    following = Following(resume)
    try:
        with traced(following.hear) as hear:
            return run_with_browser(_run(wanted, sources, settings, approve, following, hear, as_json))
    except KeyboardInterrupt:
        # A run goes on under the settings that it began with, so the flags are part of what to type.
        flags: list[object] = []
        for name, value in {"book": book, "model": model, "mode": settings.mode, "max-steps": max_steps}.items():
            flags += [f"--{name}", value] if value is not None and value != "enforce" else []
        flags += ["--approve", approve] if approve != "ask" else []
        flags += ["--headed"] if headed else []
        raise Interrupted(following.how_to_go_on([*flags, *(["--policies", *sources] if sources else [])])) from None


def _task(goal: str | None, url: str | None, settings: Settings, resume: str | None) -> Task:
    from harmonyguard.steps import InputError, Task

    if resume is not None:
        return _task_of(settings.runs, resume, goal, url)
    if not goal or not goal.strip():
        raise InputError('no task given: harmonyguard run "TASK" --url URL')
    if url is None:
        raise InputError("the task has no URL: say where the work starts with --url")
    address = urlsplit(url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise InputError(f"{url} is not an http or https URL")
    return Task(goal=goal, url=url)


def _task_of(runs: Path, run: str, goal: str | None, url: str | None) -> Task:
    from harmonyguard.runs.journal import read_journal
    from harmonyguard.runs.report_story import tell
    from harmonyguard.steps import InputError

    task = tell(read_journal(runs, run)).task
    if task is None:
        raise InputError(f"run {run} recorded no task: it cannot be resumed")
    if (goal is not None and goal != task.goal) or (url is not None and url != task.url):
        raise InputError(f"run {run} works on another task: leave TASK and --url out to go on with it")
    return task


async def _run(
    task: Task,
    sources: list[str],
    settings: Settings,
    approve: str,
    following: Following,
    hear: Listener,
    as_json: bool,
) -> int:
    import asyncio

    from harmonyguard.runs.journal import read_journal
    from harmonyguard.runs.outcomes import EXIT_CODES
    from harmonyguard.runs.report import write_report
    from harmonyguard.runs.retention import prune

    from .engines import make_utility_agent, make_web_agent
    from .output import counted, emit_json, note

    approver = await asyncio.to_thread(_approver, approve)
    web_agent, utility_agent = make_web_agent(settings), make_utility_agent(settings)
    book = await _book(sources, settings)

    from harmonyguard.graphs.running import run_task
    from harmonyguard.nodes.shared.defaults import journal_only, record_violation
    from harmonyguard.steps import InputError

    from .following import missing, take_back
    from .proposing import tell_proposals
    from .secret_values import ask_for_secret

    if settings.keep_runs_days is not None:
        gone = await asyncio.to_thread(prune, settings.runs, settings.keep_runs_days)
        if gone:
            note(f"{counted(len(gone), 'run')} deleted that ended over {settings.keep_runs_days} days ago")
    made = await asyncio.to_thread(missing, settings.runs)
    resume = following.run
    try:
        result: Any = await run_task(
            task,
            book=book,
            settings=settings,
            approver=approver,
            web_agent=web_agent,
            utility_agent=utility_agent,
            run=resume,
            mode=settings.mode,
            on_event=hear,
            ask_secret=ask_for_secret,
            # Policies that were read for this run alone have no log that could remember.
            record_violation=journal_only if sources else record_violation,
        )
    except InputError:
        if resume is None and following.run is not None and not following.acted:
            await asyncio.to_thread(take_back, settings.runs / following.run, made)
        raise
    if settings.model is None:
        note("No model is configured: offline engines browsed and judged.")
    folder = settings.runs / result.run
    events = await asyncio.to_thread(read_journal, settings.runs, result.run)
    await tell_proposals(events, settings)
    report = await asyncio.to_thread(write_report, events, folder / "report.html", folder=folder)
    document = {
        "run": result.run,
        "outcome": result.outcome,
        "answer": result.answer,
        "steps": result.steps,
        "violations": result.violations,
        "revisions": result.revisions,
        "judge_calls": result.judge_calls,
        "report": str(report),
    }
    if as_json:
        emit_json(document)
    else:
        _show(document)
    return EXIT_CODES[result.outcome]


def _approver(approve: str) -> Approver:
    import sys

    from harmonyguard.runs.approvals import ApprovalsFile, AskDenied, TerminalApprover

    if approve == "deny":
        return AskDenied()
    if approve == "ask":
        # Without a terminal, asking means denying.
        return TerminalApprover() if sys.stdin.isatty() and sys.stderr.isatty() else AskDenied()
    return ApprovalsFile.load(Path(approve))


async def _book(sources: list[str], settings: Settings) -> PolicyBook:
    import asyncio

    from harmonyguard.policies.book import PolicyBook

    from .engines import read_book

    if not sources:
        return await asyncio.to_thread(read_book, settings.book)

    from harmonyguard.state import GuardContext

    from .reading import policies_of

    return PolicyBook.of(await policies_of(sources, GuardContext(model=settings.model)))


def _show(document: dict[str, Any]) -> None:
    from .output import paragraph

    for name in ("run", "outcome", "answer", "steps", "violations", "revisions", "judge_calls", "report"):
        value = document[name]
        paragraph(f"{name.replace('_', ' '):<12} {'-' if value is None else value}", indent=13)

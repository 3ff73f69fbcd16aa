"""The demo: the support desk's tasks, each worked on twice by the same naive offline agent, unguarded and guarded.

Unguarded is `shadow` mode: everything gets a permit, and the browser may reach the hostile host. Whether a task was
done and whether policies were kept is read from the desk's data in both cases.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from harmonyguard.documents import load_document
from harmonyguard.graphs.running import RunResult, run_task
from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.policy import Policy
from harmonyguard.policy_agent import PolicyAgent
from harmonyguard.runs.approvals import ApprovalsFile
from harmonyguard.runs.journal import read_journal
from harmonyguard.runs.report import write_report
from harmonyguard.settings import Settings
from harmonyguard.steps import Task
from harmonyguard.web_agent.grammar.grammar_agent import GrammarAgent

from .demo_report import write_demo_report
from .support_desk import TASKS, Desk, DeskTask, serve, violations

DOCUMENTS = ("refund-policy.pdf", "data-handling.html", "agent-conduct.md")
ORGANIZATION = "Northwind Support"

Side = Literal["unguarded", "guarded"]


@dataclass(frozen=True)
class Attempt:
    """What came of one run. `completed`, `compliant` and `broken` are read from the desk's data."""

    completed: bool
    compliant: bool
    broken: tuple[str, ...]
    outcome: str
    answer: str | None
    steps: int
    revisions: int
    judge_calls: int
    milliseconds: float
    run: str
    report: str


async def read_examples(folder: Path) -> PolicyBook:
    """The policies of the example documents in `folder`, read offline."""
    agent = PolicyAgent()
    policies: list[Policy] = []
    for name in DOCUMENTS:
        document = await load_document(str(folder / "policies" / name))
        extraction = await asyncio.to_thread(agent.extract, document, organization=ORGANIZATION)
        policies.extend(extraction.policies)
    return PolicyBook.of(policies)


async def run_demo(
    out: Path, *, tasks: Sequence[DeskTask] = TASKS, on_progress: Callable[[str], None] | None = None
) -> dict[str, Any]:
    """Run `tasks` unguarded and guarded, write runs and reports below `out`, and return what came of them.

    Returns `tasks` (one row a task with an `Attempt` a side), `approvals` (`file`, `entries`) and `report`; `contract`
    makes the JSON document of `harmonyguard demo --json` of it. `on_progress` gets a line before each run.
    """
    tell = on_progress or (lambda line: None)
    with as_file(files("harmonyguard.examples")) as examples:
        tell(f"Reading {', '.join(DOCUMENTS)}")
        book = await read_examples(examples)
        file = examples / "approvals.json"
        approvals = await asyncio.to_thread(ApprovalsFile.load, file)
    rows = []
    for number, task in enumerate(tasks, 1):
        row: dict[str, Any] = {"id": task.id, "category": task.category, "twin_of": task.twin_of, "goal": task.goal}
        row["forbidden_goal"] = task.forbidden_goal
        for side in ("unguarded", "guarded"):
            tell(f"{number}/{len(tasks)} {task.id}, {side}")
            row[side] = asdict(await attempt(task, side, book=book, approvals=approvals, out=out))
        rows.append(row)
    report = await asyncio.to_thread(write_demo_report, rows, book.policies, approvals, out / "report.html")
    return {
        "tasks": rows,
        "approvals": {"file": str(file), "entries": [entry.to_json() for entry in approvals.approvals]},
        "report": str(report),
    }


def contract(result: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON document of `harmonyguard demo --json`: what scripts rely on, and no more."""
    sides = {
        "unguarded": ("completed", "compliant"),
        "guarded": ("completed", "compliant", "revisions", "judge_calls"),
    }
    tasks = [
        {
            "id": row["id"],
            "category": row["category"],
            **{side: {key: row[side][key] for key in keys} for side, keys in sides.items()},
        }
        for row in result["tasks"]
    ]
    return {"tasks": tasks, "report": result["report"]}


async def attempt(task: DeskTask, side: Side, *, book: PolicyBook, approvals: ApprovalsFile, out: Path) -> Attempt:
    """Work on one task once, on a desk of its own below `out`."""
    desks = out / "desks"
    await asyncio.to_thread(desks.mkdir, parents=True, exist_ok=True)
    async with serve(desks / f"{task.id}-{side}-{secrets.token_hex(4)}.db") as desk:
        settings = _settings(side, desk, out)
        result: RunResult = await run_task(
            Task(goal=task.goal, url=desk.url + task.path),
            book=book,
            settings=settings,
            approver=approvals,
            web_agent=GrammarAgent(follow_page_instructions=True),
            mode=settings.mode,
        )
        folder = settings.runs / result.run
        events = await asyncio.to_thread(read_journal, settings.runs, result.run)
        report = await asyncio.to_thread(write_report, events, folder / "report.html", folder=folder)
        broken = await asyncio.to_thread(violations, desk.database, task.consented)
        return Attempt(
            completed=await asyncio.to_thread(task.done, desk.database),
            compliant=not broken,
            broken=tuple(sorted(broken)),
            outcome=result.outcome,
            answer=result.answer,
            steps=result.steps,
            revisions=result.revisions,
            judge_calls=result.judge_calls,
            milliseconds=round(result.milliseconds, 1),
            run=result.run,
            report=str(report),
        )


def _settings(side: Side, desk: Desk, out: Path) -> Settings:
    other_host = urlsplit(desk.other_url).hostname or ""
    return Settings(
        runs=out / "runs",
        mode="enforce" if side == "guarded" else "shadow",
        allowed_hosts=() if side == "guarded" else (other_host,),
    )

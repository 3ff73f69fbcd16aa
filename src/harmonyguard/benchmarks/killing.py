"""The kill test: a run is killed at every boundary, goes on, and the desk's rows are counted.

Each boundary has a desk and a process of its own; the process is killed with SIGKILL, and the run goes on here. Where
nobody can know whether an act took effect, the guard asks, and the person in this test looks at the desk.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from harmonyguard.graphs.running import run_task
from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.policy import Policy
from harmonyguard.runs.approvals import Approver, ReviewAnswer, ReviewRequest, UserAnswer, UserQuestion
from harmonyguard.runs.journal import read_journal
from harmonyguard.settings import Settings
from harmonyguard.steps import GuardError, Record, Task
from harmonyguard.web_agent.browser.sessions import keep_browser
from harmonyguard.web_agent.grammar.grammar_agent import GrammarAgent

from .killed_run import Assignment, work
from .support_desk import Database, serve

PATIENCE = 300.0
"""Seconds that one run may take before it counts as hanging."""

Count = Callable[[Database], int]


@dataclass(frozen=True)
class KillTask:
    """A task on the desk whose `effects`, by the control that brings them, must each come about once."""

    id: str
    path: str
    goal: str
    effects: Mapping[str, Count]


class Boundary(Record):
    """What came of a run that was killed at one boundary.

    `killed` is False when the run ended before it got there; `rows` holds, by control, how often its effect is in the
    desk; `asked` counts the questions to a person.
    """

    number: int
    name: str
    killed: bool
    finished: bool
    rows: dict[str, int]
    asked: int = 0

    @property
    def duplicated(self) -> int:
        """Effects that came about more than once."""
        return sum(max(0, rows - 1) for rows in self.rows.values())

    @property
    def missing(self) -> int:
        """Effects that did not come about."""
        return sum(rows == 0 for rows in self.rows.values())


def _replies(kind: str, words: str, database: Database) -> int:
    return sum(message.kind == kind and message.body == words for message in database.messages(1009))


def _refunds(database: Database) -> int:
    return sum(refund.order == 2043 for refund in database.refunds())


TASKS = (
    KillTask(
        id="note-and-reply",
        path="/tickets/1009",
        goal='Enter "Called back." into "Internal note". Click "Add note". '
        'Enter "We will send it tomorrow." into "Your reply". Select "Pending" in "Status". Click "Send reply".',
        effects={
            "Add note": partial(_replies, "note", "Called back."),
            "Send reply": partial(_replies, "reply", "We will send it tomorrow."),
        },
    ),
    KillTask(
        id="refund",
        path="/refunds",
        goal='Click "New refund". Enter "2043" into "Order number". Enter "35.50" into "Amount (EUR)". '
        'Enter "Damaged on arrival" into "Reason". Click "Submit refund".',
        effects={"Submit refund": _refunds},
    ),
    KillTask(
        id="refund-revised",
        path="/refunds",
        goal='Click "New refund". Enter "2043" into "Order number". Enter "35.50" into "Amount (EUR)". '
        'Click "Submit refund". The reason is "Damaged on arrival".',
        effects={"Submit refund": _refunds},
    ),
)


class Witness:
    """A person who looks at the desk before answering, and lets an act go on whose effect is not there."""

    def __init__(self, task: KillTask, database: Path) -> None:
        self.asked = 0
        self._task = task
        self._database = database

    async def review(self, request: ReviewRequest) -> ReviewAnswer:
        """Approve what did not happen yet."""
        self.asked += 1
        count = self._task.effects.get(request.target)
        there = None if count is None else await asyncio.to_thread(count, Database(self._database))
        if there != 0:
            return ReviewAnswer(answer="reject", shown=request.digest(), reason="it took effect already")
        return ReviewAnswer(answer="approve", shown=request.digest())

    async def ask(self, question: UserQuestion) -> UserAnswer:
        """Give leave."""
        self.asked += 1
        return UserAnswer(answer="yes", shown=question.digest())


async def kill_everywhere(
    task: KillTask,
    folder: Path,
    *,
    policies: Sequence[Policy] = (),
    chosen: Callable[[int, str], bool] = lambda number, name: True,
    workers: int = 2,
    step: Callable[[str], None] = lambda done: None,
) -> list[Boundary]:
    """Kill a run on `task` at each boundary that is `chosen` by its number (from 1) and name, and let it go on.

    `step` is called after each. Raises GuardError when the run does not even end undisturbed.
    """
    names = await boundaries_of(task, folder, policies)
    turns = asyncio.Semaphore(workers)

    async def one(number: int, name: str) -> Boundary:
        async with turns:
            found = await _kill_at(task, folder / f"{task.id}-{number}", policies, number, name)
            step(f"{task.id}, boundary {number}")
            return found

    async with keep_browser():
        numbered = [(number, name) for number, name in enumerate(names, 1) if chosen(number, name)]
        return list(await asyncio.gather(*(one(number, name) for number, name in numbered)))


async def boundaries_of(task: KillTask, folder: Path, policies: Sequence[Policy] = ()) -> list[str]:
    """The names of all boundaries of an undisturbed run. Raises GuardError when it does not end with all effects."""
    place = folder / f"{task.id}-undisturbed"
    await asyncio.to_thread(place.mkdir, parents=True)
    async with serve(place / "desk.db") as desk:
        witness = Witness(task, place / "desk.db")
        assignment = _assignment(task, desk.url, place, policies, witness, None)
        code = await _run_process(assignment)
        rows = {control: count(desk.database) for control, count in task.effects.items()}
    if code != 0 or set(rows.values()) != {1}:
        raise GuardError(f"an undisturbed run on {task.id} ended with {code} and left {rows}")
    return (await asyncio.to_thread(assignment.names.read_text, encoding="utf-8")).splitlines()


async def _kill_at(task: KillTask, place: Path, policies: Sequence[Policy], number: int, name: str) -> Boundary:
    await asyncio.to_thread(place.mkdir, parents=True)
    async with serve(place / "desk.db") as desk:
        witness = Witness(task, place / "desk.db")
        assignment = _assignment(task, desk.url, place, policies, witness, number)
        killed = await _run_process(assignment) == -signal.SIGKILL
        run = await asyncio.to_thread(_only_run, assignment.runs)
        if not await asyncio.to_thread(_is_finished, assignment.runs, run):
            await run_task(
                assignment.task,
                book=PolicyBook.of(policies),
                settings=Settings(runs=assignment.runs),
                approver=witness,
                web_agent=GrammarAgent(),
                run=run,
            )
        finished = await asyncio.to_thread(_is_finished, assignment.runs, run)
        rows = {control: count(desk.database) for control, count in task.effects.items()}
    return Boundary(number=number, name=name, killed=killed, finished=finished, rows=rows, asked=witness.asked)


def _assignment(
    task: KillTask, url: str, place: Path, policies: Sequence[Policy], approver: Approver, boundary: int | None
) -> Assignment:
    return Assignment(
        task=Task(goal=task.goal, url=url + task.path),
        policies=tuple(policies),
        approver=approver,
        runs=place / "runs",
        boundary=boundary,
        names=place / "boundaries.txt",
    )


async def _run_process(assignment: Assignment) -> int:
    """Work in a process of its own; its exit code. The modules are imported once, in the process that all fork from."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([work.__module__])
    process = context.Process(target=work, args=(assignment,))
    await asyncio.to_thread(process.start)
    try:
        await asyncio.to_thread(process.join, PATIENCE)
        if process.exitcode is None:
            raise GuardError(f"a run hung for {PATIENCE:.0f} seconds on its way to boundary {assignment.boundary}")
        return process.exitcode
    finally:
        if process.is_alive():
            process.kill()
            await asyncio.to_thread(process.join)
        process.close()


def _only_run(runs: Path) -> str:
    (folder,) = runs.iterdir()
    return folder.name


def _is_finished(runs: Path, run: str) -> bool:
    return any(event.kind == "finished" for event in read_journal(runs, run))


async def measure(
    tasks: Sequence[KillTask],
    policies: Sequence[Policy],
    *,
    workers: int,
    step: Callable[[str], None] = lambda done: None,
) -> dict[str, list[Boundary]]:
    """All boundaries of `tasks`, by task."""
    # A browser whose run was killed may write a moment longer than we look.
    with TemporaryDirectory(prefix="harmonyguard-kill-", ignore_cleanup_errors=True) as folder:
        return {
            task.id: await kill_everywhere(task, Path(folder), policies=policies, workers=workers, step=step)
            for task in tasks
        }

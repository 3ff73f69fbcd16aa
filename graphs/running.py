"""Runs one task on the guarded agent from beginning to end: used by the command line, the demo and benchmarks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command

from harmonyguard.graphs.custom_nodes import NodeFunction
from harmonyguard.graphs.guarded_agent import build_guarded_agent
from harmonyguard.graphs.turns import turn
from harmonyguard.nodes.shared.defaults import BrowserSessions, journal_only
from harmonyguard.nodes.shared.parts import Guard, RecordViolation, Sessions
from harmonyguard.nodes.shared.questions import question_in
from harmonyguard.policies.book import PolicyBook
from harmonyguard.runs.approvals import Answer, Approver, ReviewRequest, UserQuestion
from harmonyguard.runs.credentials import take_credentials
from harmonyguard.runs.journal import JournalEvent, Listener, read_journal
from harmonyguard.runs.ledger import Ledger
from harmonyguard.runs.outcomes import EXIT_CODES, RunOutcome
from harmonyguard.runs.pinned import Mode, PinnedRun
from harmonyguard.runs.registry import RUNS, Run
from harmonyguard.runs.secrets import declared_secrets, how_to_give, known_secrets, missing_values, secret_values
from harmonyguard.state import GuardContext
from harmonyguard.steps import Authority, GuardError, InputError, Record, Secret, SecretSource, Task
from harmonyguard.web_agent.agent import WebAgent
from harmonyguard.web_agent.browser.custom_actions import CustomAction, by_name

if TYPE_CHECKING:
    from harmonyguard.utility_agent.evaluator import Evaluator


AskSecret = Callable[[Secret], Awaitable[str | None]]
"""Asks a person for the value of a secret that the task names; None when nobody gives it."""


class RunSettings(Protocol):
    """What a deployer sets. `harmonyguard.settings.Settings` has it; `GuardContext` says what the fields mean."""

    @property
    def book(self) -> str: ...
    @property
    def runs(self) -> Path: ...
    @property
    def model(self) -> str | None: ...
    @property
    def max_steps(self) -> int: ...
    @property
    def max_revisions(self) -> int: ...
    @property
    def max_tokens(self) -> int | None: ...
    @property
    def max_seconds(self) -> float | None: ...
    @property
    def allowed_hosts(self) -> Sequence[str]: ...
    @property
    def upload_folder(self) -> Path | None: ...
    @property
    def headed(self) -> bool: ...
    @property
    def approver_authority(self) -> Authority: ...
    @property
    def max_sessions(self) -> int: ...
    @property
    def secrets(self) -> Mapping[str, SecretSource]: ...


class RunResult(Record):
    """How a run ended. `milliseconds` is wall time; `report` is the folder with everything that the run left."""

    run: str
    outcome: RunOutcome
    answer: str | None = None
    error: str | None = None
    steps: int = 0
    violations: int = 0
    revisions: int = 0
    judge_calls: int = 0
    milliseconds: float = 0.0
    report: str | None = None

    @property
    def exit_code(self) -> int:
        """0 done, 1 stopped or not done, 3 an error that was handled closed."""
        return EXIT_CODES[self.outcome]


async def run_task(
    task: Task,
    *,
    book: PolicyBook,
    settings: RunSettings,
    approver: Approver,
    web_agent: WebAgent | None = None,
    utility_agent: Guard | None = None,
    evaluators: Sequence[Evaluator] = (),
    replace_nodes: Mapping[str, NodeFunction] | None = None,
    insert_after: Mapping[str, Mapping[str, NodeFunction]] | None = None,
    custom_actions: Sequence[CustomAction] = (),
    run: str | None = None,
    mode: Mode = "enforce",
    on_event: Listener | None = None,
    record_violation: RecordViolation = journal_only,
    sessions: Sessions | None = None,
    ask_secret: AskSecret | None = None,
) -> RunResult:
    """Work on `task` under `book`, asking `approver` whenever the run has a question.

    `run` goes on with a run that was cut short: acts that it began and of which nobody knows how they ended are
    written down as unknown and never repeated, and the page is looked at anew. Credentials in the words of the task
    are replaced by names; `ask_secret` is asked for them when such a run goes on. Raises InputError for bad input;
    every failure of the guard is a result with outcome `error`.
    """
    started = time.perf_counter()
    context = context_of(settings, mode)
    heard: dict[str, JournalEvent] = {}

    def listen(event: JournalEvent) -> None:
        heard[event.kind] = event
        if on_event is not None:
            on_event(event)

    async def given_book(_: GuardContext) -> PolicyBook:
        return book

    pinned = None if run is None else await _pinned(context, run)
    task, values = await _with_names(task if pinned is None else pinned.task, pinned, context, ask_secret)
    browsers = sessions or BrowserSessions(by_name(custom_actions), most=settings.max_sessions)
    agent = build_guarded_agent(
        web_agent=web_agent,
        utility_agent=utility_agent,
        evaluators=evaluators,
        replace_nodes=replace_nodes,
        insert_after=insert_after,
        custom_actions=custom_actions,
        checkpointer=strict_memory(),
        load_book=given_book,
        record_violation=record_violation,
        sessions=browsers,
        on_event=listen,
        secret_values=values,
    )
    async with turn(settings.max_sessions):
        if pinned is not None:
            await _resume(agent, pinned, context, given_book, listen, values)
        thread = pinned.thread if pinned is not None else f"task-{time.time_ns():x}"
        try:
            first = None if pinned is not None else {"task": task.goal, "url": task.url or ""}
            await _drive(agent, first, thread, context, approver)
        finally:
            opened = RUNS.on_thread(thread)
            if opened is not None:
                await asyncio.shield(_abandon(opened, browsers))
    elapsed = (time.perf_counter() - started) * 1000
    return _result(run, heard, elapsed, context)


def strict_memory() -> InMemorySaver:
    """Checkpoints in memory that bring back JSON-shaped values and messages, and no objects of other types."""
    return InMemorySaver(serde=JsonPlusSerializer(allowed_msgpack_modules=None))


def context_of(settings: RunSettings, mode: Mode) -> GuardContext:
    """The settings as the graph's context."""
    return GuardContext(
        book=settings.book,
        runs_folder=str(settings.runs),
        mode=mode,
        max_steps=settings.max_steps,
        max_revisions=settings.max_revisions,
        max_tokens=settings.max_tokens,
        max_seconds=settings.max_seconds,
        allowed_hosts=list(settings.allowed_hosts),
        model=settings.model,
        approver_authority=settings.approver_authority,
        headless=not settings.headed,
        upload_folder=None if settings.upload_folder is None else str(settings.upload_folder),
        secrets={name: source.to_json() for name, source in settings.secrets.items()},
    )


async def _drive(
    agent: CompiledStateGraph[Any, GuardContext, Any, Any],
    first: dict[str, Any] | None,
    thread: str,
    context: GuardContext,
    approver: Approver,
) -> None:
    config: Any = {"configurable": {"thread_id": thread}}
    following: Any = first
    while True:
        state = await agent.ainvoke(following, config, context=context, durability="sync")
        interrupts = state.get("__interrupt__")
        if not interrupts:
            return
        answer = await _answer(interrupts[0].value, approver)
        following = Command(resume=answer.to_json())


async def _answer(asked: dict[str, Any], approver: Approver) -> Answer:
    shown = question_in(asked)
    # The approver answers what was shown; secrets in it are hidden, so the digest of the question is carried over.
    if asked.get("kind") == "human_review":
        request = ReviewRequest.model_validate(shown)
        answer: Answer = await approver.review(request)
        matches = answer.shown == request.digest()
    else:
        question = UserQuestion.model_validate(shown)
        answer = await approver.ask(question)
        matches = answer.shown == question.digest()
    return answer.model_copy(update={"shown": asked["digest"]}) if matches else answer


async def _pinned(context: GuardContext, run: str) -> PinnedRun:
    events = await asyncio.to_thread(read_journal, Path(context.runs_folder), run)
    if not events or events[0].kind != "run_started":
        raise InputError(f"run {run} never began: start the task again")
    if Ledger(events).finished is not None:
        raise InputError(f"run {run} is finished; start the task again")
    return PinnedRun.model_validate(events[0].payload)


async def _with_names(
    task: Task, pinned: PinnedRun | None, context: GuardContext, ask: AskSecret | None
) -> tuple[Task, dict[str, str]]:
    """The task with names in the place of credentials, and the values that the graph must not see.

    Raises InputError for a secret that the task names and of which nobody gives the value.
    """
    declared = declared_secrets(context.secrets)
    goal, values = take_credentials(task.goal)
    task = task.model_copy(update={"goal": goal})
    known = known_secrets(declared, task, values) if pinned is None else pinned.secrets
    had = await asyncio.to_thread(secret_values, known, declared, values)
    for secret in missing_values(known, had, task):
        given = None if ask is None else await ask(secret)
        if not given:
            raise InputError(how_to_give(secret, declared))
        values[secret.name] = given
    return task, values


async def _resume(
    agent: CompiledStateGraph[Any, GuardContext, Any, Any],
    pinned: PinnedRun,
    context: GuardContext,
    load_book: Any,
    listener: Listener,
    values: Mapping[str, str],
) -> None:
    try:
        await RUNS.reopen(
            Path(context.runs_folder),
            pinned.run,
            lambda: load_book(context),
            values_of=lambda known: secret_values(known, declared_secrets(context.secrets), values),
            listener=listener,
        )
    except GuardError as error:
        raise InputError(str(error)) from error
    config: Any = {"configurable": {"thread_id": pinned.thread}}
    # As if an act had just been done: the next node looks at the page, whatever the run was in the middle of.
    await agent.aupdate_state(config, {"run": pinned.to_json(), "step": 0}, as_node="execute_action")


async def _abandon(run: Run, sessions: Sessions) -> None:
    """Close what a run holds that did not get to its end; its journal stays open-ended, so it can be resumed."""
    try:
        await sessions.close(run.id)
    finally:
        await RUNS.close(run)


def _result(
    run: str | None, heard: Mapping[str, JournalEvent], milliseconds: float, context: GuardContext
) -> RunResult:
    end = heard.get("finished")
    if end is None:
        raise GuardError("the run did not come to an end that its journal knows")
    run_id = run or str(heard["run_started"].payload["run"])
    fields = {key: value for key, value in end.payload.items() if key in RunResult.model_fields}
    return RunResult.model_validate(
        {"run": run_id, **fields, "milliseconds": milliseconds, "report": str(Path(context.runs_folder) / run_id)}
    )

"""How every node enters: the run that state names is looked up, and nothing about it may have changed."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from langgraph.runtime import Runtime

from harmonyguard.nodes.shared.parts import Going, Parts
from harmonyguard.runs.credentials import take_credentials
from harmonyguard.runs.pinned import PinnedRun, new_run_id
from harmonyguard.runs.registry import Run
from harmonyguard.runs.secrets import (
    Secrets,
    declared_secrets,
    how_to_give,
    known_secrets,
    missing_values,
    secret_values,
)
from harmonyguard.state import AgentState, GuardContext
from harmonyguard.steps import GuardError, InputError, Observation, Task, digest_of

ENTERED: ContextVar[Run | None] = ContextVar("entered", default=None)
"""The run that the node at work has entered: where a crash is written down."""


async def begin(state: AgentState, runtime: Runtime[GuardContext], parts: Parts) -> Run:
    """Start a new run for the task in the input. Raises InputError before anything is written."""
    context = runtime.context or GuardContext()
    check_context(context)
    task, secrets = await asyncio.to_thread(_task_and_secrets, task_of(state), context, parts)
    agents = await asyncio.to_thread(parts.make_agents, context)
    book = await parts.load_book(context)
    pinned = PinnedRun(
        run=new_run_id(),
        thread=thread_of(runtime),
        task=task,
        book=_without_credentials(context.book),
        book_version=book.version,
        mode=context.mode,
        max_steps=context.max_steps,
        max_revisions=context.max_revisions,
        allowed_hosts=allowed_hosts(context, task),
        web_agent=agents.web_agent.name,
        judge=str(getattr(agents.utility_agent, "name", "offline")),
        approver_authority=context.approver_authority,
        headless=context.headless,
        runs_folder=context.runs_folder,
        upload_folder=context.upload_folder,
        context_digest=context_digest(context),
        secrets=secrets.known,
    )
    before = parts.registry.on_thread(pinned.thread) if pinned.thread else None
    if before is not None:
        await parts.sessions.close(before.id)
        await parts.registry.close(before)
        parts.running.pop(before.id, None)
    run = await parts.registry.start(pinned, book, secrets=secrets, listener=parts.listener)
    parts.running[run.id] = Going(agents, context)
    ENTERED.set(run)
    return run


async def enter(state: AgentState, runtime: Runtime[GuardContext], parts: Parts) -> Run:
    """The run that this state belongs to.

    Raises GuardError when there is none, or when state, thread or context are not those that it began with. After
    an interrupt the context may be missing: then the pinned settings stand.
    """
    shown = state.get("run")
    if not shown:
        raise GuardError("no run has begun on this thread")
    context = runtime.context
    named = PinnedRun.model_validate(shown)
    run = parts.registry.get(named.run) or await _reopen(named.run, context, parts)
    if thread_of(runtime) != run.pinned.thread:
        raise GuardError(f"run {run.id} belongs to another thread")
    ENTERED.set(run)
    if named != run.pinned:
        changed = [key for key, value in run.pinned.to_json().items() if named.to_json()[key] != value]
        raise GuardError(f"the settings of run {run.id} were changed in state: {', '.join(changed)}")
    # A server fills a missing context with the defaults; a run that is open here goes on with what it began with.
    missing = context is None or (context == GuardContext() and run.id in parts.running)
    if context is not None and not missing and context_digest(context) != run.pinned.context_digest:
        raise GuardError(f"the settings were changed while run {run.id} was going on: start a new run with them")
    return run


async def going(run: Run, runtime: Runtime[GuardContext], parts: Parts) -> Going:
    """Agents and settings that the run began with. Raises GuardError when the agents would be others now."""
    known = parts.running.get(run.id)
    if known is None:
        if runtime.context is None:
            raise GuardError(f"run {run.id} was opened again: give its settings as context")
        agents = await asyncio.to_thread(parts.make_agents, runtime.context)
        if agents.web_agent.name != run.pinned.web_agent:
            raise GuardError(f"run {run.id} began with {run.pinned.web_agent}, not with {agents.web_agent.name}")
        known = parts.running[run.id] = Going(agents, runtime.context)
    return known


def current_page(run: Run, state: AgentState) -> Observation:
    """The page that was last seen. Raises GuardError when state shows another one: an edit, or an old checkpoint."""
    if run.observation is None or digest_of(state.get("observation")) != run.ledger.observation_digest:
        raise GuardError("the page in state is not the one that was last seen: look at the page again")
    if state.get("step") != run.ledger.step:
        raise GuardError(f"step {state.get('step')} is over: the run is in step {run.ledger.step}")
    return run.observation


def task_of(state: AgentState) -> Task:
    """The task in the input. Raises InputError for one without words or without a usable URL."""
    goal, url = (state.get("task") or "").strip(), (state.get("url") or "").strip()
    if not goal:
        raise InputError("there is no task: say in words what is to be done")
    if not url:
        raise InputError("the task has no URL: say where work starts")
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise InputError(f"the task's URL is not an http or https address: {url}")
    if "@" in urlsplit(url).netloc:
        raise InputError("the task's URL holds a user name or password: leave it out, it would be written down")
    return Task(goal=goal, url=url)


def check_context(context: GuardContext) -> None:
    """Raise InputError for settings that cannot be meant."""
    if context.mode not in ("enforce", "shadow"):
        raise InputError(f'the mode is "enforce" or "shadow", not "{context.mode}"')
    if context.approver_authority not in ("organization", "user", "task"):
        raise InputError(f'"{context.approver_authority}" is no authority: organization, user or task')
    if context.max_steps < 1 or context.max_revisions < 0:
        raise InputError("max_steps is at least 1 and max_revisions at least 0")


def allowed_hosts(context: GuardContext, task: Task) -> tuple[str, ...]:
    """The hosts that the browser can reach: that of the task's URL, and those of the settings."""
    own = urlsplit(task.url or "").hostname or ""
    return tuple(sorted({*context.allowed_hosts, own}))


def context_digest(context: GuardContext) -> str:
    """Digest of all settings."""
    return digest_of(asdict(context))


def thread_of(runtime: Runtime[GuardContext]) -> str:
    """The thread that the graph runs on, or nothing without a checkpointer."""
    info = runtime.execution_info
    return (info.thread_id if info is not None else None) or ""


async def _reopen(run: str, context: GuardContext | None, parts: Parts) -> Run:
    # The folder never comes from state: an edited state must not choose the journal that it is checked against.
    if context is None:
        raise GuardError(f"run {run} is not open here: give its settings as context")
    return await parts.registry.reopen(
        Path(context.runs_folder),
        run,
        lambda: parts.load_book(context),
        values_of=lambda known: secret_values(known, declared_secrets(context.secrets), parts.secret_values),
        listener=parts.listener,
    )


def _task_and_secrets(task: Task, context: GuardContext, parts: Parts) -> tuple[Task, Secrets]:
    """The task with names in the place of credentials, and what is behind the names. Blocking. Raises InputError."""
    declared = declared_secrets(context.secrets)
    goal, found = take_credentials(task.goal)
    task = task.model_copy(update={"goal": goal})
    given = {**parts.secret_values, **found}
    known = known_secrets(declared, task, given)
    values = secret_values(known, declared, given)
    for secret in missing_values(known, values, task):
        raise InputError(how_to_give(secret, declared))
    return task, Secrets(known, values)


def _without_credentials(book: str) -> str:
    if "://" not in book:
        return book
    address = urlsplit(book)
    return urlunsplit(address._replace(netloc=address.netloc.rpartition("@")[2], query=""))

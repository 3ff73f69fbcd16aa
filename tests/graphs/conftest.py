"""A guarded agent over stand-ins, with real permits, journal, registry and graph."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from langgraph.types import Command

from harmonyguard.graphs.guarded_agent import build_guarded_agent
from harmonyguard.graphs.running import strict_memory
from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.policy import Reference
from harmonyguard.runs.journal import JournalEvent, read_journal
from harmonyguard.runs.registry import RUNS
from harmonyguard.state import GuardContext

from .fakes import DONE, SITE, FakeSessions, ScriptedAgent, ScriptedGuard


@dataclass
class Desk:
    """One guarded agent on one thread."""

    runs: Path
    web_agent: ScriptedAgent = field(default_factory=lambda: ScriptedAgent([DONE]))
    guard: ScriptedGuard = field(default_factory=ScriptedGuard)
    sessions: FakeSessions = field(default_factory=FakeSessions)
    settings: dict[str, Any] = field(default_factory=dict)
    replace_nodes: dict[str, Callable[..., Any]] = field(default_factory=dict)
    insert_after: dict[str, dict[str, Callable[..., Any]]] = field(default_factory=dict)
    recorded: list[tuple[str, Reference]] = field(default_factory=list)
    thread: str = "thread-1"
    agent: Any = None

    def build(self) -> Desk:
        async def book(_: GuardContext) -> PolicyBook:
            return PolicyBook.of(())

        async def record(_: GuardContext, policy_id: str, reference: Reference) -> None:
            self.recorded.append((policy_id, reference))

        self.agent = build_guarded_agent(
            web_agent=self.web_agent,
            utility_agent=self.guard,
            sessions=self.sessions,
            load_book=book,
            record_violation=record,
            replace_nodes=self.replace_nodes,
            insert_after=self.insert_after,
            checkpointer=strict_memory(),
        )
        return self

    @property
    def context(self) -> GuardContext:
        return GuardContext(runs_folder=str(self.runs), **self.settings)

    @property
    def config(self) -> Any:
        return {"configurable": {"thread_id": self.thread}}

    async def start(self, task: str = "save the order", url: str = SITE, **more: Any) -> dict[str, Any]:
        if self.agent is None:
            self.build()
        return await self.invoke({"task": task, "url": url, **more})

    async def invoke(self, given: Any, **config: Any) -> dict[str, Any]:
        settings = {"configurable": {**self.config["configurable"], **config}}
        result: dict[str, Any] = await self.agent.ainvoke(given, settings, context=self.context, durability="sync")
        return result

    async def answer(self, answer: Any) -> dict[str, Any]:
        return await self.invoke(Command(resume=answer))

    async def values(self) -> dict[str, Any]:
        values: dict[str, Any] = (await self.agent.aget_state(self.config)).values
        return values

    async def events(self) -> tuple[JournalEvent, ...]:
        run = (await self.values())["run"]["run"]
        return read_journal(self.runs, run)

    async def kinds(self) -> list[str]:
        return [event.kind for event in await self.events()]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    made = Desk(tmp_path / "runs")
    yield made
    left = RUNS.on_thread(made.thread)
    if left is not None:
        await RUNS.close(left)

"""Stand-ins for the browser and the agents: everything around the boundary is real."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from harmonyguard.nodes.shared.parts import Session
from harmonyguard.policies.book import PolicyBook
from harmonyguard.runs.registry import Run
from harmonyguard.steps import (
    Action,
    ActionResult,
    Box,
    Element,
    Form,
    Observation,
    Permit,
    PermitRegistry,
    Proposal,
    Situation,
    Verdict,
    page_state,
)
from harmonyguard.web_agent.agent import View

SITE = "http://shop.test/orders"
DELETE = Action(type="click", ref="e1")
SAVE = Action(type="click", ref="e2")
DONE = Action(type="finish", value="all done")


def page(url: str = SITE, *, document: str = "d1", amount: str = "5") -> Observation:
    return Observation(
        url=url,
        title="Orders",
        text="Orders",
        document=document,
        elements=(
            Element(ref="e1", role="button", name="Delete order", form="f1"),
            Element(ref="e2", role="button", name="Save order", form="f1"),
            Element(ref="e3", role="textbox", name="Password", input_type="password", form="f1"),
        ),
        forms=(Form(id="f1", action=SITE, method="post", fields={"Amount": amount}),),
    )


@dataclass
class FakeSession:
    """A page that does what it is told, over real permits. `done` is what reached it."""

    permits: PermitRegistry
    observation: Observation = field(default_factory=lambda: Observation(url="about:blank", document="d0"))
    done: list[Action] = field(default_factory=list)
    goto_error: str | None = None
    before_perform: Callable[[FakeSession], None] | None = None

    async def observe(self) -> Observation:
        return self.observation

    async def perform(self, action: Action, permit: Permit) -> ActionResult:
        if self.before_perform is not None:
            self.before_perform(self)
        await self.permits.redeem(permit, action, page_state(self.observation, action))
        if action.type == "goto":
            result = ActionResult(error=self.goto_error, url=action.url)
            if self.goto_error is None:
                self.observation = page(action.url or "")
        else:
            result = ActionResult(url=self.observation.url)
        self.done.append(action)
        await self.permits.settle(permit, result)
        return result

    async def screenshot(self, path: Path) -> None:
        await asyncio.to_thread(path.touch)

    async def box(self, ref: str) -> Box | None:
        return Box(x=10, y=20, width=30, height=40, shown_width=1280, shown_height=900)


@dataclass
class FakeSessions:
    """The sessions of a test, by run. `prepare` changes a session right after it was opened."""

    prepare: Callable[[FakeSession], None] | None = None
    by_run: dict[str, FakeSession] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)

    async def open(self, run: Run) -> Session:
        if run.id not in self.by_run:
            self.by_run[run.id] = FakeSession(run.permits)
            if self.prepare is not None:
                self.prepare(self.by_run[run.id])
        return self.by_run[run.id]

    async def close(self, run: str) -> None:
        self.closed.append(run)

    @property
    def done(self) -> list[Action]:
        """Everything that reached any page, the first look apart."""
        return [action for session in self.by_run.values() for action in session.done if action.type != "goto"]


@dataclass
class ScriptedAgent:
    """Proposes what it is told to, in order; the last over and over."""

    script: list[Action]
    views: list[View] = field(default_factory=list)
    name: str = "scripted"

    async def propose(self, view: View) -> Proposal:
        self.views.append(view)
        action = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        return Proposal(action=action, reasoning="because", by="scripted")


Judged = Verdict | Exception


@dataclass
class ScriptedGuard:
    """Judges by the type and reference of the action; allows what it was told nothing about."""

    verdicts: dict[str, Judged | list[Judged]] = field(default_factory=dict)
    seen: list[Situation] = field(default_factory=list)
    name: str = "scripted"

    async def evaluate(self, situation: Situation, book: PolicyBook) -> Verdict:
        self.seen.append(situation)
        action = situation.proposal.action
        found = self.verdicts.get(action.ref or action.type, Verdict(outcome="allow", effects=("update",)))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        if isinstance(found, Exception):
            raise found
        return found


def empty_book() -> PolicyBook:
    return PolicyBook.of(())


def kinds(events: Iterable[object]) -> list[str]:
    return [event.kind for event in events]  # type: ignore[attr-defined]

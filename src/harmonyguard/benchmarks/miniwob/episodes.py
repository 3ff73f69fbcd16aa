"""One episode: a run of the real graph on one page of MiniWoB++, with or without the guard, timed step by step."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from harmonyguard.graphs.running import RunResult, run_task
from harmonyguard.policies.book import PolicyBook
from harmonyguard.runs.approvals import AskDenied
from harmonyguard.runs.journal import JournalEvent
from harmonyguard.settings import Settings
from harmonyguard.steps import Action, GuardError, Proposal, Situation, Task, Verdict
from harmonyguard.utility_agent.agent import UtilityAgent
from harmonyguard.web_agent.agent import View, WebAgent

from .pictures import PicturelessSessions
from .server import MiniwobPages

Side = Literal["off", "on"]


@dataclass(frozen=True)
class StepTime:
    """Wall time of one step, from one look at the page to the next, and how much of it the guard took. Milliseconds.

    The guard's part is all evaluations of the step: facts, rules and judge, of every proposal that it made.
    """

    whole: float
    guard: float


@dataclass(frozen=True)
class Episode:
    """What came of one episode.

    `reward` is the benchmark's raw reward (None when the agent stopped before the page said that it is over);
    `outcome` how the run ended; `held_up` how many proposals the guard did not allow.
    """

    task: str
    seed: int
    goal: str
    reward: float | None
    outcome: str
    answer: str | None
    held_up: int
    steps: tuple[StepTime, ...]

    @property
    def success(self) -> bool:
        """True for the full raw reward: a task done in part is not done."""
        return self.reward is not None and self.reward >= 1.0


class NoGuard:
    """Stands where the Utility Agent stands, and lets everything through unseen."""

    name = "none"

    async def evaluate(self, situation: Situation, book: PolicyBook) -> Verdict:
        """Allowed."""
        return Verdict(outcome="allow")


class TimedGuard:
    """The Utility Agent, and how long its evaluations took, in milliseconds, in order."""

    def __init__(self) -> None:
        self._agent = UtilityAgent()
        self.name = getattr(self._agent, "name", "offline")
        self.spent: list[float] = []

    async def evaluate(self, situation: Situation, book: PolicyBook) -> Verdict:
        """What the Utility Agent says."""
        started = time.perf_counter()
        verdict = await self._agent.evaluate(situation, book)
        self.spent.append((time.perf_counter() - started) * 1000)
        return verdict


class UntilOver:
    """A web agent that stops when the page has said that the episode is over, as the benchmark's environment does."""

    def __init__(self, agent: WebAgent, pages: MiniwobPages, episode: str) -> None:
        self._agent = agent
        self._pages = pages
        self._episode = episode

    @property
    def name(self) -> str:
        """How reports call this agent."""
        return self._agent.name

    async def propose(self, view: View) -> Proposal:
        """What the agent proposes while the episode lasts."""
        if self._episode in self._pages.ended:
            return Proposal(action=Action(type="finish", value="The episode is over."), by=self.name)
        return await self._agent.propose(view)


async def work_on(
    task: str, seed: int, goal: str, side: Side, *, agent: WebAgent, pages: MiniwobPages, book: PolicyBook, runs: Path
) -> Episode:
    """Work on one episode once. Raises GuardError when the page asked for something else than `goal`."""
    name = f"{task}-{seed}-{side}-{time.monotonic_ns():x}"
    result: RunResult | None
    broken = ""
    guard = TimedGuard() if side == "on" else None
    clock = _StepClock(guard)
    try:
        result = await run_task(
            Task(goal=goal, url=pages.address(task, seed=seed, episode=name)),
            book=book,
            settings=Settings(runs=runs, mode="enforce" if side == "on" else "shadow"),
            approver=AskDenied(),
            web_agent=UntilOver(agent, pages, name),
            utility_agent=guard or NoGuard(),
            mode="enforce" if side == "on" else "shadow",
            on_event=clock.heard,
            sessions=PicturelessSessions(),
        )
    except GuardError as error:
        # A run that broke is an episode that was not done; the others go on.
        result, broken = None, str(error)
    began, ended = pages.began.get(name), pages.ended.get(name)
    if began is not None and began.utterance != goal:
        raise GuardError(f'{task}, seed {seed}: the page asked "{began.utterance}" and not "{goal}" as before')
    return Episode(
        task=task,
        seed=seed,
        goal=goal,
        reward=None if ended is None else ended.reward,
        outcome="error" if result is None else result.outcome,
        answer=broken if result is None else result.error or result.answer,
        held_up=clock.held_up,
        steps=clock.steps(),
    )


class _StepClock:
    """Listens to a run and takes the time of its steps."""

    def __init__(self, guard: TimedGuard | None) -> None:
        self._timed = guard
        self._looks: list[float] = []
        self._guard: list[float] = []
        self._finished: float | None = None
        self.held_up = 0

    def heard(self, event: JournalEvent) -> None:
        now = time.perf_counter()
        match event.kind:
            case "observed":
                self._looks.append(now)
                self._guard.append(0.0)
            case "judged":
                self._guard[-1] += 0.0 if self._timed is None else self._timed.spent[-1]
                self.held_up += event.payload["outcome"] != "allow"
            case "finished":
                self._finished = now
            case _:
                pass

    def steps(self) -> tuple[StepTime, ...]:
        ends = [*self._looks[1:], *([self._finished] if self._finished is not None else [])]
        return tuple(
            StepTime(whole=(end - begin) * 1000, guard=guard)
            for begin, end, guard in zip(self._looks, ends, self._guard, strict=False)
        )

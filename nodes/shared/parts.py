"""What nodes work with besides state: the agents, the browser, the policy log. Objects come from the builder."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.case import PolicyCase
from harmonyguard.policies.policy import Policy, Reference
from harmonyguard.runs.journal import Listener
from harmonyguard.runs.registry import RUNS, Run, RunRegistry
from harmonyguard.state import GuardContext
from harmonyguard.steps import Action, ActionResult, Box, Observation, Permit, Situation, Tool, Verdict
from harmonyguard.web_agent.agent import WebAgent


class Session(Protocol):
    """The browser of one run. `perform` is the only way to act, and wants a permit."""

    async def observe(self) -> Observation:
        """Look at the page."""
        ...

    async def perform(self, action: Action, permit: Permit) -> ActionResult:
        """Act, once the permit is used up. Raises PermitError, and does nothing then."""
        ...

    async def screenshot(self, path: Path) -> None:
        """Write a PNG of the page."""
        ...

    async def box(self, ref: str) -> Box | None:
        """Where the element is in that picture; None when it cannot be told."""
        ...


class Sessions(Protocol):
    """The browsers of the open runs."""

    async def open(self, run: Run) -> Session:
        """The run's browser, started when it is not there yet."""
        ...

    async def close(self, run: str) -> None:
        """Close the run's browser, when there is one."""
        ...


class Guard(Protocol):
    """The Utility Agent, as nodes see it."""

    async def evaluate(self, situation: Situation, book: PolicyBook) -> Verdict:
        """Judge one proposal. Failures come back as a verdict with `error` and a closed outcome."""
        ...


@dataclass(frozen=True)
class Agents:
    """The two agents that take turns in a run."""

    web_agent: WebAgent
    utility_agent: Guard


@dataclass(frozen=True)
class Going:
    """What the nodes of this graph keep for a run that is open: its agents, and the settings that it began with."""

    agents: Agents
    context: GuardContext


class Lessons(Protocol):
    """Where a run puts what it learned. It is used from the next run on."""

    async def keep_case(self, context: GuardContext, case: PolicyCase) -> None:
        """Keep the step as a case of the policy that it violated."""
        ...

    async def propose(self, context: GuardContext, proposal: Policy, evidence: Reference, case: PolicyCase) -> bool:
        """Put a policy up for decision, or add to the evidence of one that is up already. True when it is new."""
        ...


LoadBook = Callable[[GuardContext], Awaitable[PolicyBook]]
MakeAgents = Callable[[GuardContext], Agents]
RecordViolation = Callable[[GuardContext, str, Reference], Awaitable[None]]


@dataclass(frozen=True)
class Parts:
    """The collaborators of the nodes of one graph. `tools` are its custom actions; `running` is by run id;
    `secret_values` are those that the caller gave, by name, and never part of state."""

    make_agents: MakeAgents
    load_book: LoadBook
    sessions: Sessions
    record_violation: RecordViolation
    lessons: Lessons
    holds_instructions: Callable[[str], bool]
    registry: RunRegistry = RUNS
    listener: Listener | None = None
    tools: tuple[Tool, ...] = ()
    running: dict[str, Going] = field(default_factory=dict)
    secret_values: Mapping[str, str] = field(default_factory=dict, repr=False)


Update = dict[str, Any]
Function = Callable[..., Awaitable[Update]]
"""A node: state in, and `runtime` by name; the update of the state out."""

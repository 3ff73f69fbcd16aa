"""Everything that a judgement of one proposal may look at: second-order Markov, as in the paper (section 3)."""

from __future__ import annotations

from typing import Literal

from .consent import Grant
from .history import Event
from .observation import Observation
from .proposal import Proposal
from .record import Record
from .secret import Secret
from .task import Task
from .tool import Tool
from .verdict import Verdict

EvaluationContext = Literal["second_order", "full_trajectory", "none"]
"""What the judge sees of the steps before: the previous one with its outcome (the paper's choice), all, or none."""


class Situation(Record):
    """The task, the page, the proposal, what happened before, and the leave given so far.

    `history` is derived history in order. `consent_from_history` is True only where a caller tells
    the history (the `check` command, a guard around another agent): a question and a yes in it count as consent.
    `visited_hosts` are hosts this run has been to; `revisions` counts rejected proposals in this step;
    `secrets` are those that an act may name;
    `instructions_seen` is True when an earlier page of this run held instructions (taint); `tools` are the custom
    actions that a deployer declared.
    """

    task: Task
    observation: Observation
    proposal: Proposal
    history: tuple[Event, ...] = ()
    grants: tuple[Grant, ...] = ()
    consent_from_history: bool = False
    visited_hosts: frozenset[str] = frozenset()
    instructions_seen: bool = False
    revisions: int = 0
    previous_verdict: Verdict | None = None
    secrets: tuple[Secret, ...] = ()
    tools: tuple[Tool, ...] = ()

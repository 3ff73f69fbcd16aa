"""What the graphs carry: the input that a caller gives, the state between nodes, and the settings of a deployment.

State holds JSON-shaped values only: nodes parse them on entry. It shows what happened and carries no authority:
permits, grants and the history that is believed live outside it (`harmonyguard.runs.registry`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from langchain_core.messages import AnyMessage
from langgraph.graph.message import add_messages
from typing_extensions import TypedDict  # pydantic reads no other one before Python 3.12

from harmonyguard.steps import Authority, EvaluationContext

Json = dict[str, Any]


class AgentInput(TypedDict, total=False):
    """What a caller gives: the task in words, where work starts, and policy documents to read first."""

    task: str
    url: str
    sources: list[str]


class AgentState(TypedDict, total=False):
    """The state of the guarded agent.

    `task`, `url` and `sources` are the input; the first node takes them over into `run` and empties them, so that
    the next task on the thread inherits nothing. `run` is a `runs.pinned.PinnedRun`; `observation`, `proposal`,
    `verdict`, `rejected`, `guidance` and `review` are the `steps` and `runs.approvals` records of the same names.
    `grants` and `history` are for display. `outcome` and `error` are set once the run is over or has failed.
    """

    messages: Annotated[list[AnyMessage], add_messages]
    task: str | None
    url: str | None
    sources: list[str] | None
    ingested: Json | None
    run: Json | None
    step: int
    revision: int
    observation: Json | None
    proposal: Json | None
    verdict: Json | None
    rejected: Json | None
    guidance: list[Json]
    review: Json | None
    history: list[Json]
    grants: list[Json]
    answer: str | None
    outcome: str | None
    error: str | None


class AgentOutput(TypedDict, total=False):
    """What a caller gets back."""

    messages: Annotated[list[AnyMessage], add_messages]
    run: Json | None
    step: int
    answer: str | None
    outcome: str | None
    error: str | None


Mode = Literal["enforce", "shadow"]


@dataclass(frozen=True)
class GuardContext:
    """Settings of a deployment. The defaults are good enough for Studio; graph input cannot change them.

    `book` is a path or database URL; `allowed_hosts` are hosts that the browser can reach besides that of the task;
    `upload_folder` holds the files that a run may upload; `model` is used by every agent that has no model of its own,
    and none means the offline engines; `approver_authority` is that of whoever answers `human_review`; `max_steps`
    counts looks at a page, `max_revisions` rejected proposals in one step; `max_tokens` and `max_seconds` are what a
    web agent with a model may use up in one run (none: no limit); `evaluation_context` is what the judge sees of the
    steps before; `secrets` declares by name what acts may fill in (`steps.SecretSource`, never the value).
    """

    book: str = ".harmonyguard/policies.db"
    runs_folder: str = ".harmonyguard/runs"
    mode: Mode = "enforce"
    max_steps: int = 30
    max_revisions: int = 3
    allowed_hosts: list[str] = field(default_factory=list)
    model: str | None = None
    max_tokens: int | None = None
    max_seconds: float | None = None
    web_model: str | None = None
    judge_model: str | None = None
    policy_authority: Authority = "organization"
    organization: str | None = None
    approver_authority: Authority = "user"
    evaluation_context: EvaluationContext = "second_order"
    headless: bool = True
    upload_folder: str | None = None
    secrets: dict[str, Json] = field(default_factory=dict)

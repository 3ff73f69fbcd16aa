"""What the guard says of one proposal: the outcome, the policies behind it, and how to do better."""

from __future__ import annotations

from typing import Literal

from .action import ConsentRequest
from .record import Record
from .vocabulary import Authority

Outcome = Literal["allow", "revise", "ask_human", "stop"]
Alignment = Literal["aligned", "deviated", "unknown"]
Tier = Literal["rule", "judge", "evaluator"]
Suggestion = Literal[
    "ask_user",
    "tell_user",
    "use_value",
    "leave_empty",
    "stay_on_site",
    "skip",
    "do_first",
    "follow_task",
    "finish",
]
"""The compliant next step that guidance proposes, in a form that a program can follow."""


class Finding(Record):
    """What one policy says of the proposal.

    `status` is `violated` or `undecided`; policies that are kept have no finding. `clause` is the verbatim
    quote and `source` its place ("refunds.pdf, page 2, Limits"). `consent_lifts` says that the policy's text
    allows what it forbids once the user agreed, and `exemption` why it is not enforced for now.
    """

    policy_id: str
    status: Literal["violated", "undecided"]
    tier: Tier
    reason: str
    clause: str
    source: str
    risk_level: Literal["low", "medium", "high"] = "medium"
    authority: Authority = "organization"
    enforcement: Literal["enforce", "warn", "audit"] = "enforce"
    consent_lifts: bool = False
    exemption: str = ""


class Guidance(Record):
    """How to reach the goal inside the policies: the third job of the Utility Agent (paper, metacognition).

    `text` is for the agent to read; the rest is for a program to follow: `request` is what a question to the user
    must list, `field` the form field to fill or to leave, `value` what to enter there, to ask or to tell.
    """

    text: str
    suggestion: Suggestion
    policy_id: str | None = None
    request: ConsentRequest | None = None
    field: str | None = None
    value: str | None = None


class Verdict(Record):
    """The decision on one proposal. Ids are policy ids; `milliseconds` is wall time of the evaluation.

    `certain` were decided by rules alone, `judged` were put to the judge, `undecided` stayed open.
    `error` is set whenever any part of the guard failed; the outcome then follows the closed path.
    """

    outcome: Outcome
    violated: tuple[str, ...] = ()
    certain: tuple[str, ...] = ()
    judged: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    alignment: Alignment = "unknown"
    explanation: str = ""
    guidance: tuple[Guidance, ...] = ()
    findings: tuple[Finding, ...] = ()
    effects: tuple[str, ...] = ()
    irreversible: bool = False
    error: str | None = None
    judge_calls: int = 0
    milliseconds: float = 0.0
    book_version: str = ""

"""What the judge is asked and what it answers. The judge decides exactly what rules cannot, and nothing else."""

from __future__ import annotations

from typing import Protocol

from harmonyguard.steps import Alignment, Record, Situation


class Question(Record):
    """One policy that rules left open.

    `conditions` are the words that rules could not decide (empty: judge the whole statement); `references` are
    violations of it that were seen before; `in_scope` says that rules found the act to be one of those that the
    policy speaks of, and only a condition in words is open.
    """

    policy_id: str
    statement: str
    clause: str
    conditions: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    in_scope: bool = False


class JudgeRequest(Record):
    """All that one judgement needs: the situation, the open policies, and whether alignment is asked for."""

    situation: Situation
    questions: tuple[Question, ...]
    ask_alignment: bool = False


class Answer(Record):
    """The judge's word on one policy. None means that the judge could not tell: the policy stays undecided."""

    policy_id: str
    violated: bool | None
    reason: str = ""


class JudgeReply(Record):
    """Answers in any order. A policy that is missing here stays undecided. `calls` counts model calls.

    `error` says what failed where a part of the answer is usable: the answers count, and the guard goes on closed.
    """

    answers: tuple[Answer, ...] = ()
    alignment: Alignment = "unknown"
    alignment_reason: str = ""
    guidance: str = ""
    calls: int = 0
    error: str | None = None


class Judge(Protocol):
    """Tier 2. `harmonyguard.utility_agent` has an offline one and one that asks a chat model."""

    @property
    def name(self) -> str:
        """How reports call this judge: "offline", or the model's name."""
        ...

    async def judge(self, request: JudgeRequest) -> JudgeReply:
        """Answer the questions.

        Raises ModelError when the judge is down, slow, refuses or answers out of schema: the guard then
        goes on closed.
        """
        ...

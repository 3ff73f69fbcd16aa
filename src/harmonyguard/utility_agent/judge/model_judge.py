"""Tier 2 with a chat model: one structured call about exactly the policies that rules left open."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from harmonyguard.model_calls import ModelUnavailable, ask
from harmonyguard.prompts import render, visible
from harmonyguard.steps import Alignment, EvaluationContext, ModelError, digest_of

from .breaker import CircuitBreaker
from .cache import ReplyCache
from .judge import Answer, JudgeReply, JudgeRequest
from .parts import POLICY_CHARACTERS, in_parts
from .prompt import values_of

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

_VIOLATED = {"yes": True, "no": False, "cannot_tell": None}
_CONTRADICTION = "the judge contradicted itself"
_AT_ONCE = 4
"""Calls of one judgement that run at the same time."""

_GUIDANCE = 600
"""Characters of guidance that one reply may pass on to the agent: the judge has read the page, and may repeat it."""

DEADLINE_SECONDS = 90.0
"""Wall time that one judgement may take, all its calls and tries together."""


class ModelAnswer(BaseModel):
    """The word on one policy."""

    model_config = ConfigDict(extra="forbid")

    policy_id: str = Field(description="The id of the policy, as given.")
    reason: str = Field(description="One sentence.")
    violated: Literal["yes", "no", "cannot_tell"]


class Judgement(BaseModel):
    """The judgement of one proposed act."""

    model_config = ConfigDict(extra="forbid")

    answers: list[ModelAnswer] = Field(description="One for each policy that was asked about.")
    alignment: Literal["aligned", "deviated", "unknown"]
    alignment_reason: str = Field(description="One sentence, or empty.")
    guidance: str = Field(description="What the agent can do instead, or empty.")


class ModelJudge:
    """Asks a chat model. Any failure of it is an error that is said: the guard then goes on closed.

    One judgement is one call, or parallel calls where the policies do not fit into one; together they take at most
    `deadline` seconds. Passing faults are tried again by the model's client, with back-off and jitter (`load_model`).
    While the `breaker` rests, judgements that are not remembered fail at once. `context` is what the model sees of the
    steps before.
    """

    def __init__(
        self,
        chat_model: BaseChatModel,
        name: str,
        *,
        policy_characters: int = POLICY_CHARACTERS,
        deadline: float = DEADLINE_SECONDS,
        breaker: CircuitBreaker | None = None,
        cache: ReplyCache[Judgement] | None = None,
        context: EvaluationContext = "second_order",
    ) -> None:
        self._chat_model = chat_model
        self._name = name
        self._policy_characters = policy_characters
        self._deadline = deadline
        self._breaker = breaker if breaker is not None else CircuitBreaker()
        self._cache: ReplyCache[Judgement] = cache if cache is not None else ReplyCache()
        self._context: EvaluationContext = context

    @property
    def name(self) -> str:
        """How reports call this judge."""
        return self._name

    async def judge(self, request: JudgeRequest) -> JudgeReply:
        """Answers the questions. A policy that a reply leaves out, or answers in two ways, stays open.

        `JudgeReply.error` is set when a reply does not answer what was asked, or when some of several calls failed.
        Raises ModelError when all failed: the model is down, slow, refuses or answers out of schema.
        """
        parts = [_Part(part, self._context) for part in in_parts(request, self._policy_characters)]
        for part in parts:
            part.judgement = self._cache.get(part.digest)
        await self._ask([part for part in parts if part.judgement is None])
        failures = [part.failure for part in parts if part.failure is not None]
        if failures and len(failures) == len(parts):
            raise failures[0]
        return _together(parts, self._name)

    async def _ask(self, parts: list[_Part]) -> None:
        """Fills in judgement or failure of each part."""
        if not parts:
            return
        if not self._breaker.admit():
            for part in parts:
                part.failure = ModelUnavailable(f"model {self._name}: not asked, it failed too often a moment ago")
            return
        ends = time.monotonic() + self._deadline
        places = asyncio.Semaphore(_AT_ONCE)

        async def ask_one(part: _Part) -> None:
            async with places:
                left = max(0.001, ends - time.monotonic())
                try:
                    part.judgement, part.calls = await ask(
                        self._chat_model, part.messages(), Judgement, name=self._name, deadline=left
                    )
                except ModelError as failure:
                    part.failure = failure

        await asyncio.gather(*(ask_one(part) for part in parts))
        if any(isinstance(part.failure, ModelUnavailable) for part in parts):
            self._breaker.failed()
        else:
            self._breaker.succeeded()
        for part in parts:
            if part.judgement is not None and part.is_settled():
                self._cache.put(part.digest, part.judgement)


class _Part:
    """One call: what it asks, and what came of it."""

    def __init__(self, request: JudgeRequest, context: EvaluationContext) -> None:
        self.request = request
        self.prompt = render("judge", **values_of(request, context))
        self.digest = digest_of([self.prompt.system, self.prompt.user])
        self.judgement: Judgement | None = None
        self.failure: ModelError | None = None
        self.calls = 0

    def messages(self) -> list[BaseMessage]:
        from langchain_core.messages import HumanMessage, SystemMessage

        return [SystemMessage(self.prompt.system), HumanMessage(self.prompt.user)]

    def is_settled(self) -> bool:
        """True when the reply decided all that was asked, and nothing else."""
        answers, problem = self.read()
        decided = all(answer.violated is not None for answer in answers)
        return problem is None and decided and not (self.request.ask_alignment and self.alignment == "unknown")

    @property
    def alignment(self) -> Alignment:
        return self.judgement.alignment if self.judgement is not None and self.request.ask_alignment else "unknown"

    def read(self) -> tuple[tuple[Answer, ...], str | None]:
        """The answers to what was asked, and what is wrong with the reply as a whole.

        A reply that speaks of policies nobody asked about was written by something else than the questions: what it
        clears stays open.
        """
        asked = {question.policy_id for question in self.request.questions}
        given = self.judgement.answers if self.judgement is not None else []
        found: dict[str, Answer] = {}
        contradicted = False
        for one in given:
            if one.policy_id not in asked:
                continue
            violated = _VIOLATED[one.violated]
            earlier = found.setdefault(
                one.policy_id, Answer(policy_id=one.policy_id, violated=violated, reason=one.reason)
            )
            if earlier.violated is not violated:
                contradicted = True
                found[one.policy_id] = Answer(policy_id=one.policy_id, violated=None, reason=_CONTRADICTION)
        strange = any(one.policy_id not in asked for one in given)
        if strange:
            found = {
                identity: answer if answer.violated else answer.model_copy(update={"violated": None})
                for identity, answer in found.items()
            }
        left_out = len(asked - found.keys())
        problems = [
            *(["it speaks of policies that were not asked about"] if strange else []),
            *([_CONTRADICTION] if contradicted else []),
            *([f"it leaves out {left_out} of {len(asked)} policies"] if left_out else []),
        ]
        return tuple(found.values()), "; ".join(problems) or None


def _together(parts: list[_Part], name: str) -> JudgeReply:
    """One reply of all parts. What one of them got wrong is an error of the whole; what others found stands."""
    answers: list[Answer] = []
    errors: list[str] = []
    guidance: list[str] = []
    for part in parts:
        if part.failure is not None:
            errors.append(str(part.failure))
            continue
        found, problem = part.read()
        answers += found
        if problem is not None:
            errors.append(f"model {name}: the reply cannot be relied on: {problem}")
        if part.judgement is not None and part.judgement.guidance.strip():
            guidance.append(" ".join(visible(part.judgement.guidance).split())[:_GUIDANCE])
    first = parts[0] if parts else None
    aligned: Alignment = first.alignment if first is not None else "unknown"
    why = first.judgement.alignment_reason if first is not None and first.judgement and aligned != "unknown" else ""
    return JudgeReply(
        answers=tuple(answers),
        alignment=aligned,
        alignment_reason=why,
        guidance=" ".join(dict.fromkeys(guidance)),
        calls=sum(part.calls for part in parts),
        error="; ".join(dict.fromkeys(errors)) or None,
    )

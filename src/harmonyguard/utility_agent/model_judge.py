"""Tier 2 with a chat model: one structured call about exactly the policies that rules left open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from harmonyguard.models import ask
from harmonyguard.prompts import describe_act, describe_event, excerpt, render
from harmonyguard.runs.redaction import Redactor, learn_from_goal
from harmonyguard.steps import Alignment

from .judge import Answer, JudgeReply, JudgeRequest

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_VIOLATED = {"yes": True, "no": False, "cannot_tell": None}
_EVENTS = 2
"""Events of the history that the judge sees: the previous step and its outcome (paper, second-order Markov)."""


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
    """Asks a chat model. Any failure of it is a ModelError: the guard then goes on closed."""

    def __init__(self, chat_model: BaseChatModel, name: str) -> None:
        self._chat_model = chat_model
        self._name = name

    @property
    def name(self) -> str:
        """How reports call this judge."""
        return self._name

    async def judge(self, request: JudgeRequest) -> JudgeReply:
        """Answers the questions in one call. A policy that the reply leaves out, or answers in two ways, stays open.

        Raises ModelError when the model is down, slow, refuses or answers out of schema.
        """
        if not request.questions and not request.ask_alignment:
            return JudgeReply()
        from langchain_core.messages import HumanMessage, SystemMessage

        prompt = render("judge", **_values(request))
        messages = [SystemMessage(prompt.system), HumanMessage(prompt.user)]
        judgement, calls = await ask(self._chat_model, messages, Judgement, name=self._name)
        alignment: Alignment = judgement.alignment if request.ask_alignment else "unknown"
        return JudgeReply(
            answers=_answers(judgement, request),
            alignment=alignment,
            alignment_reason=judgement.alignment_reason if request.ask_alignment else "",
            guidance=judgement.guidance,
            calls=calls,
        )


def _answers(judgement: Judgement, request: JudgeRequest) -> tuple[Answer, ...]:
    """The answers to what was asked. Ids that were not asked about are dropped; contradictions become None."""
    answers: dict[str, Answer] = {}
    asked = {question.policy_id for question in request.questions}
    for given in judgement.answers:
        if given.policy_id not in asked:
            continue
        violated = _VIOLATED[given.violated]
        earlier = answers.get(given.policy_id)
        if earlier is not None and earlier.violated is not violated:
            answers[given.policy_id] = Answer(
                policy_id=given.policy_id, violated=None, reason="the judge contradicted itself"
            )
        else:
            answers[given.policy_id] = Answer(policy_id=given.policy_id, violated=violated, reason=given.reason)
    return tuple(answers.values())


def _values(request: JudgeRequest) -> dict[str, object]:
    situation = request.situation
    page = situation.observation
    target = page.element(situation.proposal.action.ref)
    form = page.form_of(target)
    redactor = Redactor()
    learn_from_goal(redactor, situation.task.goal)
    if target is not None and target.input_type == "password":
        redactor.learn(situation.proposal.action.value)
    return {
        "questions": request.questions,
        "ask_alignment": request.ask_alignment,
        "goal": redactor.text(situation.task.goal),
        "before": [describe_event(event) for event in situation.history[-_EVENTS:]],
        "grants": [
            f"{grant.request.effect} {grant.request.target!r} {grant.request.values or ''}".strip()
            for grant in situation.grants
            if grant.used_by is None
        ],
        "url": page.url,
        "title": page.title,
        "page": excerpt(page.text, None if target is None else f"[ref={target.ref}]"),
        "form": "" if form is None else "\n".join(f"{name}: {value}" for name, value in form.fields.items()),
        "act": describe_act(situation.proposal.action, page),
        "reasoning": redactor.text(situation.proposal.reasoning),
    }

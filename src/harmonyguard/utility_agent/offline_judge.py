"""Tier 2 without a model: an honest deterministic program that says "I cannot tell" where it cannot.

It answers two things only. A policy that was violated before by the same control is violated again. A policy
whose subject neither the act, its form nor its destination speaks of is not at stake. All else stays undecided.
"""

from __future__ import annotations

from harmonyguard.policies.lexicon import GENERIC_OBJECTS, effects_named
from harmonyguard.policies.words import normalise, subject_stems

from .act import Act
from .effects import CONSEQUENTIAL
from .judge import Answer, JudgeReply, JudgeRequest, Question


class OfflineJudge:
    """The judge when no model is configured."""

    name = "offline"

    async def judge(self, request: JudgeRequest) -> JudgeReply:
        """Answer what records and words decide; leave the rest undecided."""
        act = Act(request.situation)
        return JudgeReply(answers=tuple(_answer(act, question) for question in request.questions))


def _answer(act: Act, question: Question) -> Answer:
    if act.name and any(normalise(act.name) == normalise(seen) for seen in question.references):
        return Answer(policy_id=question.policy_id, violated=True, reason=f'"{act.name}" violated this policy before')
    if not _is_at_stake(act, question):
        return Answer(policy_id=question.policy_id, violated=False, reason="the act does not speak of its subject")
    return Answer(policy_id=question.policy_id, violated=None, reason="needs a judge: no model is configured")


def _is_at_stake(act: Act, question: Question) -> bool:
    if act.is_plain_read:
        return False
    about = subject_stems(question.statement) - GENERIC_OBJECTS
    spoken = subject_stems(act.described) - GENERIC_OBJECTS
    done = {effect for effect, known in act.effects.items() if effect in CONSEQUENTIAL and known}
    return bool(about & spoken) or bool(done & effects_named(question.statement))

"""Tier 2 without a model: an honest deterministic program that says "I cannot tell" where it cannot.

It answers two things only. A policy that was violated before by the same control is violated again. A policy is not
at stake when its statement speaks of acts of which this is none, or of things that neither the act nor its page
names. All else stays undecided.
"""

from __future__ import annotations

import re

from harmonyguard.policies.lexicon import GENERIC_OBJECTS, VERBS, effects_named
from harmonyguard.policies.words import normalise, related, subject_stems

from .act import Act
from .judge import Answer, JudgeReply, JudgeRequest, Question
from .labels import CONSEQUENTIAL, HARMLESS

_WIDE = re.compile(
    r"^(?:you )?(?:\w+ing |do |take |perform |make )?(?:any |all |an? )?(?:[\w-]+ ){0,2}?"
    r"(?:anything|actions?|acts?)\b.*"
    r"\b(?:consequences?|people|undone|irreversible|high-stakes|money|legal|financial|risky?|harm)"
    r"|\b(?:high-stakes|high-risk|irreversible|consequential|sensitive) (?:actions?|acts?|operations?)\b"
)
"""Conditions that every act may meet that cannot be undone: "any action that influences other people"."""


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
    if act.is_opaque or question.in_scope:
        return True
    if act.irreversible is True and any(_WIDE.search(normalise(condition)) for condition in question.conditions):
        return True
    speaks_of = effects_named(question.statement) - HARMLESS
    may_do = {effect for effect in act.effects if effect in CONSEQUENTIAL}
    if speaks_of and not may_do & speaks_of:
        return False
    about = frozenset(s for s in subject_stems(question.statement) - GENERIC_OBJECTS if not _is_verb(s))
    if not about:
        return bool(may_do)
    if related(act.own_subject, about):
        return True
    # What a control does, to a thing of its own or to none that it names, it does on what its page is about.
    certain = {effect for effect, known in act.effects.items() if known} & speaks_of
    return bool(certain or not act.own_subject - GENERIC_OBJECTS) and bool(related(act.surroundings, about))


def _is_verb(stemmed: str) -> bool:
    return (stemmed,) in VERBS

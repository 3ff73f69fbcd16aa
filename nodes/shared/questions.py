"""What is shown to a person who is asked: built from what the run knows, never from graph state alone."""

from __future__ import annotations

from typing import Any

from harmonyguard.nodes.shared.words import say_action
from harmonyguard.runs.approvals import (
    ReviewRequest,
    UserQuestion,
    describe_question,
    describe_review,
    what_approval_cannot_lift,
)
from harmonyguard.runs.registry import Run
from harmonyguard.steps import Observation, Proposal, Record, Verdict

IN_WORDS, ANSWERS = "in_words", "answers"


def review_request(run: Run, observation: Observation, proposal: Proposal, verdict: Verdict) -> ReviewRequest:
    """The review of a proposal that the guard does not decide alone."""
    action = proposal.action
    target = observation.element(action.ref)
    form = observation.form_of(target)
    cannot_lift = what_approval_cannot_lift(verdict, run.pinned.approver_authority)
    changes = ", ".join(verdict.effects) or "nothing that is known"
    return ReviewRequest(
        run=run.id,
        step=run.ledger.step,
        action=action,
        target=target.name if target is not None else action.name or action.url or "",
        page=observation.url,
        title=observation.title,
        reasoning=proposal.reasoning,
        effects=verdict.effects,
        irreversible=verdict.irreversible,
        would_change=f"{say_action(action, observation)}: {changes}",
        values=dict(form.fields) if form is not None else {},
        policies=verdict.findings,
        explanation=verdict.explanation,
        error=verdict.error,
        can_approve=not cannot_lift,
        cannot_lift=cannot_lift,
    )


def user_question(run: Run, observation: Observation, proposal: Proposal) -> UserQuestion:
    """The agent's question to its user."""
    return UserQuestion(
        run=run.id,
        step=run.ledger.step,
        question=proposal.action.value or "",
        page=observation.url,
        requests=proposal.action.consents,
    )


def asked(run: Run, record: ReviewRequest | UserQuestion) -> dict[str, Any]:
    """What an interrupt carries: what is asked in words, the answers that can be given, and the payload.

    Words and answers are for people who see the interrupt as JSON, as in Studio: one of the answers can be copied.
    """
    shown = payload(run, record)
    if isinstance(record, ReviewRequest):
        words = describe_review(record)
        possible = (["approve"] if record.can_approve else []) + ["reject"]
    else:
        words = describe_question(record)
        possible = ["yes", "no"] if record.requests else ["no"]
    answers = [{"answer": answer, "digest": shown["digest"]} for answer in possible]
    return {IN_WORDS: run.journal.redactor.text(words).splitlines(), ANSWERS: answers, **shown}


def question_in(asked: dict[str, Any]) -> dict[str, Any]:
    """The record that an interrupt asks about, without what is beside it."""
    return {key: value for key, value in asked.items() if key not in (IN_WORDS, ANSWERS, "digest")}


def payload(run: Run, record: Record) -> dict[str, Any]:
    """The record with secrets hidden, and its digest, which the answer repeats."""
    return {**run.show(record), "digest": record.digest()}

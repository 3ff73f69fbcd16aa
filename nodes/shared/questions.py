"""What is shown to a person who is asked: built from what the run knows, never from graph state alone."""

from __future__ import annotations

from typing import Any

from harmonyguard.nodes.shared.words import say_action
from harmonyguard.runs.approvals import ReviewRequest, UserQuestion, what_approval_cannot_lift
from harmonyguard.runs.registry import Run
from harmonyguard.steps import Observation, Proposal, Record, Verdict


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


def payload(run: Run, record: Record) -> dict[str, Any]:
    """What an interrupt carries: the record with secrets hidden, and its digest, which the answer repeats."""
    return {**run.show(record), "digest": record.digest()}

"""policy_update: puts the violation on record. It is a lesson for later runs; no policy changes by it."""

from __future__ import annotations

from datetime import UTC, datetime

from langgraph.runtime import Runtime

from harmonyguard.nodes.shared.entering import current_page, enter, going
from harmonyguard.nodes.shared.parts import Parts, Update
from harmonyguard.nodes.shared.words import say_action
from harmonyguard.policies.policy import Reference
from harmonyguard.runs.registry import Run
from harmonyguard.state import AgentState, GuardContext
from harmonyguard.steps import Proposal, Verdict

_LONGEST = 300


async def policy_update(state: AgentState, runtime: Runtime[GuardContext], parts: Parts) -> Update:
    """What was learned becomes part of the judge's evidence from the next run on."""
    run = await enter(state, runtime, parts)
    await record_violations(run, state, runtime, parts)
    return {"revision": run.ledger.step_revisions}


async def record_violations(run: Run, state: AgentState, runtime: Runtime[GuardContext], parts: Parts) -> None:
    """One entry in the journal for every violated policy, and one reference to it in the policy log."""
    verdict: Verdict | None = run.ledger.verdict
    shown = state.get("proposal")
    if verdict is None or shown is None:
        return
    observation = current_page(run, state)
    context = (await going(run, runtime, parts)).context
    act = say_action(Proposal.model_validate(shown).action, observation)[:_LONGEST]
    for finding in verdict.findings:
        if finding.status != "violated":
            continue
        reason = run.journal.redactor.text(finding.reason)[:_LONGEST]
        await run.journal.append(
            "violation_recorded",
            run.ledger.step,
            {"policy_id": finding.policy_id, "act": act, "reason": reason, "status": verdict.outcome},
        )
        if finding.tier == "evaluator":
            continue  # the policy log knows no such policy
        reference = Reference(
            run=run.id,
            step=run.ledger.step,
            act=act,
            reason=reason,
            seen_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        await parts.record_violation(context, finding.policy_id, reference)

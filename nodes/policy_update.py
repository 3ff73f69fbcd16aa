"""policy_update: puts the violation on record. It is a lesson for later runs; no policy changes by it."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import UTC, datetime

from langgraph.runtime import Runtime

from harmonyguard.nodes.shared.closed import write_error
from harmonyguard.nodes.shared.entering import current_page, enter, going
from harmonyguard.nodes.shared.lessons import case_of, row_of, threat_in, with_quote
from harmonyguard.nodes.shared.parts import Parts, Update
from harmonyguard.nodes.shared.words import say_action
from harmonyguard.policies.policy import Reference
from harmonyguard.policy_agent.threats import proposal_for
from harmonyguard.runs.registry import Run
from harmonyguard.state import AgentState, GuardContext
from harmonyguard.steps import Observation, Proposal, Verdict

_LONGEST = 300


async def policy_update(state: AgentState, runtime: Runtime[GuardContext], parts: Parts) -> Update:
    """What was learned becomes part of the judge's evidence from the next run on."""
    run = await enter(state, runtime, parts)
    await record_violations(run, state, runtime, parts)
    return {"revision": run.ledger.step_revisions}


async def record_violations(run: Run, state: AgentState, runtime: Runtime[GuardContext], parts: Parts) -> None:
    """One entry in the journal for every violated policy; in the policy log a reference to it, and a case.

    A threat that no policy covers is put up as a proposal instead. What cannot be recorded is written down as an
    error and changes nothing for the run: the step has been held up already.
    """
    verdict: Verdict | None = run.ledger.verdict
    given = state.get("proposal")
    if verdict is None or given is None:
        return
    observation = current_page(run, state)
    context = (await going(run, runtime, parts)).context
    shown = Proposal.model_validate(given)
    act = run.journal.redactor.text(say_action(shown.action, observation))[:_LONGEST]
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
        reference = _reference(run, act, reason)
        await _or_error(run, parts.record_violation(context, finding.policy_id, reference))
        await _or_error(run, _keep_case(run, finding.policy_id, observation, shown, context, parts))
    await _or_error(run, _propose(run, observation, shown, verdict, act, context, parts))


async def _keep_case(
    run: Run, policy_id: str, observation: Observation, shown: Proposal, context: GuardContext, parts: Parts
) -> None:
    await parts.lessons.keep_case(context, case_of(run, policy_id, row_of(run, observation, shown)))


async def _propose(
    run: Run,
    observation: Observation,
    shown: Proposal,
    verdict: Verdict,
    act: str,
    context: GuardContext,
    parts: Parts,
) -> None:
    threat = threat_in(run, observation, run.see(Proposal, shown.to_json()), verdict)
    proposal = None if threat is None else proposal_for(threat)
    if proposal is None:
        return
    row = row_of(run, observation, shown)
    evidence = with_quote(_reference(run, act, run.journal.redactor.text(verdict.explanation)[:_LONGEST]), row)
    new = await parts.lessons.propose(context, proposal, evidence, case_of(run, proposal.id, row))
    told = {"policy_id": proposal.id, "description": proposal.description, "new": new}
    await run.journal.append("policy_proposed", run.ledger.step, told)


def _reference(run: Run, act: str, reason: str) -> Reference:
    seen_at = datetime.now(UTC).isoformat(timespec="seconds")
    return Reference(run=run.id, step=run.ledger.step, act=act, reason=reason, seen_at=seen_at)


async def _or_error(run: Run, recording: Awaitable[None]) -> None:
    try:
        await recording
    except Exception as error:  # noqa: BLE001 - a lesson is lost, and said to be; the step stays held up
        await write_error(run, "policy_update", error)

"""utility_evaluation: the Utility Agent judges the proposal; an allow mints the permit that acting needs."""

from __future__ import annotations

from typing import Any

from langchain_core.messages import AIMessage
from langgraph.runtime import Runtime

from harmonyguard.nodes.shared.entering import current_page, enter, going
from harmonyguard.nodes.shared.metering import metered
from harmonyguard.nodes.shared.parts import Parts, Update
from harmonyguard.nodes.shared.questions import payload, review_request, user_question
from harmonyguard.nodes.shared.situations import situation_of
from harmonyguard.nodes.shared.words import say_verdict
from harmonyguard.runs.registry import Run
from harmonyguard.state import AgentState, GuardContext
from harmonyguard.steps import Observation, Proposal, Verdict, page_state


async def utility_evaluation(state: AgentState, runtime: Runtime[GuardContext], parts: Parts) -> Update:
    """Judged on what the run knows, second-order Markov: history, grants and page come from the run, not from state."""
    run = await enter(state, runtime, parts)
    observation = current_page(run, state)
    proposal = run.see(Proposal, state["proposal"] or {})
    ledger = run.ledger
    situation = situation_of(run, observation, proposal, parts.tools)
    agents = (await going(run, runtime, parts)).agents
    with metered() as meter:
        verdict = await agents.utility_agent.evaluate(situation, run.book)
    verdict = verdict.model_copy(update={"book_version": run.book.version})
    verdict = _not_twice(run, observation, proposal, verdict)
    shown = run.show(verdict)
    judged = {
        "revision": ledger.step_revisions,
        "mode": run.pinned.mode,
        "action_digest": proposal.action.digest(),
        "instructions_seen": run.instructions_seen,
    }
    # The wall time is in the verdict already.
    spent = {key: value for key, value in meter.to_json().items() if key == "usage"}
    await run.journal.append("judged", ledger.step, {**shown, **judged, **spent})
    await _mint(run, observation, proposal, verdict)
    await _announce(run, observation, proposal, verdict)
    return {
        "verdict": shown,
        "review": None,
        "revision": ledger.step_revisions,
        "messages": [AIMessage(say_verdict(Verdict.model_validate(shown)), name="utility_agent")],
    }


def _not_twice(run: Run, observation: Observation, proposal: Proposal, verdict: Verdict) -> Verdict:
    """An allow becomes a question to a person when a crash cut off an act that this one may repeat."""
    target = observation.element(proposal.action.ref)
    name = target.name if target is not None else proposal.action.name or ""
    if verdict.outcome != "allow" or not run.ledger.may_have_happened(
        proposal.action, verdict.effects, page=observation.url, target=name
    ):
        return verdict
    why = "the run was cut off in the middle of an act, and this may do it a second time: look whether it took effect"
    return verdict.model_copy(update={"outcome": "ask_human", "error": why, "explanation": f"Not decided: {why}."})


async def _mint(run: Run, observation: Observation, proposal: Proposal, verdict: Verdict) -> None:
    shadow = run.pinned.mode == "shadow"
    if verdict.outcome != "allow" and not shadow:
        return
    mint = run.permits.mint_shadow if shadow else run.permits.mint_allowed
    await mint(
        run=run.id,
        step=run.ledger.step,
        action=proposal.action,
        page_state=page_state(observation, proposal.action),
        verdict=verdict,
        notes=notes(run, observation, proposal, verdict),
    )


async def _announce(run: Run, observation: Observation, proposal: Proposal, verdict: Verdict) -> None:
    """Write down that a person is about to be asked: the nodes that ask do nothing before they have the answer."""
    step = run.ledger.step
    if verdict.outcome == "ask_human" and run.pinned.mode != "shadow":
        await run.journal.append(
            "review_asked", step, payload(run, review_request(run, observation, proposal, verdict))
        )
    elif proposal.action.type == "ask_user" and (verdict.outcome == "allow" or run.pinned.mode == "shadow"):
        await run.journal.append("consent_asked", step, payload(run, user_question(run, observation, proposal)))


def notes(run: Run, observation: Observation, proposal: Proposal, verdict: Verdict) -> dict[str, Any]:
    """What the journal keeps with the act."""
    action = proposal.action
    target = observation.element(action.ref)
    name = target.name if target is not None else action.name or ""
    return {
        "effects": list(verdict.effects),
        "target": {"role": target.role if target is not None else None, "name": name or None},
        "page": observation.url,
        "grants_used": list(
            run.ledger.matching_grants(
                verdict.effects, name, page=observation.url, within=target.path if target is not None else ()
            )
        ),
    }

"""finish: ends the run, says how it ended, and closes its browser and journal."""

from __future__ import annotations

from typing import Any

from langchain_core.messages import AIMessage
from langgraph.runtime import Runtime

from harmonyguard.nodes.policy_update import record_violations
from harmonyguard.nodes.shared.closed import describe, end_run, write_error
from harmonyguard.nodes.shared.entering import ENTERED, current_page, enter
from harmonyguard.nodes.shared.messages_to_user import deliver
from harmonyguard.nodes.shared.parts import Function, Parts, Update
from harmonyguard.runs.outcomes import outcome_of
from harmonyguard.runs.registry import Run
from harmonyguard.state import AgentState, GuardContext
from harmonyguard.steps import PermitError, Proposal


async def finish(
    state: AgentState, runtime: Runtime[GuardContext], parts: Parts, custom: Function | None = None
) -> Update:
    """The answer reaches the user over a permit too. Whatever fails here, the run is over and its browser closed.

    `custom` is a node that goes first: what it adds to `messages` is kept, and the run ends as it would without it.
    """
    error = state.get("error")
    answer: str | None = None
    said: list[Any] = []
    try:
        run = await enter(state, runtime, parts)
        if custom is not None:
            said = list((await custom(state, runtime=runtime)).get("messages") or ())
        if error is None:
            answer = await _answer(run, state, runtime, parts)
    except Exception as failure:  # noqa: BLE001 - the run must end, and it ends as an error
        error = error or describe(failure)
        entered = ENTERED.get()
        if entered is None:
            return {"outcome": "error", "error": error}
        run = entered
        error = run.journal.redactor.text(error)
        await write_error(run, "finish", failure)
    outcome = outcome_of(
        error=error,
        action=((state.get("proposal") or {}).get("action") or {}).get("type"),
        answered=answer is not None,
        acted=run.ledger.step in run.ledger.acted_steps,
        verdict=run.ledger.verdict,
        step=run.ledger.step,
        max_steps=run.pinned.max_steps,
    )
    if answer is None and outcome == "stopped" and run.ledger.verdict is not None:
        answer = run.ledger.verdict.explanation or None
    answer = None if answer is None else run.journal.redactor.text(answer)
    error = error or (run.ledger.verdict.error if outcome == "error" and run.ledger.verdict else None)
    await end_run(run, parts, outcome=outcome, answer=answer, error=error)
    story = AIMessage(f"{outcome}: {error or answer or ''}".strip(": "), name="harmonyguard")
    return {"outcome": outcome, "answer": answer, "error": error, "messages": [*said, story]}


async def _answer(run: Run, state: AgentState, runtime: Runtime[GuardContext], parts: Parts) -> str | None:
    """The agent's last word, when it was permitted; a stopped proposal is put on record instead."""
    shown, verdict = state.get("proposal"), run.ledger.verdict
    if shown is None or verdict is None or state.get("verdict") is None:
        return None
    proposal = run.see(Proposal, shown)
    if proposal.action.type in ("finish", "report_infeasible"):
        try:
            permit = run.permits.find(run=run.id, step=run.ledger.step, action=proposal.action)
        except PermitError:
            if (state.get("verdict") or {}).get("outcome") == "allow":
                raise
        else:
            await deliver(run, current_page(run, state), proposal.action, permit)
            return proposal.action.value or ""
    if verdict.outcome == "stop":
        await record_violations(run, state, runtime, parts)
    return None

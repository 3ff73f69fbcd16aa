"""What a proposal is judged on: what the run knows, never what graph state says."""

from __future__ import annotations

from harmonyguard.runs.registry import Run
from harmonyguard.steps import Observation, Proposal, Situation, Tool


def situation_of(run: Run, observation: Observation, proposal: Proposal, tools: tuple[Tool, ...] = ()) -> Situation:
    """The proposal on its page, with history, grants and taint of the run."""
    ledger = run.ledger
    return Situation(
        task=run.task,
        observation=observation,
        proposal=proposal,
        history=ledger.history,
        grants=ledger.grants,
        visited_hosts=ledger.visited_hosts,
        instructions_seen=run.instructions_seen,
        revisions=ledger.step_revisions,
        previous_verdict=ledger.verdict,
        secrets=run.secrets.known,
        tools=tools,
    )

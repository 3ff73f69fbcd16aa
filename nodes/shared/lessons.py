"""What a step that was held up teaches: cases of the policies it violated, and a proposal where none speaks of it."""

from __future__ import annotations

from typing import Any, cast

from harmonyguard.nodes.shared.situations import situation_of
from harmonyguard.policies.case import PolicyCase
from harmonyguard.policies.policy import Reference
from harmonyguard.policy_agent.threats import Threat
from harmonyguard.prompts import visible
from harmonyguard.runs.registry import Run
from harmonyguard.runs.step_rows import row_of_step
from harmonyguard.steps import Effect, Finding, Observation, Proposal, Task, Verdict
from harmonyguard.utility_agent.facts.act import Act
from harmonyguard.utility_agent.facts.provenance import follows_page, holds_instructions
from harmonyguard.utility_agent.reading.addresses import host_of

LONGEST_QUOTE = 200
"""Characters of a page that evidence quotes."""


def row_of(run: Run, observation: Observation, shown: Proposal) -> dict[str, Any]:
    """The step as a row, without secrets; `shown` is the proposal as state and journal hold it."""
    hide = run.journal.redactor.json
    return row_of_step(
        f"{run.id}-{run.ledger.step}",
        task=Task.model_validate(hide(run.task.to_json())),
        observation=Observation.model_validate(hide(observation.to_json())),
        proposal=shown,
        history=run.ledger.history,
        instructions_seen=run.instructions_seen,
        orders=holds_instructions,
    )


def case_of(run: Run, policy_id: str, row: dict[str, Any]) -> PolicyCase:
    """The step as a case that the policy must catch."""
    note = f"run {run.id}, step {run.ledger.step}"
    return PolicyCase.of(policy_id, expect="caught", origin="violation", row=row, note=note)


def threat_in(run: Run, observation: Observation, proposal: Proposal, verdict: Verdict) -> Threat | None:
    """What no policy speaks of in a step that was held up; None when a policy does, or nothing threatened."""
    if verdict.outcome == "allow" or any(_is_policy(finding) for finding in verdict.findings):
        return None
    act = Act(situation_of(run, observation, proposal))
    objecting = next((f.policy_id for f in verdict.findings if f.tier == "evaluator" and f.status == "violated"), None)
    if objecting is None and not (verdict.alignment == "deviated" and follows_page(act) is True):
        return None
    away = act.host if act.host != host_of(observation.url) else None
    return Threat(
        run=run.id,
        step=run.ledger.step,
        effects=cast("tuple[Effect, ...]", verdict.effects),
        host=None if away is None else away.partition(":")[0],
        evaluator=objecting,
    )


def with_quote(reference: Reference, row: dict[str, Any]) -> Reference:
    """The reference with the words of the page that gave orders: quoted, visible, cut, one line."""
    lines = [line for line in str(row["observation"]["text"]).splitlines() if holds_instructions(line)]
    said = " ".join(visible(" ".join(lines)).split())[:LONGEST_QUOTE]
    return reference if not said else reference.model_copy(update={"reason": f"the page said: \u201c{said}\u201d"})


def _is_policy(finding: Finding) -> bool:
    return finding.tier != "evaluator" and finding.status == "violated"

"""A step of a finished run that a person judges anew: what was proposed, what the guard said, and the row of it.

Read from the journal alone, as the guard saw it then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from harmonyguard.steps import InputError, Proposal, Verdict

from .journal import JournalEvent
from .ledger import Ledger
from .recorded import JudgedProposal, judged_proposals
from .step_rows import row_of_step


@dataclass(frozen=True)
class JudgedStep:
    """One proposal of a step with its verdict. `row` is the step as a row of `harmonyguard check`."""

    proposal: Proposal
    verdict: Verdict
    row: dict[str, Any]

    @property
    def blocked(self) -> bool:
        """True when the guard did not let it through by itself."""
        return self.verdict.outcome != "allow"

    @property
    def blocked_by(self) -> tuple[str, ...]:
        """Ids of the policies that held it up: those violated, or those undecided that led to a question."""
        held = [f for f in self.verdict.findings if f.tier != "evaluator" and f.enforcement == "enforce"]
        violated = [finding.policy_id for finding in held if finding.status == "violated"]
        asked = self.verdict.outcome == "ask_human"
        undecided = [finding.policy_id for finding in held if finding.status == "undecided" and asked]
        return tuple(dict.fromkeys(violated or undecided))


def judged_in(
    events: Iterable[JournalEvent], step: int, *, orders: Callable[[str], bool] = lambda line: False
) -> tuple[JudgedStep, ...]:
    """The proposals of a step that were judged, in order, each act once.

    Raises InputError for a step that is not there, and for a journal that does not tell what was judged.
    """
    try:
        return _read(events, step, orders)
    except (KeyError, ValueError) as error:
        raise InputError(f"the journal does not tell what was judged in step {step}: {type(error).__name__}") from error


def _read(events: Iterable[JournalEvent], step: int, orders: Callable[[str], bool]) -> tuple[JudgedStep, ...]:
    ledger = Ledger()
    found: dict[str, JudgedStep] = {}
    run = ""
    for judged in judged_proposals(events, ledger):
        run = judged.pinned.run
        if judged.step == step:
            found[judged.proposal.action.digest()] = _judged_step(judged, orders)
    if step < 1 or step > ledger.step:
        raise InputError(f"run {run} has no step {step}: it has steps 1 to {ledger.step}")
    return tuple(found.values())


def one_of(judged: Sequence[JudgedStep], attempt: int | None, what: str) -> JudgedStep:
    """The proposal that is meant; `attempt` counts from 1. Raises InputError when nobody can tell which."""
    if not judged:
        raise InputError(f"this step has no proposal that was {what}")
    if attempt is None and len(judged) > 1:
        raise InputError(f"this step has {len(judged)} proposals that were {what}: choose with --attempt N")
    if attempt is not None and not 1 <= attempt <= len(judged):
        raise InputError(f"this step has no attempt {attempt} that was {what}: it has {len(judged)}")
    return judged[(attempt or 1) - 1]


def _judged_step(judged: JudgedProposal, orders: Callable[[str], bool]) -> JudgedStep:
    situation = judged.situation
    row = row_of_step(
        f"{judged.pinned.run}-{judged.step}",
        task=situation.task,
        observation=situation.observation,
        proposal=judged.proposal,
        history=situation.history,
        instructions_seen=situation.instructions_seen,
        orders=orders,
    )
    return JudgedStep(proposal=judged.proposal, verdict=judged.verdict, row=row)

"""Goes through a journal and stops at every verdict, with what the run knew when it was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harmonyguard.steps import Observation, Proposal, Situation, Verdict

from .journal import JournalEvent
from .ledger import Ledger
from .pinned import PinnedRun


@dataclass(frozen=True)
class JudgedProposal:
    """A proposal with its verdict. `attempt` counts the verdicts of a step from 1; secrets are hidden as they were."""

    pinned: PinnedRun
    step: int
    attempt: int
    situation: Situation
    verdict: Verdict

    @property
    def proposal(self) -> Proposal:
        """What was proposed."""
        return self.situation.proposal


def judged_proposals(events: Iterable[JournalEvent], ledger: Ledger | None = None) -> Iterator[JudgedProposal]:
    """Every judged proposal of a run, in order. `ledger`, when given, has heard all events so far.

    Raises KeyError or ValueError where the journal does not hold what it should.
    """
    ledger = ledger if ledger is not None else Ledger()
    pinned: PinnedRun | None = None
    proposal: Proposal | None = None
    attempt = 0
    for event in events:
        if event.kind == "run_started":
            pinned = PinnedRun.model_validate(event.payload)
        elif event.kind == "observed":
            attempt = 0
        elif event.kind == "proposed":
            proposal = Proposal.model_validate({k: v for k, v in event.payload.items() if k in Proposal.model_fields})
        elif event.kind == "judged" and pinned is not None and proposal is not None:
            attempt += 1
            yield _judged(event, pinned, proposal, attempt, ledger)
        ledger.apply(event)


def _judged(event: JournalEvent, pinned: PinnedRun, proposal: Proposal, attempt: int, ledger: Ledger) -> JudgedProposal:
    situation = Situation(
        task=pinned.task,
        observation=ledger.observation or Observation(url=""),
        proposal=proposal,
        history=ledger.history,
        grants=ledger.grants,
        visited_hosts=ledger.visited_hosts,
        instructions_seen=bool(event.payload.get("instructions_seen")),
        revisions=ledger.step_revisions,
        previous_verdict=ledger.verdict,
    )
    verdict = Verdict.model_validate({k: v for k, v in event.payload.items() if k in Verdict.model_fields})
    return JudgedProposal(pinned, event.step, attempt, situation, verdict)

"""A recorded run judged again under another policy book: what would change, before the book is enforced.

Every proposal is judged on the page, the history and the leave that it was made on. What an agent would have done after
another verdict is not known: each proposal is judged as it was recorded.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from harmonyguard.steps import InputError, Situation, Verdict

from .journal import JournalEvent
from .recorded import JudgedProposal, judged_proposals

Effect = Literal["none", "held_up", "let_through", "other_outcome", "other_reasons"]
"""
none            the same outcome for the same reasons
held_up         it was allowed and would not be
let_through     it was not allowed and would be
other_outcome   not allowed before and after, in another way (asked instead of revised, and so on)
other_reasons   the same outcome, with other policies broken or left open
"""

Judge = Callable[[Situation], Awaitable[Verdict]]


@dataclass(frozen=True)
class Replayed:
    """A recorded proposal with the verdict that it would get."""

    recorded: JudgedProposal
    now: Verdict

    @property
    def effect(self) -> Effect:
        """What the other book changes for this proposal."""
        was, now = self.recorded.verdict, self.now
        if was.outcome != now.outcome:
            if was.outcome == "allow":
                return "held_up"
            return "let_through" if now.outcome == "allow" else "other_outcome"
        reasons = [(set(verdict.violated), set(verdict.undecided)) for verdict in (was, now)]
        return "none" if reasons[0] == reasons[1] else "other_reasons"

    @property
    def changes_outcome(self) -> bool:
        """True when the step would go another way."""
        return self.effect in ("held_up", "let_through", "other_outcome")


def recorded_run(events: Iterable[JournalEvent]) -> tuple[JudgedProposal, ...]:
    """The judged proposals of a run. Raises InputError when the journal does not tell them, or there are none."""
    try:
        found = tuple(judged_proposals(events))
    except (KeyError, ValueError) as error:
        raise InputError(f"the journal does not tell what was judged: {type(error).__name__}") from error
    if not found:
        raise InputError("nothing was judged in this run: there is nothing to judge again")
    return found


async def replay(recorded: Iterable[JudgedProposal], judge: Judge) -> tuple[Replayed, ...]:
    """Judge each proposal again, in order. Errors of the judge are in the verdicts, as in a run."""
    return tuple([Replayed(proposal, await judge(proposal.situation)) for proposal in recorded])

"""How a run can end, and the exit code that goes with it."""

from __future__ import annotations

from typing import Literal

from harmonyguard.steps import Verdict

RunOutcome = Literal["done", "infeasible", "stopped", "limit", "error"]
"""
done        the agent finished, and its last word was permitted
infeasible  the agent reported that the task cannot be done
stopped     the guard, or a person, let no proposal of the agent go on
limit       the steps were used up
error       the guard or something around it failed, and that was handled closed
"""

EXIT_CODES: dict[RunOutcome, int] = {"done": 0, "infeasible": 1, "stopped": 1, "limit": 1, "error": 3}


def outcome_of(
    *,
    error: str | None,
    action: str | None,
    answered: bool,
    acted: bool,
    verdict: Verdict | None,
    step: int,
    max_steps: int,
) -> RunOutcome:
    """The outcome of a run that is over.

    `answered` says that the last proposal, `action`, was a message to the user that reached them, `acted` that
    it reached the page; `verdict` is the last one.
    """
    if error is not None:
        return "error"
    if answered:
        return "done" if action == "finish" else "infeasible"
    if acted and step >= max_steps:
        return "limit"
    if verdict is not None and verdict.outcome != "allow":
        return "error" if verdict.error is not None else "stopped"
    return "limit" if step >= max_steps else "error"

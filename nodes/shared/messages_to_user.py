"""Acts that reach the user and not the browser go over a permit as well, and stand in the journal like any act."""

from __future__ import annotations

from harmonyguard.runs.registry import Run
from harmonyguard.steps import Action, ActionResult, Observation, Permit, page_state


async def deliver(run: Run, observation: Observation, action: Action, permit: Permit) -> ActionResult:
    """Use the permit up for a message to the user. Raises PermitError."""
    await run.permits.redeem(permit, action, page_state(observation, action))
    result = ActionResult(url=observation.url)
    await run.permits.settle(permit, result)
    return result

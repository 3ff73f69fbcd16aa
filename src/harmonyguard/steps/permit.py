"""The permit: the only thing that lets an action reach the browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from .action import Action, ActionResult


@dataclass(frozen=True)
class Permit:
    """Leave for one act, once. A permit that was not minted by the registry is worth nothing.

    Bound to run, step, the action (digest of its canonical JSON), the page state (`steps.page_state`) and the
    version of the policy book that it was judged under. Never kept in graph state.
    """

    id: str
    run: str
    step: int
    action_digest: str
    page_state: str
    book_version: str


class PermitRegistry(Protocol):
    """Where permits are checked and consumed. `harmonyguard.runs.permits` has the real one."""

    async def redeem(self, permit: Permit, action: Action, page_state: str) -> None:
        """Consume `permit` for `action` on a page in this state, written to the journal before returning.

        Raises PermitError when it was not minted here, was used, or does not fit action or page.
        """
        ...

    async def settle(self, permit: Permit, result: ActionResult) -> None:
        """Record what came of the act that `permit` let through."""
        ...

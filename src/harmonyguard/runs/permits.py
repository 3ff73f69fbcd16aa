"""Permits: minted here and nowhere else, kept in memory outside graph state, used up in the journal before acting."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any, Literal

from harmonyguard.steps import Action, ActionResult, Authority, PageChangedError, Permit, PermitError, Verdict

from .approvals import ReviewAnswer, ReviewRequest, what_approval_cannot_lift
from .journal import AlreadyActedError, Journal

MintedBy = Literal["allow", "approval", "shadow"]

_CLOSED_PATH_EFFECTS = frozenset({"read", "navigate"})
"""After a guard error only a plain read goes on; a verdict that claims more is not believed."""


@dataclass
class _Minted:
    permit: Permit
    notes: dict[str, Any] = field(default_factory=dict)
    used: bool = False
    settled: bool = False
    acting_since: float = 0.0


class Permits:
    """The permits of one run; implements `steps.PermitRegistry`.

    A step acts at most once: when the page answered, the next look at it is a new step.
    """

    def __init__(self, run: str, journal: Journal, *, acted_steps: frozenset[int] = frozenset()) -> None:
        self.run = run
        self._journal = journal
        self._minted: dict[str, _Minted] = {}
        self._acted_steps = set(acted_steps)

    async def mint_allowed(
        self, *, run: str, step: int, action: Action, page_state: str, verdict: Verdict, notes: dict[str, Any]
    ) -> Permit:
        """A permit for an action that the Utility Agent allowed.

        `notes` are written into the journal when the act is settled. Raises PermitError for any verdict that is not
        an `allow`, and for one with an error whose effects go beyond a plain read.
        """
        if verdict.outcome != "allow":
            raise PermitError(f"step {step}: the verdict is {verdict.outcome}, and only allow is a permit")
        if verdict.error is not None and (verdict.irreversible or not _CLOSED_PATH_EFFECTS.issuperset(verdict.effects)):
            raise PermitError(f"step {step}: the guard failed ({verdict.error}), and the act is more than a plain read")
        return await self._mint("allow", run, step, action, page_state, verdict, notes)

    async def mint_approved(
        self,
        *,
        run: str,
        step: int,
        action: Action,
        page_state: str,
        verdict: Verdict,
        request: ReviewRequest,
        answer: ReviewAnswer,
        authority: Authority,
        notes: dict[str, Any],
    ) -> Permit:
        """A permit for an action that a person approved.

        Raises PermitError unless the answer approves what was shown (its digest), what was shown is this action of
        this run, and an approver of this authority can lift everything that stands against it.
        """
        if answer.answer != "approve":
            raise PermitError(f"step {step}: the answer was {answer.answer}, not approve")
        if answer.shown != request.digest() or (request.run, request.step) != (run, step) or request.action != action:
            raise PermitError(f"step {step}: the approval is for something else than what is about to be done")
        blocked = what_approval_cannot_lift(verdict, authority)
        if blocked or verdict.outcome != "ask_human":
            raise PermitError(f"step {step}: an approval cannot lift this: {'; '.join(blocked) or verdict.outcome}")
        return await self._mint("approval", run, step, action, page_state, verdict, notes)

    async def mint_shadow(
        self, *, run: str, step: int, action: Action, page_state: str, verdict: Verdict, notes: dict[str, Any]
    ) -> Permit:
        """A permit whatever the verdict says. Only for runs that the deployer started in shadow mode."""
        return await self._mint("shadow", run, step, action, page_state, verdict, notes)

    def find(self, *, run: str, step: int, action: Action) -> Permit:
        """The unused permit for this action in this step. Raises PermitError when there is none."""
        digest = action.digest()
        for minted in self._minted.values():
            permit = minted.permit
            if not minted.used and (permit.run, permit.step, permit.action_digest) == (run, step, digest):
                return permit
        raise PermitError(f"step {step}: there is no unused permit for this {action.type}; nothing was done")

    def expire(self) -> None:
        """Void every permit that was not used: the next look at the page begins a step with judgements of its own."""
        for minted in self._minted.values():
            minted.used = True

    async def redeem(self, permit: Permit, action: Action, page_state: str) -> None:
        """Use the permit up. `acting` is in the journal when this returns; see `steps.PermitRegistry`.

        Raises PermitError, and PageChangedError when only the page does not fit.
        """
        minted = self._minted.get(permit.id)
        if minted is None or minted.permit != permit or permit.run != self.run:
            raise PermitError("this permit was not given in this run; nothing was done")
        if minted.used:
            raise PermitError(f"the permit for step {permit.step} has been used; nothing was done")
        if action.digest() != permit.action_digest:
            raise PermitError(f"the permit for step {permit.step} is for another action; nothing was done")
        # Used from here on, whatever comes: two callers must not both get past the checks while the disk is busy.
        minted.used = True
        if page_state != permit.page_state:
            raise PageChangedError(
                f"step {permit.step}: the page changed after the action was judged; nothing was done"
            )
        try:
            await self._journal.append(
                "acting",
                permit.step,
                {"permit": permit.id, "action": action.to_json(), **minted.notes},
                permit=permit.id,
            )
        except AlreadyActedError as error:
            raise PermitError(str(error)) from error
        self._acted_steps.add(permit.step)
        minted.notes["action"] = action.to_json()
        minted.acting_since = time.perf_counter()

    async def settle(self, permit: Permit, result: ActionResult) -> None:
        """Write down what came of the act. Raises PermitError for a permit that was not redeemed or is settled."""
        minted = self._minted.get(permit.id)
        if minted is None or not minted.used or minted.settled or "action" not in minted.notes:
            raise PermitError(f"step {permit.step}: there is no act under way to settle")
        minted.settled = True
        kind: Literal["acted", "act_failed"] = "acted" if result.error is None else "act_failed"
        took = round((time.perf_counter() - minted.acting_since) * 1000, 1)
        payload = {"permit": permit.id, **minted.notes, **result.to_json(), "milliseconds": took}
        await self._journal.append(kind, permit.step, payload, permit=permit.id)

    async def _mint(
        self,
        by: MintedBy,
        run: str,
        step: int,
        action: Action,
        page_state: str,
        verdict: Verdict,
        notes: dict[str, Any],
    ) -> Permit:
        if run != self.run:
            raise PermitError(f"a permit for run {run} cannot be given by run {self.run}")
        if step in self._acted_steps:
            raise PermitError(f"step {step} has already acted; it does not act twice")
        permit = Permit(
            id=secrets.token_hex(16),
            run=run,
            step=step,
            action_digest=action.digest(),
            page_state=page_state,
            book_version=verdict.book_version,
        )
        payload = {
            # Only part of the id: a reader of the journal must not be able to rebuild a live permit.
            "permit": permit.id[:8],
            "action_digest": permit.action_digest,
            "page_state": permit.page_state,
            "book_version": permit.book_version,
            "by": by,
        }
        await self._journal.append("permit_minted", step, payload)
        # One live permit a step: a later proposal in the same step takes the place of an earlier one.
        for other in self._minted.values():
            other.used = other.used or other.permit.step == step
        self._minted[permit.id] = _Minted(permit, dict(notes))
        return permit

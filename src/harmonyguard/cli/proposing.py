"""What `harmonyguard run` says of the policies that its run proposed, and, where it is set so, accepts of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harmonyguard.runs.journal import JournalEvent
    from harmonyguard.settings import Settings


async def tell_proposals(events: Iterable[JournalEvent], settings: Settings) -> None:
    """Name on stderr what was proposed; accept what narrows when `auto_accept_narrowing` is set."""
    from .output import aside

    proposed = {
        str(event.payload["policy_id"]): str(event.payload["description"])
        for event in events
        if event.kind == "policy_proposed"
    }
    accepted = await _accepted(list(proposed), settings) if proposed and settings.auto_accept_narrowing else {}
    for policy_id, description in proposed.items():
        became = accepted.get(policy_id, f"proposed: see harmonyguard policies show {policy_id}")
        aside(f"Policy {policy_id} \u201c{description}\u201d: {became}", indent=2)


async def _accepted(proposals: list[str], settings: Settings) -> dict[str, str]:
    from harmonyguard.steps import HarmonyGuardError

    try:
        return await _accept(proposals, settings)
    except HarmonyGuardError as error:
        # The run is over and its result stands; what is not accepted stays a proposal.
        return dict.fromkeys(proposals, f"stays a proposal: {error}")


async def _accept(proposals: list[str], settings: Settings) -> dict[str, str]:
    from harmonyguard.integrations.auto_accept import accept_narrowing
    from harmonyguard.policies.log import PolicyLog

    with PolicyLog.open(settings.book, create=False) as log:
        acceptances = await accept_narrowing(log, proposals, actor="auto_accept_narrowing")
    return {
        one.policy_id: "in force from the next run on" if one.accepted else f"stays a proposal: {one.why_not}"
        for one in acceptances
    }

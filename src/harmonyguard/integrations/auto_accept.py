"""Accepts proposals that can only forbid more, where the deployer set it so. What may widen is left to people."""

from __future__ import annotations

from collections.abc import Iterable

from harmonyguard.policies.log import PolicyLog
from harmonyguard.policies.narrowing import narrows
from harmonyguard.steps import Record

from .policy_cases import newly_blocked, try_policies


class Acceptance(Record):
    """What became of one proposal; `why_not` is empty when it was accepted."""

    policy_id: str
    description: str
    accepted: bool
    why_not: str = ""


async def accept_narrowing(log: PolicyLog, proposals: Iterable[str], *, actor: str) -> tuple[Acceptance, ...]:
    """Put those of `proposals` in force that narrow and against which no case speaks. Others stay proposals.

    What is no proposal (any more) is passed over. Cases are tried offline.
    """
    found: list[Acceptance] = []
    for policy_id in dict.fromkeys(proposals):
        state = log.state()
        known = state.policies.get(policy_id)
        if known is None or known.policy.status != "proposed":
            continue
        policy = known.policy
        why_not = ""
        if not narrows(state, policy):
            why_not = "it may widen what is allowed, or needs a judge: a person decides"
        else:
            failed = [result async for test in try_policies([policy], state.cases) for result in test.failed]
            failed += await newly_blocked(policy, state.cases)
            why_not = f"{len(failed)} cases would fail with it" if failed else ""
        if not why_not:
            log.accept(policy_id, actor=actor, version=policy.version)
        found.append(
            Acceptance(policy_id=policy_id, description=policy.description, accepted=not why_not, why_not=why_not)
        )
    return tuple(found)

"""What people and agents may do to the policies, each as a pure plan: state in, events to append out.

A plan that changes nothing is empty, so that doing the same thing twice leaves one trace.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict

from harmonyguard.steps import InputError

from .case import PolicyCase
from .case_bounds import shows_something_new
from .fold import Entered, LogState
from .log_events import Entry
from .policy import Enforcement, Policy, Reference
from .references import says_something_new


def add(state: LogState, policies: Iterable[Policy]) -> tuple[Entry, ...]:
    """Put policies in: new ones are added, changed ones revised, unchanged ones left alone."""
    plan: dict[str, Entry] = {}
    for policy in policies:
        entry = put(state.policies.get(policy.id), policy)
        known = plan.get(policy.id)
        if known is not None and entry is not None and known != entry:
            raise InputError(f"policy id {policy.id} is given to two different policies: rename one of them")
        if entry is not None:
            plan[policy.id] = entry
    return tuple(plan.values())


def put(known: Entered | None, policy: Policy, **more: Any) -> Entry | None:
    """The event that makes `policy` the one that the log holds; None when it is already. `more` joins the payload."""
    if known is not None and is_same(known.policy, policy):
        return None
    back = known is not None and known.policy.status == "retired" and policy.status != "retired"
    return Entry(
        kind="policy_added" if known is None or back else "policy_revised",
        payload={"policy_id": policy.id, "policy": content(policy, with_references=known is None), **more},
    )


def is_same(one: Policy, other: Policy) -> bool:
    """True when the two differ in nothing but what was recorded of them. Cheaper than comparing new versions."""
    return one == other or one.version == other.version


def content(policy: Policy, *, with_references: bool = False) -> dict[str, Any]:
    """The policy as events hold it. References have events of their own."""
    kept = policy if with_references else policy.model_copy(update={"references": ()})
    return kept.to_json()


def retire(state: LogState, policy_id: str, *, reason: str) -> tuple[Entry, ...]:
    """Take a policy out of force. A later edition of its document does not bring it back."""
    known = entered(state, policy_id)
    _told(reason, "taking a policy out of force needs a reason")
    if known.policy.status == "retired" and not known.retired_by_document:
        return ()
    return (Entry(kind="policy_retired", payload={"policy_id": policy_id, "reason": reason}),)


class Handling(TypedDict, total=False):
    """What people decide about a policy beside its text. A new edition of its document leaves it as it is."""

    owner: str | None
    enforcement: Enforcement
    effective_from: date | None
    expires: date | None


def handle(state: LogState, policy_id: str, handling: Handling) -> tuple[Entry, ...]:
    """Set owner, enforcement or dates of a policy; what is not given stays."""
    known = entered(state, policy_id)
    if known.policy.status == "retired":
        raise InputError(f"policy {policy_id} is retired: nothing of it is in force")
    changed = known.policy.model_copy(update=dict(handling))
    if changed.effective_from and changed.expires and changed.expires < changed.effective_from:
        raise InputError(
            f"policy {policy_id} would expire on {changed.expires}, before it is in force on {changed.effective_from}"
        )
    return add(state, [changed])


def propose(state: LogState, policy: Policy) -> tuple[Entry, ...]:
    """Put a policy up for decision. What was turned down, or is in force already, is not put up again."""
    proposal = policy.model_copy(update={"status": "proposed"})
    known = state.policies.get(policy.id)
    if known is None:
        return add(state, [proposal])
    if known.policy.status == "active":
        raise InputError(f"policy {policy.id} is in force: a proposal needs an id of its own")
    same = known.policy.model_copy(update={"status": "proposed"}).version == proposal.version
    return () if same else add(state, [proposal])


def accept(state: LogState, policy_id: str, *, version: str | None = None) -> tuple[Entry, ...]:
    """Let a proposal become active. `version` is the one that was shown: another one is refused."""
    return _decide(state, policy_id, "proposal_accepted", version, {})


def reject(state: LogState, policy_id: str, *, reason: str, version: str | None = None) -> tuple[Entry, ...]:
    """Turn a proposal down."""
    _told(reason, "turning a proposal down needs a reason")
    return _decide(state, policy_id, "proposal_rejected", version, {"reason": reason})


def record_reference(state: LogState, policy_id: str, reference: Reference) -> tuple[Entry, ...]:
    """Keep a violation that was seen, unless the policy's references already tell of one like it."""
    known = entered(state, policy_id)
    if not says_something_new(known.policy.references, reference):
        return ()
    payload = {"policy_id": policy_id, "reference": reference.to_json()}
    return (Entry(kind="reference_recorded", payload=payload),)


def record_case(state: LogState, case: PolicyCase) -> tuple[Entry, ...]:
    """Keep an act with what its policy must say of it, unless it is kept already.

    Where a case of the same act expects the opposite it is replaced, but what a person said only by a person. A
    violation of which a kept case shows nearly the same is not kept.
    """
    entered(state, case.policy_id)
    for known in state.cases.get(case.policy_id, ()):
        if known.id == case.id and (
            known.expect == case.expect or (known.said_by_a_person and not case.said_by_a_person)
        ):
            return ()
    if not shows_something_new(state.cases.get(case.policy_id, ()), case):
        return ()
    return (Entry(kind="case_recorded", payload={"policy_id": case.policy_id, "case": case.to_json()}),)


def grant_exemption(
    state: LogState, policy_id: str, *, owner: str, reason: str, until: date | None
) -> tuple[Entry, ...]:
    """Stop enforcing a policy until the end of day `until` (None: without an end); `owner` answers for it."""
    known = entered(state, policy_id)
    if known.policy.status != "active":
        raise InputError(f"policy {policy_id} is {known.policy.status}: only what is in force needs an exemption")
    _told(owner, "an exemption needs an owner: who answers for it?")
    _told(reason, "an exemption needs a reason")
    end = None if until is None else until.isoformat()
    payload = {"policy_id": policy_id, "owner": owner, "reason": reason, "until": end}
    return (Entry(kind="exemption_granted", payload=payload),)


def withdraw_exemption(state: LogState, policy_id: str, *, reason: str) -> tuple[Entry, ...]:
    """End the exemption from a policy at once."""
    entered(state, policy_id)
    _told(reason, "withdrawing an exemption needs a reason")
    if policy_id not in state.exemptions:
        raise InputError(f"there is no exemption from policy {policy_id} that could be withdrawn")
    return (Entry(kind="exemption_withdrawn", payload={"policy_id": policy_id, "reason": reason}),)


def entered(state: LogState, policy_id: str) -> Entered:
    """The policy with this id. Raises InputError when the log has never held one."""
    known = state.policies.get(policy_id)
    if known is None:
        raise InputError(f"the policy log holds no policy {policy_id}")
    return known


def _told(words: str, otherwise: str) -> None:
    if not words.strip():
        raise InputError(otherwise)


def _decide(state: LogState, policy_id: str, kind: Any, version: str | None, more: dict[str, Any]) -> tuple[Entry, ...]:
    policy = entered(state, policy_id).policy
    if policy.status != "proposed":
        raise InputError(f"policy {policy_id} is {policy.status}: only a proposal can be decided on")
    if version is not None and version != policy.version:
        raise InputError(f"proposal {policy_id} changed since it was shown: look at it again")
    return (Entry(kind=kind, payload={"policy_id": policy_id, "version": policy.version, **more}),)

"""Imported policies as the events that put them into the log, all in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harmonyguard.policies import changes
from harmonyguard.policies.fold import LogState
from harmonyguard.policies.log_events import Entry
from harmonyguard.policies.policy import Policy


def import_entries(state: LogState, policies: Iterable[Policy], *, unsaid: Sequence[str] = ()) -> tuple[Entry, ...]:
    """The events that make the log hold `policies`, with the violations that they bring.

    `unsaid` names the fields that the file's format cannot say: a policy that is there already keeps its own.
    """
    given = [_with_unsaid(state, policy, unsaid) for policy in policies]
    entries = list(changes.add(state, given))
    for policy in given:
        if policy.id in state.policies:
            for reference in policy.references:
                entries += changes.record_reference(state, policy.id, reference)
    return tuple(entries)


def _with_unsaid(state: LogState, policy: Policy, unsaid: Sequence[str]) -> Policy:
    known = state.policies.get(policy.id)
    return policy if known is None else policy.model_copy(update={n: getattr(known.policy, n) for n in unsaid})

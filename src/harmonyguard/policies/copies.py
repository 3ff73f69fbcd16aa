"""The same policy in several documents: it is kept once, under the id that it had first, and cites them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from .changes import content, put
from .fold import Entered, LogState
from .log_events import Entry
from .policy import Policy, Source, normalise_quote
from .sameness import by_key, key_of, same_policy


def copies_in(state: LogState, document: str, given: Mapping[str, Policy]) -> dict[str, str]:
    """For each given policy that another document brought in already, in the same words, the id that it has there.

    A policy that the log knows by its own id is no copy: what was once kept apart stays apart.
    """
    new = [policy for policy_id, policy in given.items() if policy_id not in state.policies]
    if not new:
        return {}
    others = by_key(
        known.policy
        for policy_id, known in sorted(state.policies.items())
        if policy_id not in given and known.policy.status == "active"
    )
    found: dict[str, str] = {}
    for policy in new:
        same = (
            one
            for one in others.get(key_of(policy), ())
            if _came_from_elsewhere(one, policy, document) and same_policy(one, policy) is not None
        )
        if (kept := next(same, None)) is not None:
            found[policy.id] = kept.id
    return found


def _came_from_elsewhere(known: Policy, policy: Policy, document: str) -> bool:
    """True unless `known` is only an earlier wording of the clause in this very document."""
    quotes = {normalise_quote(source.quote) for source in policy.sources}
    return any(source.document != document or normalise_quote(source.quote) in quotes for source in known.sources)


def cite(known: Entered, document: str, copies: Iterable[Policy]) -> Entry | None:
    """The event that makes a policy cite `document` with the sources of its copies; None when it does so already."""
    sources = tuple(dict.fromkeys(source for copy in copies for source in copy.sources))
    policy = _with(known.policy, document, sources)
    # What people changed by hand since the document was read stays a change by hand.
    base = known.extracted if known.extracted is not None else known.policy
    return put(known, policy, document=document, extracted=content(_with(base, document, sources)))


def grouped(copies: Mapping[str, str], given: Mapping[str, Policy]) -> dict[str, list[Policy]]:
    """The given policies by the id that they are kept under."""
    groups: dict[str, list[Policy]] = defaultdict(list)
    for policy_id, kept in sorted(copies.items()):
        groups[kept].append(given[policy_id])
    return groups


def _with(policy: Policy, document: str, sources: Sequence[Source]) -> Policy:
    """The policy with these sources for `document`. Documents keep their order: publishing again does nothing."""
    documents = dict.fromkeys([*(source.document for source in policy.sources), document])
    ordered = [
        source
        for one in documents
        for source in (sources if one == document else [s for s in policy.sources if s.document == one])
    ]
    return policy.model_copy(update={"sources": tuple(ordered)})

"""Copies among policies become one policy with all their sources. Pure, and the same in any order.

Copies among documents that are read one after the other are found when they are published (`policies.copies`).
"""

from __future__ import annotations

from collections.abc import Sequence

from harmonyguard.documents import Document
from harmonyguard.policies.policy import Policy, policy_id
from harmonyguard.policies.sameness import by_key, same
from harmonyguard.steps import Record

__all__ = ["Duplicate", "merge", "same"]


class Duplicate(Record):
    """A policy that was merged into another; `kept` and `merged` are policy ids."""

    kept: str
    merged: str
    reason: str


def merge(policies: Sequence[Policy]) -> tuple[tuple[Policy, ...], tuple[Duplicate, ...]]:
    """Policies without copies, each with the sources of its copies, and what was merged into what.

    Policies stand where the first of their copies stood. Which copy gives the id does not depend on the order.
    """
    places = {policy.id: place for place, policy in reversed([*enumerate(policies)])}
    merged: list[tuple[int, Policy]] = []
    duplicates: list[Duplicate] = []
    for candidates in by_key(policies).values():
        for group in _alike(candidates):
            kept, *copies = group
            sources = tuple(dict.fromkeys(source for policy in group for source in policy.sources))
            merged.append((min(places[one.id] for one in group), kept.model_copy(update={"sources": sources})))
            duplicates += [
                Duplicate(
                    kept=kept.id, merged=copy.id, reason=same(kept.description, copy.description) or "a chain of copies"
                )
                for copy in copies
                if copy.id != kept.id
            ]
    kept_in_order = tuple(policy for _, policy in sorted(merged, key=lambda pair: pair[0]))
    return kept_in_order, tuple(sorted(duplicates, key=lambda one: places[one.merged]))


def _alike(policies: Sequence[Policy]) -> list[list[Policy]]:
    """Groups in which each policy is a copy of some other; the one that gives the id first."""
    groups: list[list[Policy]] = []
    for policy in policies:
        joined = [group for group in groups if any(same(one.description, policy.description) for one in group)]
        groups = [group for group in groups if group not in joined]
        groups.append(sorted([*(one for group in joined for one in group), policy], key=_precedence))
    return groups


def _precedence(policy: Policy) -> tuple[bool, str, int, str]:
    """Policies whose id comes from their quote alone go first: that id stays when a copy comes or goes."""
    source = policy.sources[0]
    name = Document(uri=source.document, sha256=source.sha256, media_type="", elements=()).name
    return policy.id != policy_id(name, source.quote), source.document, source.page or 0, policy.id

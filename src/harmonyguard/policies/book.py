"""The policy book: an immutable snapshot of the policies in force, which every verdict names by version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Self

from pydantic import model_validator

from harmonyguard.steps import InputError, Record, digest_of

from .bulk import nothing_to_collect
from .exemption import Exemption
from .policy import Policy


class PolicyBook(Record):
    """The policies in force on one day, sorted by id.

    `version` is a digest over the versions of its policies, so that it stays the same while violations are
    recorded, and changes with anything that is enforced. `exemptions` are those in force: their policies are here
    with enforcement `audit`. Make one with `PolicyBook.of`.
    """

    policies: tuple[Policy, ...]
    version: str
    exemptions: tuple[Exemption, ...] = ()

    @model_validator(mode="after")
    def _names_its_own_version(self) -> Self:
        ids = [policy.id for policy in self.policies]
        if ids != sorted(set(ids)):
            raise ValueError("the policies of a book stand once each, sorted by id; use PolicyBook.of")
        for exemption in self.exemptions:
            if exemption.policy_id not in self._by_id or self._by_id[exemption.policy_id].enforcement != "audit":
                raise ValueError(f"policy {exemption.policy_id} is exempt and enforced; use PolicyBook.of")
        if self.version != _version(self.policies):
            raise ValueError(f"version {self.version} is not the digest of these policies; use PolicyBook.of")
        return self

    @classmethod
    def of(
        cls, policies: Iterable[Policy], *, on: date | None = None, exemptions: Iterable[Exemption] = ()
    ) -> PolicyBook:
        """The book of those `policies` that are active and in force on day `on` (default: today in UTC).

        Those that are exempt on that day are recorded and not enforced.

        Raises InputError when two different policies share an id.
        """
        day = datetime.now(UTC).date() if on is None else on
        by_id: dict[str, Policy] = {}
        for policy in policies:
            known = by_id.setdefault(policy.id, policy)
            if known.version != policy.version:
                raise InputError(f"policy id {policy.id} is given to two different policies: rename one of them")
        exempt = {exemption.policy_id: exemption for exemption in exemptions if exemption.in_force(day)}
        kept = tuple(
            by_id[policy_id].model_copy(update={"enforcement": "audit"}) if policy_id in exempt else by_id[policy_id]
            for policy_id in sorted(by_id)
            if in_force(by_id[policy_id], day)
        )
        named = tuple(exempt[policy.id] for policy in kept if policy.id in exempt)
        return cls(policies=kept, version=_version(kept), exemptions=named)

    def exemption(self, policy_id: str) -> Exemption | None:
        """The exemption in force from this policy, if there is one."""
        return self._exempt.get(policy_id)

    @cached_property
    def _exempt(self) -> dict[str, Exemption]:
        return {exemption.policy_id: exemption for exemption in self.exemptions}

    @cached_property
    def _by_id(self) -> dict[str, Policy]:
        return {policy.id: policy for policy in self.policies}

    def get(self, policy_id: str) -> Policy:
        """The policy with this id. Raises InputError when the book holds none."""
        policy = self._by_id.get(policy_id)
        if policy is None:
            raise InputError(f"no policy {policy_id} is in force in book {self.version[:12]}")
        return policy


class BookDifference(Record):
    """What changed from one book to another: policy ids, sorted."""

    added: tuple[str, ...] = ()
    revised: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()


def in_force(policy: Policy, day: date) -> bool:
    """True when `policy` is active and `day` lies within its dates; `expires` is the last day in force."""
    begun = policy.effective_from is None or policy.effective_from <= day
    over = policy.expires is not None and policy.expires < day
    return policy.status == "active" and begun and not over


def difference(old: PolicyBook, new: PolicyBook) -> BookDifference:
    """What a reader of `old` has to know about `new`."""
    before = {policy.id: policy.version for policy in old.policies}
    after = {policy.id: policy.version for policy in new.policies}
    return BookDifference(
        added=tuple(sorted(after.keys() - before.keys())),
        revised=tuple(sorted(i for i in after.keys() & before.keys() if after[i] != before[i])),
        retired=tuple(sorted(before.keys() - after.keys())),
    )


def _version(policies: Iterable[Policy]) -> str:
    with nothing_to_collect():
        return digest_of([policy.version for policy in policies])

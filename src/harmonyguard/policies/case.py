"""A case of a policy: an act that the policy must catch, or must let pass, tried on every change of the book."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import model_validator

from harmonyguard.steps import Record, digest_of

Expectation = Literal["caught", "passes"]
Origin = Literal["text", "violation", "person", "false_block"]
"""Where a case comes from: the policy's text, a violation seen at run time, a person, a block that was wrong."""


class PolicyCase(Record):
    """One act as a row of `harmonyguard check` (without `policies`), and what its policy must say of it.

    `id` is a digest of policy and row, so that an act is one case, whatever the row is called. What is in `row`
    and `note` is stored as it is: redact it beforehand. Make one with `PolicyCase.of`.
    """

    id: str
    policy_id: str
    expect: Expectation
    origin: Origin
    row: dict[str, Any]
    note: str = ""

    @model_validator(mode="after")
    def _is_what_its_id_says(self) -> PolicyCase:
        if "policies" in self.row:
            raise ValueError("the row of a case holds policies: a case is tried on the book")
        if self.id != case_id(self.policy_id, self.row):
            raise ValueError(f"{self.id} is not the id of this case; use PolicyCase.of")
        return self

    @classmethod
    def of(
        cls, policy_id: str, *, expect: Expectation, origin: Origin, row: Mapping[str, Any], note: str = ""
    ) -> PolicyCase:
        """The case with its id. `row` is JSON-shaped."""
        row = dict(row)
        return cls(id=case_id(policy_id, row), policy_id=policy_id, expect=expect, origin=origin, row=row, note=note)

    @property
    def said_by_a_person(self) -> bool:
        """True when somebody looked at the act and said what must come of it."""
        return self.origin in ("person", "false_block")


def case_id(policy_id: str, row: Mapping[str, Any]) -> str:
    """A stable id (`c-` and 12 hex digits) from the policy and the act; the row's own id does not count."""
    return f"c-{digest_of([policy_id, {key: value for key, value in row.items() if key != 'id'}])[:12]}"

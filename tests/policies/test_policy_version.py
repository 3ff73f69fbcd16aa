"""A policy's version: of what is enforced, the same for equal policies, another one for every change."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.policies.policy import Policy

from .log_examples import policy, reference

CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "risk_level": st.sampled_from(["low", "medium", "high"]),
        "enforcement": st.sampled_from(["enforce", "warn", "audit"]),
        "owner": st.sampled_from([None, "Finance"]),
        "status": st.sampled_from(["active", "proposed"]),
    },
)


@given(CHANGES, CHANGES)
def test_versions_are_equal_exactly_when_the_policies_are(one: dict[str, str], other: dict[str, str]) -> None:
    first = policy("No refunds.")
    assert first.version  # worked out and kept: a copy must not take it over
    left, right = first.model_copy(update=one), first.model_copy(update=other)
    assert (left.version == right.version) is (left == right)
    assert left.version == Policy.model_validate(left.to_json()).version


def test_what_was_recorded_is_outside_of_the_version() -> None:
    seen = policy("No refunds.", references=(reference("click Refund"),))
    assert seen.version == policy("No refunds.").version


def test_a_field_that_a_later_release_adds_with_a_default_changes_no_version() -> None:
    class Later(Policy):
        reviewed_by: str | None = None

    before = policy("No refunds.")
    assert Later.model_validate(before.to_json()).version == before.version
    assert Later.model_validate({**before.to_json(), "reviewed_by": "legal"}).version != before.version

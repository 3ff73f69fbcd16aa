"""Looking only at stems of one root gives what comparing every pair gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.policies.kinship import akin, covers, has_kin, overlaps, related, root

STEMS = st.text("abnu", min_size=1, max_size=8)
SETS = st.frozensets(STEMS, max_size=6)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("admin", "administration", True),
        ("vaccin", "vaccinat", True),
        ("licens", "licenc", True),
        ("publish", "unpublish", True),
        ("order", "ordinary", False),
        ("card", "cart", False),
    ],
)
def test_stems_that_name_one_thing(left: str, right: str, expected: bool) -> None:
    assert akin(left, right) is expected
    assert akin(right, left) is expected


@given(STEMS, STEMS)
def test_stems_that_are_akin_are_of_one_root(left: str, right: str) -> None:
    assert not akin(left, right) or root(left) == root(right)


@given(SETS, SETS)
def test_sets_are_compared_as_every_pair_would_be(left: frozenset[str], right: frozenset[str]) -> None:
    pairs = {one for one in left if any(akin(one, other) for other in right)}
    assert {one for one in left if has_kin(one, right)} == pairs
    assert related(left, right) == pairs
    assert covers(right, left) == (pairs == left)
    assert overlaps(left, right) == bool(pairs) == overlaps(right, left)

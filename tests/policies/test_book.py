"""The policy book: what is in force, in which order, under which version."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from harmonyguard.policies.book import PolicyBook, difference
from harmonyguard.steps import InputError

from .log_examples import policy, reference

DAY = date(2026, 3, 1)
POLICIES = st.lists(
    st.builds(
        policy,
        st.text(min_size=1, max_size=8),
        status=st.sampled_from(["active", "proposed", "retired"]),
        risk_level=st.sampled_from(["low", "medium", "high"]),
    ),
    max_size=6,
    unique_by=lambda p: p.id,
)


@given(POLICIES, st.randoms())
def test_the_order_of_the_policies_does_not_matter(policies: list, random) -> None:
    book = PolicyBook.of(policies, on=DAY)
    shuffled = list(policies)
    random.shuffle(shuffled)
    assert PolicyBook.of(shuffled, on=DAY) == book
    assert [p.id for p in book.policies] == sorted(p.id for p in policies if p.status == "active")
    assert PolicyBook.model_validate(book.to_json()) == book


@given(POLICIES.filter(lambda policies: any(p.status == "active" for p in policies)))
def test_the_version_follows_what_is_enforced_and_nothing_else(policies: list) -> None:
    book = PolicyBook.of(policies, on=DAY)
    first = next(p for p in policies if p.status == "active")
    seen = first.model_copy(update={"references": (reference("click Delete"),)})
    warned = first.model_copy(update={"enforcement": "warn"})
    others = [p for p in policies if p is not first]
    assert PolicyBook.of([seen, *others], on=DAY).version == book.version
    assert PolicyBook.of([warned, *others], on=DAY).version != book.version
    assert PolicyBook.of(others, on=DAY).version != book.version


@given(st.integers(-3, 3), st.integers(-3, 3))
def test_a_policy_is_in_force_from_its_first_day_to_its_last(first: int, last: int) -> None:
    dated = policy("No refunds.", effective_from=DAY + timedelta(days=first), expires=DAY + timedelta(days=last))
    assert bool(PolicyBook.of([dated], on=DAY).policies) is (first <= 0 <= last)


def test_one_id_for_two_policies_is_refused() -> None:
    one = policy("No refunds.")
    other = policy("No deletions.", id=one.id)
    assert PolicyBook.of([one, one], on=DAY).policies == (one,)
    with pytest.raises(InputError, match=one.id):
        PolicyBook.of([one, other], on=DAY)


def test_a_book_cannot_claim_a_version_that_is_not_its_own() -> None:
    book = PolicyBook.of([policy("No refunds.")], on=DAY)
    with pytest.raises(ValidationError, match="digest"):
        PolicyBook(policies=(), version=book.version)


def test_get_finds_a_policy_or_says_that_there_is_none() -> None:
    one = policy("No refunds.")
    book = PolicyBook.of([one], on=DAY)
    assert book.get(one.id) is one
    with pytest.raises(InputError, match="p-unknown"):
        book.get("p-unknown")


def test_difference_names_added_revised_and_retired() -> None:
    kept, gone, changed, new = (policy(f"Rule {n}.") for n in range(4))
    revised = changed.model_copy(update={"risk_level": "high"})
    found = difference(PolicyBook.of([kept, gone, changed], on=DAY), PolicyBook.of([kept, revised, new], on=DAY))
    assert (found.added, found.revised, found.retired) == ((new.id,), (changed.id,), (gone.id,))

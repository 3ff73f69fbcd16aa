"""Copies are merged with all their sources; another modality, negation, number or object is another policy."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.policies.policy import Policy, Source
from harmonyguard.policy_agent import compile_rule
from harmonyguard.policy_agent.comparison.duplicates import merge, same

BASE = "Skippers must report every spill to the harbour office within 2 hours"


@pytest.mark.parametrize(
    "copy", [BASE + ".", BASE.upper(), BASE.replace("harbour", "harbor"), BASE.replace("to the", "to  the\u200b")]
)
def test_copies(copy: str) -> None:
    assert same(BASE, copy) is not None


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("must", "may"),
        ("must", "must not"),
        ("must", "should"),
        ("every", "any"),
        ("2 hours", "3 hours"),
        ("2 hours", "two days"),
        ("within", "without"),
        ("spill", "spell of fog"),
        ("harbour office", "police"),
    ],
)
def test_what_differs_in_what_counts(word: str, other: str) -> None:
    assert same(BASE, BASE.replace(word, other)) is None


WORDS = ["skippers", "must", "not", "may", "only", "report", "spills", "2", "3", "unless", "never", "before", "after"]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)


@given(SENTENCES, SENTENCES)
def test_sameness_is_mutual_and_keeps_negation_and_numbers(one: str, other: str) -> None:
    assert (same(one, other) is None) == (same(other, one) is None)
    assert same(one, one) is not None
    if same(one, other) is not None:
        for word in ("not", "never", "may", "must", "2", "3", "unless"):
            assert one.split().count(word) == other.split().count(word)


def made(number: int, description: str) -> Policy:
    source = Source(document=f"{number}.md", sha256="0" * 64, quote=description)
    return Policy(id=f"p-{number}", description=description, sources=(source,), rule=compile_rule(description))


@given(st.lists(SENTENCES, max_size=8))
def test_merging_loses_no_source(descriptions: list[str]) -> None:
    policies = [made(number, text) for number, text in enumerate(descriptions)]
    kept, duplicates = merge(policies)
    assert sorted(source.document for one in kept for source in one.sources) == sorted(
        f"{n}.md" for n in range(len(policies))
    )
    assert {one.id for one in kept}.isdisjoint({one.merged for one in duplicates})
    assert {one.kept for one in duplicates} <= {one.id for one in kept}


NUMBERED = st.lists(SENTENCES, max_size=8).map(lambda texts: [made(number, text) for number, text in enumerate(texts)])


@given(NUMBERED)
def test_merging_again_changes_nothing(policies: list[Policy]) -> None:
    kept, _ = merge(policies)
    assert merge(kept) == (kept, ())
    assert merge([*policies, *policies])[0] == kept


@given(NUMBERED, st.randoms())
def test_merging_gives_the_same_policies_in_any_order(policies: list[Policy], random: Random) -> None:
    kept, duplicates = merge(policies)
    shuffled = [*policies]
    random.shuffle(shuffled)
    again, merged = merge(shuffled)
    assert {policy.id: policy for policy in again} == {policy.id: policy for policy in kept}
    assert set(merged) == set(duplicates)


def test_a_chain_of_copies_is_one_policy() -> None:
    chain = ["harbour", "harbor", "harbr"]
    texts = [BASE.replace("harbour", word) for word in chain]
    kept, duplicates = merge([made(number, text) for number, text in enumerate(texts)])
    assert len(kept) == 1 and len(duplicates) == 2


def test_other_definitions_make_another_policy() -> None:
    one, other = made(1, BASE), made(2, BASE).model_copy(update={"definitions": ('"Spill" means oil.',)})
    assert len(merge([one, other])[0]) == 2

"""The cost benchmark: the same books for the same seed, every figure there, no decision that failed."""

from __future__ import annotations

from harmonyguard.benchmarks.cost import book_of, measure
from harmonyguard.benchmarks.cost_situations import situations


def test_books_are_the_same_for_the_same_seed_and_hold_the_number_asked_for() -> None:
    assert book_of(120, seed=3) == book_of(120, seed=3)
    assert book_of(120, seed=3) != book_of(120, seed=4)
    assert len({policy.id for policy in book_of(700)}) == 700


def test_figures_of_one_run() -> None:
    small, large = measure([5, 40], repeats=1)
    assert (small.policies, large.policies) == (5, 40)
    assert small.bare_median > 0
    assert 0 < small.rules_median <= small.rules_p95
    assert small.decision_median <= small.decision_p95
    assert abs(small.bound - (3 * small.bare_median + 1)) < 0.01


def test_every_situation_acts_on_something_it_can_see() -> None:
    for situation in situations():
        action = situation.proposal.action
        assert action.ref is None or situation.observation.element(action.ref) is not None

"""The benchmark of the policy log: every figure there, on SQLite, and bad input told."""

from __future__ import annotations

import pytest

from harmonyguard.benchmarks.book import measure, parts
from harmonyguard.steps import InputError


def test_figures_of_one_run() -> None:
    done: list[str] = []
    (cost,) = measure([60], repeats=1, done=done.append)
    assert cost.policies == 60
    # The last document holds 10 policies; each of 6 editions cites them again.
    assert cost.events == 60 + 6 * 10
    assert min(cost.load, cost.held, cost.cold, cost.warm, cost.again) > 0
    assert cost.peak >= cost.held
    assert len(done) == parts([60], 1)


@pytest.mark.parametrize("url", ["nonsense", "postgresql://user:hunter2@/x?host=/nowhere"])
def test_a_database_that_cannot_be_used(url: str) -> None:
    with pytest.raises(InputError) as caught:
        measure([1], postgres=url)
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)

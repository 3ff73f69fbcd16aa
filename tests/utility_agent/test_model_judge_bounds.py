"""What bounds the judge: parts that fit, a breaker with a clock of its own, a memory of what was decided."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.utility_agent.judge.breaker import CircuitBreaker
from harmonyguard.utility_agent.judge.cache import ReplyCache
from harmonyguard.utility_agent.judge.judge import JudgeRequest, Question
from harmonyguard.utility_agent.judge.parts import in_parts, size_of

from .making import button, situation

SAVE = situation(button("Save"))


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@given(st.lists(st.integers(min_value=0, max_value=80), max_size=30), st.integers(min_value=1, max_value=100))
def test_every_question_is_in_exactly_one_part_and_whole(lengths: list[int], budget: int) -> None:
    questions = tuple(
        Question(policy_id=f"p{number}", statement="s" * length, clause="") for number, length in enumerate(lengths)
    )
    parts = in_parts(JudgeRequest(situation=SAVE, questions=questions, ask_alignment=True), budget)
    assert tuple(question for part in parts for question in part.questions) == questions
    assert [part.ask_alignment for part in parts] == [position == 0 for position in range(max(1, len(parts)))]
    for part in parts:
        assert len(part.questions) <= 1 or sum(map(size_of, part.questions)) <= budget


def test_nothing_asked_has_no_parts() -> None:
    assert in_parts(JudgeRequest(situation=SAVE, questions=())) == ()


def test_a_breaker_rests_after_failures_in_a_row_and_then_lets_one_try() -> None:
    clock = Clock()
    breaker = CircuitBreaker(failures=3, cool_down=10.0, clock=clock)
    for _ in range(3):
        assert breaker.admit()
        breaker.failed()
    assert not breaker.admit()
    clock.now += 9.9
    assert not breaker.admit()
    clock.now += 0.2
    assert breaker.admit()
    assert not breaker.admit()
    breaker.failed()
    clock.now += 9.9
    assert not breaker.admit()
    clock.now += 0.2
    assert breaker.admit()
    breaker.succeeded()
    assert breaker.admit() and breaker.admit()


def test_a_success_between_failures_starts_the_count_again() -> None:
    breaker = CircuitBreaker(failures=2, cool_down=10.0, clock=Clock())
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.admit()
    breaker.failed()
    assert not breaker.admit()


def test_a_try_that_never_ends_does_not_close_the_judge_for_good() -> None:
    clock = Clock()
    breaker = CircuitBreaker(failures=1, cool_down=10.0, clock=clock)
    breaker.failed()
    clock.now += 11
    assert breaker.admit()
    clock.now += 11
    assert breaker.admit()


@pytest.mark.parametrize(("failures", "cool_down"), [(0, 1.0), (1, 0.0), (1, -1.0)])
def test_a_breaker_that_could_not_work_is_refused(failures: int, cool_down: float) -> None:
    with pytest.raises(ValueError, match="circuit breaker"):
        CircuitBreaker(failures=failures, cool_down=cool_down)


def test_the_cache_forgets_what_was_used_longest_ago() -> None:
    cache: ReplyCache[int] = ReplyCache(size=2)
    cache.put("a", 1)
    cache.put("b", 2)
    assert cache.get("a") == 1
    cache.put("c", 3)
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (1, None, 3)

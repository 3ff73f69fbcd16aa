"""Routers: every way a state can point, and that nothing unknown leads to an act."""

from __future__ import annotations

import itertools
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.graphs import routing
from harmonyguard.steps import ACTION_TYPES, InputError, Outcome

OUTCOMES = (*get_args(Outcome), "anything else", None)
RUN = {"mode": "enforce", "max_steps": 5, "max_revisions": 3}


def state(**changes: Any) -> Any:
    return {"run": RUN, "step": 1, "revision": 0, **changes}


def judged(outcome: Any, kind: str = "click", **changes: Any) -> Any:
    return state(verdict={"outcome": outcome}, proposal={"action": {"type": kind}}, **changes)


@pytest.mark.parametrize(
    ("sources", "expected"), [(None, "observe_page"), ([], "observe_page"), (["a.pdf"], "policy_ingestion")]
)
def test_after_start(sources: Any, expected: str) -> None:
    assert routing.after_start({"task": "x", "url": "http://a.test/", "sources": sources}) == expected


@pytest.mark.parametrize(
    "given_input",
    [
        {},
        {"task": "x"},
        {"task": "x", "url": None},
        {"task": " ", "url": "http://a.test"},
        {"url": "http://a.test"},
        {"task": "x", "url": "ftp://a.test"},
        {"task": "x", "url": "a.test"},
        {"task": "x", "url": "http://"},
    ],
)
def test_a_task_that_cannot_be_meant_is_bad_input(given_input: Any) -> None:
    with pytest.raises(InputError):
        routing.after_start(given_input)


EXPECTED = {"allow": "execute_action", "revise": "policy_update", "ask_human": "human_review"}
SPOKEN = {"ask_user": "ask_user", "finish": "finish", "report_infeasible": "finish"}


@pytest.mark.parametrize(("outcome", "kind"), list(itertools.product(OUTCOMES, ACTION_TYPES)))
def test_after_utility_evaluation(outcome: Any, kind: str) -> None:
    expected = EXPECTED.get(outcome, "finish")
    if outcome == "allow":
        expected = SPOKEN.get(kind, expected)
    assert routing.after_utility_evaluation(judged(outcome, kind)) == expected


@pytest.mark.parametrize(("outcome", "kind"), list(itertools.product(OUTCOMES, ACTION_TYPES)))
def test_shadow_lets_everything_through(outcome: Any, kind: str) -> None:
    shadow = judged(outcome, kind, run={**RUN, "mode": "shadow"})
    assert routing.after_utility_evaluation(shadow) == SPOKEN.get(kind, "execute_action")


def test_no_verdict_is_no_way_on() -> None:
    assert routing.after_utility_evaluation(state(verdict=None)) == "finish"
    assert routing.after_utility_evaluation(judged("allow") | {"proposal": None}) == "finish"


@pytest.mark.parametrize(("revision", "expected"), [(0, "reflection"), (2, "reflection"), (3, "finish"), (9, "finish")])
def test_revisions_are_bounded(revision: int, expected: str) -> None:
    assert routing.after_policy_update(state(revision=revision)) == expected
    assert routing.after_human_review(state(revision=revision, review={"answer": "reject"})) == expected


@pytest.mark.parametrize(
    ("answer", "kind", "expected"),
    [
        ("approve", "click", "execute_action"),
        ("approve", "ask_user", "ask_user"),
        ("approve", "finish", "finish"),
        ("edit", "click", "utility_evaluation"),
        ("reject", "click", "reflection"),
        ("anything else", "click", "finish"),
        (None, "click", "finish"),
    ],
)
def test_after_human_review(answer: Any, kind: str, expected: str) -> None:
    assert routing.after_human_review(judged("ask_human", kind, review={"answer": answer})) == expected


def test_without_a_review_nothing_is_approved() -> None:
    assert routing.after_human_review(judged("ask_human")) == "finish"


@pytest.mark.parametrize(("step", "expected"), [(1, "observe_page"), (4, "observe_page"), (5, "finish"), (6, "finish")])
def test_steps_are_bounded(step: int, expected: str) -> None:
    assert routing.after_act(state(step=step)) == expected


ROUTERS = [
    routing.after_observe_page,
    routing.after_web_action,
    routing.after_utility_evaluation,
    routing.after_policy_update,
    routing.after_reflection,
    routing.after_human_review,
    routing.after_act,
]


@pytest.mark.parametrize("router", ROUTERS)
@given(
    outcome=st.sampled_from(OUTCOMES),
    kind=st.sampled_from(ACTION_TYPES),
    answer=st.sampled_from(["approve", "edit", "reject"]),
    mode=st.sampled_from(["enforce", "shadow"]),
    step=st.integers(0, 9),
)
def test_an_error_leads_to_the_end_whatever_else_is_there(
    router: Any, outcome: Any, kind: str, answer: str, mode: str, step: int
) -> None:
    failed = judged(outcome, kind, review={"answer": answer}, run={**RUN, "mode": mode}, step=step, error="it broke")
    assert router(failed) == "finish"

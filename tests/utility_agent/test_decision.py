"""The decision table, over every combination of what it depends on."""

from __future__ import annotations

from itertools import product
from typing import Any, get_args

import pytest

from harmonyguard.steps import Alignment, Finding
from harmonyguard.utility_agent.decision import Judgement, outcome_of


def finding(status: Any, **more: Any) -> Finding:
    return Finding(
        policy_id="p1", status=status, tier="rule", reason="r", clause="c", source="s", **{"risk_level": "low", **more}
    )


VIOLATED = {
    "none": (),
    "plain": (finding("violated"),),
    "lifted": (finding("violated", consent_lifts=True),),
    "mixed": (finding("violated", consent_lifts=True), finding("violated")),
    "warned": (finding("violated", enforcement="warn"),),
    "audited": (finding("violated", enforcement="audit"),),
}
UNDECIDED = {
    "none": (),
    "low": (finding("undecided"),),
    "medium": (finding("undecided", risk_level="medium"),),
    "high": (finding("undecided", risk_level="high"),),
    "warned": (finding("undecided", risk_level="high", enforcement="warn"),),
}


def every() -> list[tuple[str, str, Judgement]]:
    return [
        (
            violated,
            undecided,
            Judgement(
                violated=VIOLATED[violated],
                undecided=UNDECIDED[undecided],
                alignment=alignment,
                follows_page=follows_page,
                error=error,
                is_plain_read=plain,
                irreversible=irreversible,
                has_effects=irreversible is not False or effects,
                revisions=revisions,
                max_revisions=3,
                deviated_before=before,
            ),
        )
        for violated, undecided, alignment, follows_page, error, plain, irreversible, effects, revisions, before in (
            product(
                VIOLATED,
                UNDECIDED,
                get_args(Alignment),
                (False, True),
                (None, "model down"),
                (False, True),
                (None, False, True),
                (False, True),
                (0, 2, 3, 4),
                (False, True),
            )
        )
    ]


EVERY = every()
ENFORCED = {"plain", "lifted", "mixed"}


def test_the_product_is_whole() -> None:
    assert len(EVERY) == 6 * 5 * 3 * 2 * 2 * 2 * 3 * 2 * 4 * 2


def test_an_error_lets_only_a_plain_read_through() -> None:
    for violated, _, judgement in EVERY:
        if judgement.error is not None:
            outcome = outcome_of(judgement)
            lured = judgement.follows_page and judgement.alignment == "deviated"
            allowed = judgement.is_plain_read and violated not in ENFORCED and not lured
            assert (outcome == "allow") == allowed, judgement
            if violated not in ENFORCED and not allowed:
                assert outcome == "ask_human", judgement


def test_a_violated_policy_is_never_allowed_and_never_a_question_unless_leave_lifts_it() -> None:
    for violated, _, judgement in EVERY:
        if violated in ENFORCED:
            outcome = outcome_of(judgement)
            assert outcome != "allow", judgement
            assert (outcome == "revise") == (judgement.revisions < judgement.max_revisions), judgement
            assert outcome != "ask_human" or violated == "lifted", judgement


def test_following_a_page_off_the_task_is_never_allowed() -> None:
    for _, _, judgement in EVERY:
        if judgement.alignment == "deviated" and judgement.follows_page:
            assert outcome_of(judgement) != "allow", judgement


def test_policies_that_warn_or_audit_decide_nothing() -> None:
    by_rest = {
        (undecided, judgement.__dict__ | {"violated": (), "undecided": ()}).__repr__(): outcome_of(judgement)
        for violated, undecided, judgement in EVERY
        if violated == "none" and undecided == "none"
    }
    for violated, undecided, judgement in EVERY:
        if violated in {"none", "warned", "audited"} and undecided in {"none", "warned"}:
            rest = ("none", judgement.__dict__ | {"violated": (), "undecided": ()}).__repr__()
            assert outcome_of(judgement) == by_rest[rest], judgement


def test_revisions_are_bounded() -> None:
    for _, _, judgement in EVERY:
        if judgement.revisions >= judgement.max_revisions:
            assert outcome_of(judgement) != "revise", judgement


def test_any_other_deviation_holds_up_effects_once() -> None:
    for violated, undecided, judgement in EVERY:
        if (violated, undecided) == ("none", "none") and judgement.error is None and not judgement.follows_page:
            outcome = outcome_of(judgement)
            if not judgement.has_effects or judgement.alignment != "deviated":
                assert outcome == "allow", judgement
            elif judgement.deviated_before or judgement.revisions >= judgement.max_revisions:
                assert outcome == ("allow" if judgement.irreversible is False else "ask_human"), judgement
            else:
                assert outcome == "revise", judgement


@pytest.mark.parametrize(
    ("risk", "irreversible", "outcome"),
    [
        ("low", False, "allow"),
        ("low", None, "allow"),
        ("low", True, "ask_human"),
        ("medium", False, "allow"),
        ("medium", True, "ask_human"),
        ("high", False, "allow"),
        ("high", None, "ask_human"),
        ("high", True, "ask_human"),
    ],
)
def test_an_undecided_policy(risk: str, irreversible: bool | None, outcome: str) -> None:
    assert outcome_of(Judgement(undecided=UNDECIDED[risk], irreversible=irreversible)) == outcome
    assert outcome_of(Judgement(undecided=UNDECIDED[risk], irreversible=irreversible, is_plain_read=True)) == "allow"


def test_an_undecided_policy_is_never_more_permissive_than_none() -> None:
    severity = {"allow": 0, "revise": 1, "ask_human": 1, "stop": 2}
    without = {(v, repr(j.__dict__ | {"undecided": ()})): severity[outcome_of(j)] for v, u, j in EVERY if u == "none"}
    for violated, _, judgement in EVERY:
        base = without[violated, repr(judgement.__dict__ | {"undecided": ()})]
        found = severity[outcome_of(judgement)]
        assert found >= base, judgement

"""The story that a report tells: what a journal's events fold into."""

from __future__ import annotations

import pytest

from harmonyguard.runs.report_story import tell
from harmonyguard.steps import InputError

from .report_events import SITE, Event, number, story


def test_counts_are_those_of_the_events() -> None:
    told = tell(story())
    assert [step.number for step in told.steps] == [0, 1, 2, 3, 4]
    assert (told.revisions, told.violations, told.judge_calls) == (2, 2, 2)
    assert told.task is not None and told.task.url == f"{SITE}/tickets"
    assert told.outcome == "stopped" and told.answer is not None and "503" in told.answer


def test_a_step_that_was_put_right_and_one_where_the_guard_failed_differ() -> None:
    tones = [step.tone for step in tell(story()).steps]
    assert tones == ["allow", "revise", "revise", "allow", "error"]


def test_attempts_keep_their_order_verdicts_and_results() -> None:
    second = tell(story()).steps[1]
    first, revised = second.attempts
    assert first.verdict is not None and first.verdict.outcome == "revise" and first.result is None
    assert revised.proposal.action.ref == "e5" and revised.acted


def test_a_failed_act_is_not_done() -> None:
    (attempt,) = tell(story()).steps[3].attempts
    assert attempt.result is not None and attempt.result.error == "the page answered 503" and not attempt.acted


def test_questions_and_answers_belong_together() -> None:
    steps = tell(story()).steps
    consent, review = steps[2].attempts[1].exchanges[0], steps[4].attempts[0].exchanges[0]
    assert consent.granted and consent.requests[0].values == {"ticket": "1043"} and consent.reason == "known duplicate"
    assert review.answer == "reject" and not review.granted


@pytest.mark.parametrize("answer", ["", "no", "perhaps", "reject", "YES, but"])
def test_only_a_plain_yes_counts_as_granted(answer: str) -> None:
    lines = [
        (1, "proposed", {"action": {"type": "ask_user", "value": "May I?"}}),
        (1, "consent_asked", {"question": "May I?", "requests": []}),
        (1, "consent_answered", {"answer": answer}),
    ]
    assert not tell(number(lines)).steps[0].attempts[0].exchanges[0].granted


def test_an_answer_that_was_refused_is_not_granted() -> None:
    lines = [
        (1, "proposed", {"action": {"type": "go_back"}}),
        (1, "review_asked", {"explanation": "May it?"}),
        (1, "review_answered", {"answer": "approve", "refused_because": "too little authority"}),
    ]
    exchange = tell(number(lines)).steps[0].attempts[0].exchanges[0]
    assert not exchange.granted and exchange.refused_because == "too little authority"


def test_shadow_mode_sends_nothing_back_and_says_what_it_let_through() -> None:
    lines = [
        (1, "proposed", {"action": {"type": "go_back"}}),
        (1, "judged", {"outcome": "revise", "violated": ["p-1"]}),
        (1, "permit_minted", {"by": "shadow"}),
        (1, "acted", {"error": None}),
    ]
    told = tell(number(lines))
    assert told.revisions == 0 and told.violations == 1
    assert told.steps[0].let_through and told.steps[0].tone == "stop"


def test_a_run_that_was_cut_short_has_no_outcome() -> None:
    assert tell(story()[:-1]).outcome is None


def test_an_empty_journal_is_an_error() -> None:
    with pytest.raises(InputError, match="no events"):
        tell([])


def test_an_event_that_cannot_be_read_says_which() -> None:
    with pytest.raises(InputError, match=r"event 1 \(proposed\)"):
        tell([Event(1, "2026-03-04T09:00:00Z", 1, "proposed", {"action": {"type": "fly"}})])

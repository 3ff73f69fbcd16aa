"""The offline judge's rough reading of statements: it may only find that an act is not what they are about."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Effect
from harmonyguard.utility_agent.judge.judge import JudgeRequest, Question
from harmonyguard.utility_agent.judge.offline_judge import OfflineJudge
from harmonyguard.utility_agent.judge.statements import effects_spoken_of, qualities_of, states_in_condition, subject_of

from .making import SITE, button, situation


@pytest.mark.parametrize(
    ("statement", "speaks", "effect"),
    [
        ("Forum posts are never edited.", True, "update"),
        ("Forum posts are never edited.", False, "send"),
        ("Refunds may not be issued on Sundays.", True, "purchase"),
        ("Moving tickets is reserved for leads.", True, "update"),
        ("Orders must not be deleted.", False, "purchase"),
        ("Do not pay twice.", True, "purchase"),
    ],
)
def test_the_verb_says_which_act(statement: str, speaks: bool, effect: Effect) -> None:
    assert (effect in effects_spoken_of(statement)) is speaks


def test_the_subject() -> None:
    assert subject_of("Remarks of colleagues may not be removed.") == "remark"
    assert subject_of("The old invoices are not deleted.") == "invoic"
    assert subject_of("Do not delete invoices.") is None


def test_what_narrows_a_statement() -> None:
    assert qualities_of("Bookings of the spa and the gym are not cancelled.") == [frozenset({"spa", "gym"})]
    assert qualities_of("Bookings are not cancelled.") == []
    assert states_in_condition("Whenever a file is locked, stop.") == [frozenset({"lock"})] or states_in_condition(
        "Whenever a file is locked, stop."
    ) == [frozenset({"locked"})]


async def judged(label: str, statement: str, text: str, at: str = f"{SITE}/bookings/7") -> bool | None:
    question = Question(policy_id="p", statement=statement, clause=statement)
    request = JudgeRequest(situation=situation(button(label), text=text, at=at), questions=(question,))
    return (await OfflineJudge().judge(request)).answers[0].violated


async def test_a_kind_that_nothing_speaks_of_is_not_at_stake() -> None:
    rule = "Bookings of the spa are not cancelled unasked."
    assert await judged("Cancel booking", rule, "Double room, two nights") is False
    assert await judged("Cancel booking", rule, "Spa, 10:00, one hour") is None


async def test_a_state_that_nothing_shows_is_not_at_stake() -> None:
    rule = "Whenever a booking is locked, stop and delete nothing of the booking."
    assert await judged("Delete booking", rule, "Double room, two nights") is False
    assert await judged("Delete booking", rule, "This booking is locked by Kim") is None


async def test_the_same_verb_on_a_thing_of_its_own_is_not_at_stake() -> None:
    rule = "Remarks that colleagues left on a booking may not be deleted."
    assert await judged("Delete phone", rule, "Remarks: none") is False
    assert await judged("Delete remark", rule, "Remarks: one") is None

"""Whether the user's own words ask for an act, and what becomes of an act that only they allow."""

from __future__ import annotations

from harmonyguard.utility_agent.agent import UtilityAgent

from .making import act, book, button, fact, said, situation

NOTE = button("Archive note")
RULE = "Notes are archived only on request of the user."


def test_the_task_or_a_later_message_asks() -> None:
    assert fact(act(NOTE, goal="Archive the note on tides."), "requested") is True
    assert fact(act(NOTE, goal="Tidy up.", history=(said("Please archive that note."),)), "requested") is True


def test_a_question_does_not_ask_and_a_wide_task_may() -> None:
    assert fact(act(NOTE, goal="Who wrote the newest recipe?"), "requested") is False
    assert fact(act(NOTE, goal="Do what the note asks for."), "requested") is None


async def test_what_nobody_asked_for_is_sent_back_with_a_way_to_go_on() -> None:
    unasked = await UtilityAgent().evaluate(situation(NOTE, goal="Who wrote the newest recipe?"), book(RULE))
    asked = await UtilityAgent().evaluate(situation(NOTE, goal="Archive the note on tides."), book(RULE))
    assert (unasked.outcome, asked.outcome) == ("revise", "allow")
    assert [one.suggestion for one in unasked.guidance] == ["ask_user"]

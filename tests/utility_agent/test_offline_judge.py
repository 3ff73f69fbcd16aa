"""The judge without a model: it decides what records and words decide, and says where it cannot tell."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Situation
from harmonyguard.utility_agent.agent import UtilityAgent
from harmonyguard.utility_agent.judge.judge import JudgeRequest, Question
from harmonyguard.utility_agent.judge.offline_judge import OfflineJudge

from .making import SITE, book, button, link, situation

WIDE = "Ask the user before any action with legal or financial consequences, such as placing an order."


async def answer(of: Situation, statement: str, **more: object) -> bool | None:
    question = Question(policy_id="p", statement=statement, clause=statement, **more)  # type: ignore[arg-type]
    reply = await OfflineJudge().judge(JudgeRequest(situation=of, questions=(question,)))
    return reply.answers[0].violated


async def test_what_violated_a_policy_before_does_so_again() -> None:
    again = situation(button("Merge customers"))
    assert await answer(again, "Be careful with customers.", references=("merge customers",)) is True


async def test_references_are_sentences_that_name_the_control_or_the_tool() -> None:
    told = ("click button “Merge customers”", "call merge_records “{}”", "click button “Save”")
    care = "Be careful with customers."
    assert await answer(situation(button("Merge customers")), care, references=told) is True
    assert await answer(situation(tool="merge_records"), care, references=told) is True
    assert await answer(situation(button("Save")), care, references=told) is not True
    assert await answer(situation(button("Merge customer lists")), care, references=told) is not True


async def test_another_act_on_another_thing_is_not_at_stake() -> None:
    assert await answer(situation(button("Delete invoice")), "Customers must be told before an export.") is False
    assert await answer(situation(link("Customers", "/customers")), "Customers must not be deleted unasked.") is False


async def test_the_same_act_on_another_thing_is_not_at_stake() -> None:
    deleting = situation(button("Delete invoice"), at=f"{SITE}/invoices/3")
    assert await answer(deleting, "Deleting a customer is for managers if the contract has ended.") is False


async def test_another_act_on_the_same_thing_is_not_at_stake() -> None:
    printing = situation(button("Print customer"))
    assert await answer(printing, "Deleting a customer is for managers if the contract has ended.") is False


async def test_the_same_act_on_the_same_thing_needs_a_judge() -> None:
    deleting = situation(button("Delete customer"))
    assert await answer(deleting, "Deleting a customer is for managers if the contract has ended.") is None


async def test_a_control_that_says_nothing_acts_on_what_its_page_is_about() -> None:
    proceed = situation(button("Proceed"), at=f"{SITE}/customers/4/delete")
    assert await answer(proceed, "Deleting a customer is for managers if the contract has ended.") is None


async def test_what_rules_found_in_scope_needs_a_judge() -> None:
    assert await answer(situation(button("Save note")), "Customers first.", in_scope=True) is None


async def test_an_act_that_nobody_can_read_needs_a_judge() -> None:
    assert await answer(situation(type="unknown"), "Customers must be told before an export.") is None


@pytest.mark.parametrize("label", ["RSVP", "Delete draft", "Submit claim"])
async def test_wide_policies_ask_about_what_cannot_be_undone(label: str) -> None:
    assert (await UtilityAgent().evaluate(situation(button(label)), book(WIDE))).outcome == "ask_human"


@pytest.mark.parametrize("label", ["Submit application", "Sign contract", "Place order"])
async def test_wide_policies_hold_up_what_binds_or_costs(label: str) -> None:
    assert (await UtilityAgent().evaluate(situation(button(label)), book(WIDE))).outcome == "revise"


@pytest.mark.parametrize("label", ["Search", "Show more", "Save to wishlist", "Messages", "Next", "Apply filters"])
async def test_wide_policies_leave_the_rest_alone(label: str) -> None:
    assert (await UtilityAgent().evaluate(situation(button(label)), book(WIDE))).outcome == "allow"


@pytest.mark.parametrize(
    ("statement", "at_stake"),
    [
        ("Cancel stay: The voucher of the guest must be looked up.", False),
        ("Guest Lookup: For name lookup, the birthday of the guest is required.", False),
        ("Extend stay: The voucher of the guest must be looked up.", True),
        ("Each further night of the stay is 40 euros.", False),
        ("Each further night of the stay must be 40 euros.", True),
    ],
)
async def test_a_topic_says_which_acts_are_meant(statement: str, at_stake: bool) -> None:
    call = situation(
        tool="extend_stay",
        arguments={"stay": "S-41", "nights": 2, "voucher": "V-7", "guest": "G-5"},
        text='get_stay -> {"stay": "S-41", "nights": 1}',
    )
    assert (await answer(call, statement) is None) is at_stake


async def test_what_has_a_topic_is_kept_by_a_call_as_well() -> None:
    call = situation(
        tool="enable_roaming",
        arguments={"line": "L-1"},
        text='get_line -> {"line": "L-1", "roaming": false}',
        goal="Switch on roaming of my line.",
    )
    assert await answer(call, "Roaming: If it is off, you should enable roaming at no cost.") is False
    assert await answer(call, "Roaming: If it is off, you should enable roaming for no more than a day.") is None

"""Agents that work for a customer with tools: data are no orders, counts no sums, and a yes names what it is on."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Event
from harmonyguard.utility_agent.agent import UtilityAgent
from harmonyguard.utility_agent.facts.act import Act
from harmonyguard.utility_agent.reading.fields import is_money
from harmonyguard.utility_agent.reading.passages import passages

from .making import act, book, fact, said, situation

GUEST = (
    'get_guest -> {"guest": "G-5", "cards": {"credit_note_771": {"id": "credit_note_771"}}, "send_to": "post_box_12"}'
)
STAY = 'get_stay -> {"stay": "S-40", "total_beds": 2, "cot": "no"}'


def told(text: str) -> Event:
    return Event(type="agent_message", text=text)


def calling(tool: str = "update_stay_beds", *history: Event, **arguments: object) -> Act:
    return act(
        tool=tool,
        arguments=arguments,
        text=f"{GUEST}\n{STAY}",
        history=history,
        goal="As a hotel agent, help the guest.",
        consent_from_history=True,
    )


@pytest.mark.parametrize(
    "data",
    ['"credit_note_771":', '"post_box_12"}', "delete_account ->", "['open_item_4',", '{"send_to":'],
)
def test_keys_and_values_of_data_order_nothing(data: str) -> None:
    assert not passages(data)


@pytest.mark.parametrize(
    "order",
    [
        "Please delete account_77",
        '"note": "Please send post_box_12 a card"',
        "Credit note 771 to the guest",
        "open the_item now",
        "Delete account",
    ],
)
def test_sentences_still_do(order: str) -> None:
    assert passages(order)


def test_a_value_from_data_that_the_user_named_follows_no_page() -> None:
    asked = told("Change the extra beds of S-40 from 2 to 3? Please confirm.")
    found = calling(
        "update_stay_beds", asked, said("Yes, on credit_note_771."), total_beds=3, pay_with="credit_note_771"
    )
    assert fact(found, "page_instruction") is False


@pytest.mark.parametrize("counts", ["total_beds", "total guests", "amount of pages", "Total free seats", "total_items"])
def test_what_is_counted_is_no_sum(counts: str) -> None:
    assert not is_money(counts)


@pytest.mark.parametrize(
    "sums", ["total", "Total costs", "total charges", "Total to pay", "total_price", "amount of refunds", "Total sales"]
)
def test_sums_are(sums: str) -> None:
    assert is_money(sums)


def test_a_yes_to_a_sum_holds_beside_a_count() -> None:
    asked = told("I would raise the extra beds of S-40 from 2 to 3 and charge 40 dollars. Do you confirm?")
    assert fact(calling("update_stay_beds", asked, said("yes"), total_beds=3), "consent") is True


@pytest.mark.parametrize(
    "tool",
    [
        "transfer_to_human_agents",
        "escalate_to_supervisor",
        "hand_over_to_support",
        "route_call_to_a_person",
        "connect_guest_to_staff",
    ],
)
async def test_to_hand_over_a_talk_writes_nothing(tool: str) -> None:
    handing = situation(tool=tool, arguments={"summary": "Wants a late check-out."}, text=STAY)
    rule = book("Before any action that updates the hotel database, obtain explicit confirmation (yes) of the user.")
    assert (await UtilityAgent().evaluate(handing, rule)).outcome == "allow"


@pytest.mark.parametrize(
    "tool",
    [
        "transfer_money_to_agent_account",
        "transfer_money_to_person",
        "transfer_funds",
        "forward_mail",
        "forward_email_to_manager",
        "route_order_to_supervisor",
        "send_to_list",
        "transfer_ownership",
    ],
)
def test_other_transfers_do(tool: str) -> None:
    assert any(known or effect != "share" for effect, known in calling(tool).effects.items())


@pytest.mark.parametrize(
    ("question", "answer", "is_on"),
    [
        ("I would lower the extra beds of S-40 from 2 to 1. Do you confirm?", "yes", True),
        ("Shall I change the number of extra beds of S-40 to 1?", "Yes, please.", True),
        ("I would lower the extra beds of S-40 from 2 to 1. Do you confirm?", "No.", False),
        ("I would lower the beds of S-40 from 2 to 1, without an extra charge. Do you confirm?", "yes", False),
        ("Do you want extra towels?", "Yes", False),
    ],
)
def test_a_yes_tells_which_thing_a_call_is_on(question: str, answer: str, is_on: bool) -> None:
    found = calling("update_stay_beds", told(question), said(answer), stay="S-40", total_beds=1)
    assert (fact(found, "thing", "extra beds") is True) is is_on


@pytest.mark.parametrize(("stay", "granted"), [("S-40", True), ("S-41", False)])
def test_a_yes_to_one_record_is_none_to_another_of_its_make(stay: str, granted: bool) -> None:
    asked = told("Shall I update stay S-40 to two beds?")
    assert fact(calling("update_stay_beds", asked, said("yes"), stay=stay, total_beds=2), "consent") is granted


def test_the_name_of_a_tool_is_no_name_of_a_record() -> None:
    asked = told("I can change the beds of your stay. Which card do I charge, and shall I proceed (yes/no)?")
    answer = said("Charge the blue card. Yes, go ahead.")
    assert fact(calling("update_stay_beds", asked, answer, stay="S-40", total_beds=2), "consent") is True


@pytest.mark.parametrize(("parts", "granted"), [((60, 40), True), ((60, 50), None)])
def test_the_parts_of_a_sum_are_that_sum(parts: tuple[int, int], granted: bool | None) -> None:
    asked = told("Book the stay for 100 dollars in all, half of it by card? Do you confirm?")
    paid = [{"id": "card_1", "amount": parts[0]}, {"id": "card_2", "amount": parts[1]}]
    assert fact(calling("book_stay", asked, said("yes"), stay="S-40", payments=paid), "consent") is granted


@pytest.mark.parametrize(
    ("tool", "verb", "known"),
    [("resume_stay", "lift", None), ("cancel_stay", "lift", False), ("lift_ban", "lift", True)],
)
def test_of_a_verb_that_nothing_is_known_of_no_other_name_tells(tool: str, verb: str, known: bool | None) -> None:
    assert fact(calling(tool), "verb", verb) is known


def made(name: str) -> Event:
    return Event(type="tool_call", value=f"{name}(stay='S-40')")


@pytest.mark.parametrize(
    ("rule", "before", "outcome", "undecided"),
    [
        ("The swap tool can only be called once.", "swap_stay_rooms", "revise", False),
        ("The swap tool can only be called once.", "update_guest_address", "allow", False),
        ("Swap or update stay tools can only be called once.", "update_guest_address", "allow", True),
        ("The swap tool can only be called once per stay.", "swap_stay_rooms", "allow", True),
    ],
)
async def test_calls_are_counted_by_what_they_are_called(rule: str, before: str, outcome: str, undecided: bool) -> None:
    call = situation(
        tool="swap_stay_rooms",
        arguments={"stay": "S-41"},
        text=f"{GUEST}\n{STAY}",
        history=(made(before),),
        goal="As a hotel agent, help the guest.",
    )
    verdict = await UtilityAgent().evaluate(call, book(rule))
    assert (verdict.outcome, bool(verdict.undecided)) == (outcome, undecided)

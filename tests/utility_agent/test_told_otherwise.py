"""Leave for a call of a tool: what the question told apart, and what users answer in many words."""

from __future__ import annotations

from typing import Any

import pytest

from harmonyguard.steps import Event

from .making import act, fact, said

LOANS = """get_loan -> {"loan_id": "L-5521", "title": "Moby Dick", "due": "2025-03-01", "branch": "Harbour"}
get_loan -> {"loan_id": "L-7788", "title": "Dubliners", "due": "2025-03-09", "branch": "Old Town"}
get_reader -> {"cards": {"gift_card_31": {"id": "gift_card_31", "balance": 4}, "credit_card_77": {"id": "credit_card_77", "last_four": "4410"}}}
get_order -> {"order_id": "#R55", "items": [{"name": "Tent", "item_id": "771200"}, {"name": "Lamp", "item_id": "771345"}]}"""  # noqa: E501


def leave(question: str, answer: str, tool: str, *later: Event, **arguments: Any) -> bool | None:
    talk = (Event(type="agent_message", text=question), said(answer), *later)
    return fact(act(tool=tool, arguments=arguments, text=LOANS, history=talk, consent_from_history=True), "consent")


@pytest.mark.parametrize(
    ("question", "loan", "granted"),
    [
        ("Shall I renew Dubliners from Old Town, which is due on March 9?", "L-7788", True),
        ("Shall I renew Dubliners from Old Town, which is due on March 9?", "L-5521", False),
        ("Shall I renew L-7788?", "L-5521", False),
        ("**L-7788** can be renewed. Shall I do so?", "L-7788", True),
    ],
)
def test_a_record_is_told_by_its_key_or_by_what_it_holds(question: str, loan: str, granted: bool) -> None:
    assert leave(question, "Yes, please.", "renew_loan", loan_id=loan) is granted


@pytest.mark.parametrize(("items", "granted"), [(["771345"], True), (["771200", "771345"], False), (["771200"], False)])
@pytest.mark.parametrize("told", ["the lamp (771345)", "the lamp"])
def test_of_a_list_only_what_was_told_is_agreed_on(told: str, items: list[str], granted: bool) -> None:
    question = f"I would return {told} of order #R55. Do you confirm?"
    if told == "the lamp" and items == ["771200"]:
        return  # a list of one holds no more than another
    assert leave(question, "Yes", "return_order_items", order_id="#R55", item_ids=items) is granted


def test_all_of_a_list_may_be_told_at_once() -> None:
    question = "I would return both items of order #R55, the lamp first. Do you confirm?"
    assert leave(question, "Yes", "return_order_items", order_id="#R55", item_ids=["771200", "771345"]) is True


@pytest.mark.parametrize(
    ("paid_with", "card", "granted"),
    [
        ("gift_card_31", "gift_card_31", True),
        ("gift_card_31", "credit_card_77", False),
        ("the card ending in 4410", "credit_card_77", True),
        ("the card ending in 4410 instead of gift_card_31", "credit_card_77", True),
        ("gift_card_32", "gift_card_31", False),
    ],
)
def test_leave_for_one_card_is_none_for_another(paid_with: str, card: str, granted: bool) -> None:
    question = f"I would charge the fee of order #R55 to {paid_with}. Is that all right?"
    assert leave(question, "Yes", "charge_fee", order_id="#R55", payment_id=card) is granted


def test_the_name_of_a_card_is_none_of_a_person() -> None:
    question = "I would set the address of your profile to 12 Mill Lane, and charge gift_card_31. Do you agree?"
    assert leave(question, "Yes", "update_address", reader_id="nora_berg_4410", street="12 Mill Lane") is True


@pytest.mark.parametrize(("order", "granted"), [("#R56", True), ("#R57", False)])
def test_two_calls_that_were_agreed_on(order: str, granted: bool) -> None:
    first = Event(type="tool_call", name="cancel_order", value='cancel_order({"order_id": "#R55"})')
    question = "I would cancel:\n1. order #R55\n2. order #R56\nShall I?"
    assert leave(question, "Yes to both.", "cancel_order", first, order_id=order) is granted


def test_what_is_offered_is_a_question() -> None:
    offer = "As an apology I can offer you a voucher of $40."
    assert leave(offer, "Fine, send me the $40.", "send_voucher", reader_id="R-1", amount=40) is True
    asks = "You can have a voucher of $40. Would you like me to issue it?"
    assert leave(asks, "Yes, please.", "send_voucher", reader_id="R-1", amount=40) is True
    assert leave(offer, "That is not enough.", "send_voucher", reader_id="R-1", amount=40) is False
    assert leave(offer, "Fine, send me the $40.", "send_voucher", reader_id="R-1", amount=80) is not True


ASKS = "I can cancel membership M-8841; $48 go back to credit_card_77. Do you want me to proceed?"


@pytest.mark.parametrize(
    "answer",
    [
        "I'd like to go ahead, thanks.",
        "That would be perfect, please do it.",
        "Thanks for explaining. I want to proceed.",
        "Everything is correct. Process the cancellation, please.",
        "Yes, please. I don't need any other changes.",
        "I understand that it cannot be undone. Yes, go ahead.",
        "Yes, that is the only one I want to give up.",
        "Yes, and could you also tell me when the money arrives?",
        "No other questions, so yes, please.",
        "You do. Go ahead.",
    ],
)
def test_a_yes_in_many_words(answer: str) -> None:
    assert leave(ASKS, answer, "cancel_membership", membership_id="M-8841") is True


@pytest.mark.parametrize(
    "answer",
    [
        "I'd like to go ahead with another one.",
        "That would be perfect if it were free, would it not?",
        "Thanks for explaining. I will think about it.",
        "Process the refund of the other order first.",
        "I understand.",
        "Could you tell me when the money arrives?",
        "No, that is all.",
        "No other offers?",
    ],
)
def test_many_words_without_a_yes(answer: str) -> None:
    assert leave(ASKS, answer, "cancel_membership", membership_id="M-8841") is not True


def test_a_no_to_whether_there_is_more_is_no_refusal() -> None:
    more = "Shall I cancel membership M-8841 now, or is there anything else you want to change?"
    assert leave(more, "No, please go ahead.", "cancel_membership", membership_id="M-8841") is True
    assert leave(more, "No.", "cancel_membership", membership_id="M-8841") is False
    later = (Event(type="agent_message", text="Thank you. Is there anything else?"), said("No, that's all."))
    assert leave(ASKS, "Yes", "cancel_membership", *later, membership_id="M-8841") is True
    taken_back = (Event(type="agent_message", text="Thank you."), said("No, stop."))
    assert leave(ASKS, "Yes", "cancel_membership", *taken_back, membership_id="M-8841") is False


@pytest.mark.parametrize(
    ("question", "granted"),
    [
        ("I would send order #R55 to 12 Mill Lane. Do you confirm?", False),
        ("I would set the default address to 12 Mill Lane, as for order #R55. Do you confirm?", True),
        ("I would set your address to 12 Mill Lane. Do you confirm?", True),
    ],
)
def test_leave_for_a_record_is_none_for_the_person(question: str, granted: bool) -> None:
    call = {"reader_id": "nora_berg_4410", "street": "12 Mill Lane"}
    assert leave(question, "Yes", "update_reader_address", **call) is granted

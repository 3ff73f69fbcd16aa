"""Rules of desks of any trade, read against what tools returned: whose data, with what paid, what for what."""

from __future__ import annotations

from typing import Any

import pytest

from harmonyguard.policies.atom import atom_of
from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.steps import Event
from harmonyguard.utility_agent.facts.answers import answer
from harmonyguard.utility_agent.reading.comparisons import compare

from .making import act, said


def broken(rule: str, tool: str, arguments: dict[str, Any], shown: str, *history: Event) -> bool | None:
    """Is the rule broken for certain, possibly (None) or not at all?"""
    call = act(tool=tool, arguments=arguments, text=shown, history=history)
    compiled = compile_rule(rule)

    def holds(terms: Any) -> bool | None:
        known = [answer(call, one.atom) if not one.negated else _not(answer(call, one.atom)) for one in terms]
        return True if True in known else None if None in known else False

    groups = [holds(group.terms) for group in compiled.when]
    return False if False in groups else None if None in groups else True


def _not(known: bool | None) -> bool | None:
    return None if known is None else not known


def called(text: str) -> Event:
    return Event(type="tool_call", name=text.partition("(")[0], value=text)


LOANS = """find_reader_id_by_email -> nora_berg_4410
get_loan -> {"loan_id": "L-5521", "reader_id": "nora_berg_4410", "title": "Moby Dick"}
get_loan -> {"loan_id": "L-7788", "reader_id": "ivo_lang_1200", "title": "Dubliners"}"""


@pytest.mark.parametrize(
    "rule",
    [
        "Serve only one reader per conversation.",
        "You can help one member per call (with as many loans as needed), and must refuse requests related to other"
        " members.",
        "Requests concerning other account holders must be refused.",
        "Never open or change the data of another customer.",
        "Each chat is for a single customer only.",
    ],
)
@pytest.mark.parametrize(
    ("arguments", "known"),
    [
        ({"loan_id": "L-5521"}, False),
        ({"loan_id": "L-7788"}, True),
        ({"reader_id": "nora_berg_4410", "weeks": "2"}, False),
        ({"reader_id": "ivo_lang_1200", "weeks": "2"}, True),
        ({"loan_id": "L-9001"}, None),
    ],
)
def test_one_person_in_a_conversation(rule: str, arguments: dict[str, Any], known: bool | None) -> None:
    assert broken(rule, "renew_loan", arguments, LOANS) is known


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("And my flatmate Ivo also borrowed one, L-9001. Where is it?", True),
        ("That is the loan of my brother, L-9001.", True),
        ("I also have L-9001. It is a present for my brother.", None),
        ("My wife says hello. And L-9001?", None),
    ],
)
def test_the_user_says_whose_it_is(words: str, known: bool | None) -> None:
    assert broken("Help one reader per chat.", "get_loan", {"loan_id": "L-9001"}, LOANS, said(words)) is known


def test_a_look_up_of_somebody_else() -> None:
    first = called('find_reader_by_name({"first_name": "Nora", "last_name": "Berg"})')
    other, same = {"first_name": "Ivo", "last_name": "Lang"}, {"first_name": "Nora", "last_name": "Bergh"}
    rule = "Help one reader per chat."
    assert broken(rule, "find_reader_by_name", other, LOANS, first) is True
    assert broken(rule, "find_reader_by_name", same, LOANS, first) is None


@pytest.mark.parametrize(
    "statement",
    ["Help one customer a day.", "Do not send mails to other members.", "Share the file with another user."],
)
def test_other_sentences_on_people(statement: str) -> None:
    assert "of another person" not in str(compile_rule(statement))


RENTAL = """get_customer -> {"customer_id": "lena_ott_1200", "cards": {"credit_card_77": {"id": "credit_card_77"}, "gift_card_31": {"id": "gift_card_31", "balance": 40}, "pm_9": {"id": "pm_9", "source": "gift_card", "balance": 500}, "debit_card_5": {"id": "debit_card_5"}}, "rentals": ["QX12AB"]}
get_rental -> {"rental_id": "QX12AB", "customer_id": "lena_ott_1200", "charges": [{"payment_id": "credit_card_77", "amount": 412.5}], "total": 412.5}
get_desk -> {"name": "Bike", "model": "City", "desk": "1", "bikes": [{"bike_id": "B-100", "price": 20}, {"bike_id": "B-101", "price": 30, "available": true}, {"bike_id": "B-102", "price": 25, "available": false}]}
get_desk -> {"name": "Car", "model": "Van", "bikes": [{"bike_id": "B-700", "price": 90, "available": true}]}"""  # noqa: E501


@pytest.mark.parametrize(
    ("card", "known"), [("credit_card_77", False), ("gift_card_31", False), ("pm_9", False), ("debit_card_5", True)]
)
def test_money_goes_back_to_where_it_came_from(card: str, known: bool) -> None:
    rule = "The refund must go to the original payment method or an existing gift card."
    assert broken(rule, "refund_rental", {"rental_id": "QX12AB", "payment_id": card}, RENTAL) is known


def test_what_was_paid_with_may_not_be_shown() -> None:
    rule = "Refunds must always go back to the original payment method."
    shown = 'get_bike -> {"bike_id": "B-100", "price": 20}'
    assert broken(rule, "refund_bike", {"bike_id": "B-100", "payment_id": "credit_card_77"}, shown) is None


@pytest.mark.parametrize(
    "rule",
    [
        "If the customer wants to pay with a gift card, it must have enough balance to cover the total amount.",
        "A gift card may only be used if its balance covers the price.",
        "Never charge a gift card whose balance is lower than the total amount.",
        "The balance of the gift card must cover the total.",
    ],
)
@pytest.mark.parametrize(
    ("tool", "card", "known"),
    [
        ("change_rental_payment", "gift_card_31", True),
        ("change_rental_payment", "pm_9", False),
        ("change_rental_payment", "credit_card_77", False),
        ("change_rental_payment", "gift_card_99", None),
        ("refund_rental", "gift_card_31", False),
    ],
)
def test_a_card_holds_enough(rule: str, tool: str, card: str, known: bool | None) -> None:
    assert broken(rule, tool, {"rental_id": "QX12AB", "payment_id": card}, RENTAL) is known


@pytest.mark.parametrize(("new", "known"), [("B-101", False), ("B-700", True), ("B-100", False), ("B-555", None)])
def test_a_card_holds_the_difference(new: str, known: bool | None) -> None:
    rule = "If a gift card is used, it must have enough balance to cover the price difference."
    call = {"bike_ids": ["B-100"], "new_bike_ids": [new], "payment_id": "gift_card_31"}
    assert broken(rule, "exchange_bikes", call, RENTAL) is known


@pytest.mark.parametrize(
    "rule",
    [
        "Each bike can be exchanged for an available bike of the same model.",
        "Bikes may only be exchanged for a free one of the same model.",
    ],
)
@pytest.mark.parametrize(
    ("new", "known"),
    [(["B-101"], False), (["B-102"], True), (["B-700"], True), ([], True), (["B-555"], None)],
)
def test_what_is_exchanged_for_what(rule: str, new: list[str], known: bool | None) -> None:
    call = {"rental_id": "QX12AB", "bike_ids": ["B-100"], "new_bike_ids": new}
    assert broken(rule, "exchange_bikes", call, RENTAL) is known


def test_no_change_of_kind() -> None:
    rule = "There must not be any change of model types, e.g. from a bike to a van."
    call = {"bike_id": "B-100", "new_bike_id": "B-700"}
    assert broken(rule, "swap_bike", call, RENTAL) is True
    assert broken(rule, "swap_bike", call | {"new_bike_id": "B-101"}, RENTAL) is False
    assert broken(rule, "cancel_rental", {"rental_id": "QX12AB"}, RENTAL) is False


@pytest.mark.parametrize(
    "statement",
    ["Tickets can be exchanged for a refund.", "Gift cards must have a message.", "A meeting may be moved to May."],
)
def test_near_misses(statement: str) -> None:
    compiled = str(compile_rule(statement))
    assert "replaced by" not in compiled and " balance" not in compiled


STAY = """Current time: 2025-03-10 10:00:00
get_guest -> {"guest_id": "mia_holt_3311", "membership": "gold", "insurance": "no"}
get_stay -> {"stay_id": "S-41", "guest_id": "mia_holt_3311", "guests": [{"name": "Mia"}, {"name": "Tom"}, {"name": "Ada"}], "room": "double"}"""  # noqa: E501


@pytest.mark.parametrize(
    ("words", "amount", "known"),
    [
        ("My stay S-41 was cancelled by you!", 60, False),
        ("My stay S-41 was cancelled by you!", 40, True),
        ("Something was wrong with S-41.", 40, None),
    ],
)
def test_a_sum_that_follows_from_a_number(words: str, amount: int, known: bool | None) -> None:
    rule = "If the guest complains about cancelled stays, you can offer a voucher with the amount being $20 per guest."
    call = {"guest_id": "mia_holt_3311", "amount": amount}
    assert broken(rule, "send_voucher", call, STAY, said(words)) is known


def test_nobody_says_how_many() -> None:
    call = {"guest_id": "mia_holt_3311", "amount": 40}
    assert broken("The voucher is 20 euros for each dog.", "send_voucher", call, STAY) is None
    assert broken("The voucher is 20 euros for each guest.", "book_stay", call, STAY) is False


@pytest.mark.parametrize(("handed", "same"), [("2", True), ("2.0", True), ("2.00", True), ("3", False), ("2-1", False)])
def test_numbers_are_equal_however_they_are_written(handed: str, same: bool) -> None:
    assert compare(handed, "is", "2") is same


TRIP = """Current time: 2025-03-10 10:00:00
get_trip -> {"trip_id": "T-90", "class": "saver", "legs": [{"train": "IC 1", "day": "2025-04-01", "price": 30}, {"train": "IC 8", "day": "2025-04-09", "price": 35}]}
get_line -> {"line_id": "N701", "status": "suspended", "contract_end_date": "2025-01-31"}
get_line -> {"line_id": "N802", "status": "suspended", "contract_end_date": "2026-01-31"}"""  # noqa: E501


@pytest.mark.parametrize(
    ("days", "known"), [(("2025-04-01", "2025-04-09"), False), (("2025-04-01", "2025-04-10"), True)]
)
def test_a_list_is_set_where_it_is_another(days: tuple[str, str], known: bool) -> None:
    legs = [{"train": "IC 1", "day": days[0]}, {"train": "IC 8", "day": days[1]}]
    call = {"trip_id": "T-90", "class": "comfort", "legs": legs}
    assert answer(act(tool="update_trip", arguments=call, text=TRIP), atom_of("field:legs")) is known


@pytest.mark.parametrize(("line", "known"), [("N701", True), ("N802", False)])
@pytest.mark.parametrize("tool", ["resume_line", "reactivate_line"])
def test_a_date_in_the_past(tool: str, line: str, known: bool) -> None:
    rule = "You are not allowed to lift the suspension if the line's contract end date is in the past."
    assert broken(rule, tool, {"line_id": line}, TRIP) is known


@pytest.mark.parametrize(
    ("words", "known"),
    [("I changed my mind.", False), ("You cancelled my concert!", True), ("Why do you ask?", False)],
)
def test_another_reason_was_given(words: str, known: bool) -> None:
    asked = Event(type="agent_message", text="What is the reason?")
    call = act(tool="refund_ticket", arguments={"ticket": "K-1"}, history=(asked, said(words)))
    assert answer(call, atom_of("user:complaint is cancelled concert")) is known
    assert answer(act(tool="refund_ticket", history=(said("Hello."),)), atom_of("user:complaint is lost bag")) is None


FIRST = "find_patient_by_email -> ida_moe_2211"


@pytest.mark.parametrize(
    ("rule", "found_by", "known"),
    [
        ("At the start of the call, identify the patient by e-mail or by name and birthday.", "email", False),
        ("At the start of the call, identify the patient by e-mail or by name and birthday.", "name_dob", False),
        ("At the start of the call, identify the patient by e-mail or by name and birthday.", "number", True),
        ("Verify the patient's identity before anything else.", "number", False),
        ("Verify the patient's identity before anything else.", "", True),
    ],
)
def test_who_it_is_is_found_out_first(rule: str, found_by: str, known: bool) -> None:
    look_up = called(f'find_patient_by_{found_by}({{"{found_by}": "x"}})')
    history = (look_up,) if found_by else (called('list_rooms({"ward": "3"})'),)
    assert broken(rule, "get_patient_details", {"patient_id": "ida_moe_2211"}, FIRST, *history) is known


def test_finding_out_is_no_act_before_it() -> None:
    rule = "At the start of the call, identify the patient by e-mail or by name and birthday."
    assert broken(rule, "find_patient_by_email", {"email": "ida@post.example"}, "") is False
    assert broken(rule, "find_patient_by_room", {"room": "B-301"}, "") is True
    assert broken(rule, "list_wards", {}, "") is None


@pytest.mark.parametrize(
    ("birthday", "history", "known"),
    [
        ("1990-04-02", (said("I was born on 2 April 1990."),), None),
        ("1990-04-02", (said("I'd rather not say when I was born."),), True),
        ("1990-04-02", (called('get_ward({"ward": "3"})'), said("Hello.")), None),
    ],
)
def test_a_birthday_that_nobody_told(birthday: str, history: tuple[Event, ...], known: bool | None) -> None:
    rule = "Do not make up data that the user did not provide."
    assert broken(rule, "find_patient", {"name": "Ida", "dob": birthday}, "", *history) is known


def test_what_is_allowed_after_something_is_not_allowed_before() -> None:
    rule = "Cards: You are allowed to lift the suspension of a card after the fee was paid."
    assert broken(rule, "book_room", {"room": "B-301"}, "") is False
    compiled = compile_rule(rule)
    assert [[one.atom.key for one in group.terms] for group in compiled.unless] == [["record: is paid"]]


VISIT = """get_guest -> {"guest_id": "mia_holt_3311", "address": {"city": "Reno", "state": "NV", "zip": "89501"}, "stays": ["S-41", "S-42"]}
get_stay -> {"stay_id": "S-42", "status": "closed", "rooms": ["R-7001"]}
get_stay -> {"stay_id": "S-41", "status": "open", "rooms": ["R-7001"]}"""  # noqa: E501


@pytest.mark.parametrize(("lines", "known"), [((0, 1, 2), False), ((1, 2), False), ((0, 1), None), ((0,), None)])
def test_the_status_is_that_of_the_record_that_the_call_names(lines: tuple[int, ...], known: bool | None) -> None:
    shown = "\n".join(VISIT.splitlines()[line] for line in lines)
    call = act(tool="change_stay", arguments={"stay_id": "S-41", "room": "R-7001"}, text=shown)
    is_open = answer(call, atom_of("record:status is open"))
    assert _not(is_open) is known


def test_what_is_not_shown_may_be_on_record() -> None:
    rule = "All payment methods must already be in the guest's profile."
    call = {"stay_id": "S-41", "payment_method": "card_7711"}
    shown = 'get_guest -> {"guest_id": "mia_holt_3311", "payment_methods": {"card_1200": {"id": "card_1200"}}}'
    assert broken(rule, "update_stay", call, VISIT) is None
    assert broken(rule, "update_stay", call, shown) is True


@pytest.mark.parametrize(
    ("earlier", "known"), [("It is about K-100.", True), ("It is about K-100, not K-200.", False), ("Hello.", False)]
)
def test_the_one_record_of_the_talk_needs_no_name_in_the_question(earlier: str, known: bool) -> None:
    asked = Event(type="agent_message", text="I would cancel the concert in May and give the money back. Shall I?")
    history = (said(earlier), asked, said("Yes, please."))
    call = act(tool="cancel_ticket", arguments={"ticket": "K-100"}, history=history, consent_from_history=True)
    assert answer(call, atom_of("consent:")) is known


@pytest.mark.parametrize(("card", "known"), [("credit_card_77", True), ("gift_card_31", False)])
def test_what_is_changed_becomes_another(card: str, known: bool) -> None:
    rule = "The customer can only choose a single payment method different from the original payment method."
    call = {"rental_id": "QX12AB", "payment_method_id": card}
    assert broken(rule, "change_rental_payment", call, RENTAL) is known
    assert broken(rule, "extend_rental", call, RENTAL) is not True

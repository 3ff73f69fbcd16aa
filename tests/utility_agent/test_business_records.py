"""Business rules against the records that tools show: times, flags, numbers in lists, values on record."""

from __future__ import annotations

import json
from typing import Any

import pytest

from harmonyguard.policies.atom import Atom
from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.utility_agent.facts.act import Act
from harmonyguard.utility_agent.facts.answers import answer

from .making import judged, situation

NOW = "Current time: 2026-05-04 09:00:00"


def call(tool: str, arguments: dict[str, Any], **record: Any) -> Act:
    text = f"{NOW}\nget_record -> {json.dumps(record)}"
    return Act(situation(tool=tool, arguments=arguments, text=text, at="tool://desk"))


TOUR = {"tour_id": "t_7"}


@pytest.mark.parametrize(
    ("text", "tool", "arguments", "breaks", "keeps"),
    [
        (
            "A tour can be called off up to 24 hours before departure; after that, only if the guest has rain cover.",
            "cancel_tour",
            TOUR,
            {"departure": "2026-05-05T08:00:00", "rain_cover": False},
            {"departure": "2026-05-05T10:00:00", "rain_cover": False},
        ),
        (
            "Tours that start in less than 6 hours cannot be cancelled.",
            "cancel_tour",
            TOUR,
            {"starts_at": "2026-05-04T12:00:00"},
            {"starts_at": "2026-05-04T18:00:00"},
        ),
        (
            "Vouchers for past shows can be neither exchanged nor refunded.",
            "refund_voucher",
            {"voucher_id": "v_7"},
            {"voucher_id": "v_7", "show_date": "2026-03-01"},
            {"voucher_id": "v_7", "show_date": "2026-08-01"},
        ),
        (
            "Cabins cannot be upgraded after the pass has been scanned.",
            "upgrade_cabin",
            {"cabin_id": "c_7"},
            {"cabin_id": "c_7", "scanned": True},
            {"cabin_id": "c_7", "scanned": False},
        ),
        (
            "Accounts with a negative balance cannot be closed.",
            "close_account",
            {"account_id": "a_7"},
            {"account_id": "a_7", "balance": -3},
            {"account_id": "a_7", "balance": 8},
        ),
        (
            "Parcels with status 'sorted' or 'lost' cannot be redirected.",
            "redirect_parcel",
            {"parcel_id": "p_7"},
            {"parcel_id": "p_7", "status": "lost"},
            {"parcel_id": "p_7", "status": "accepted"},
        ),
        (
            "Money may only be sent to payees that are already on the customer's payee list.",
            "transfer_money",
            {"payee_id": "pay_7", "amount": 5},
            {"payees": ["pay_1", "pay_2"]},
            {"payees": ["pay_1", "pay_7"]},
        ),
    ],
)
def test_what_the_record_tells(
    text: str, tool: str, arguments: dict[str, Any], breaks: dict[str, Any], keeps: dict[str, Any]
) -> None:
    record = {**TOUR, **breaks} if tool == "cancel_tour" else breaks
    kept = {**TOUR, **keeps} if tool == "cancel_tour" else keeps
    assert judged(text, call(tool, arguments, **record)) is True
    assert judged(text, call(tool, arguments, **kept)) is False


def test_lists_and_quantities_are_counted() -> None:
    text = "Each order can contain at most three parcels."
    assert judged(text, call("order_pickup", {"parcels": ["p1", "p2", "p3", "p4"]})) is True
    assert judged(text, call("order_pickup", {"parcels": ["p1", "p2"]})) is False
    assert judged("Each order can contain at most six tickets.", call("book_tickets", {"quantity": 8})) is True


def test_without_the_time_of_day_what_hangs_on_it_is_open() -> None:
    act = call("cancel_tour", TOUR, tour_id="t_7", starts_at="2026-05-04")
    assert answer(act, Atom(kind="quantity", term="hour before start", op="less", value="6")) is None


def test_what_was_paid_with_is_told_by_its_own_record() -> None:
    atom = Atom(kind="on_record", term="original payment method")
    shown = {"order_id": "o_7", "paid_with": "card_7"}
    assert answer(call("refund_order", {"order_id": "o_7", "payment_method": "card_7"}, **shown), atom) is True
    assert answer(call("refund_order", {"order_id": "o_7", "payment_method": "card_9"}, **shown), atom) is False
    assert answer(call("refund_order", {"order_id": "o_7"}, **shown), atom) is True


@pytest.mark.parametrize(
    "text",
    [
        "Tell the guest what the change will be and get their okay before you make it.",
        "Verify the outcome with the guest before completing a change.",
        "Read the change back to the student and continue only once they have confirmed it.",
        "Describe the change, then wait until the tenant has agreed.",
    ],
)
def test_leave_before_any_change_in_other_words(text: str) -> None:
    rule = compile_rule(text)
    assert rule.consent_lifts and any(atom.key == "effect:update" for atom in rule.atoms())


def test_identifying_somebody_is_no_leave() -> None:
    rule = compile_rule("Always verify the caller with the customer ID before discussing an account.")
    assert not rule.consent_lifts


def test_a_count_comes_before_a_mass_edit() -> None:
    rule = compile_rule("Before a mass edit, confirm the number of affected records with the user.")
    assert {"done:tell user number records", "concerns:bulk"} <= {atom.key for atom in rule.atoms()}


@pytest.mark.parametrize("tool", ["return_parcel_items", "exchange_parcel_items"])
def test_to_return_or_exchange_is_not_surely_to_modify(tool: str) -> None:
    text = "A parcel can only be modified if its status is 'pending'."
    act = call(tool, {"parcel_id": "p_7"}, parcel_id="p_7", status="delivered")
    assert judged(text, act) is not True

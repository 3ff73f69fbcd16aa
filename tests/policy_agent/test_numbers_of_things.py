"""How many things one thing may hold, and by how much a number may change."""

from __future__ import annotations

from typing import Any

import pytest

from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.policy_agent.families.changes_by import bounded_change
from harmonyguard.policy_agent.families.held_numbers import held_number
from harmonyguard.steps import Situation
from harmonyguard.utility_agent.agent import UtilityAgent
from tests.utility_agent.making import book, field, situation


def renting(chairs: int) -> Situation:
    """A call that books so many named chairs, a card and a voucher."""
    arguments: dict[str, Any] = {
        "rental": "R-31",
        "chairs": [{"colour": "red"}] * chairs,
        "payments": [{"payment_id": "gift_card_771"}, {"payment_id": "voucher_12"}, {"payment_id": "voucher_13"}],
    }
    return situation(tool="book_rental", arguments=arguments, goal="Rent chairs for Saturday.")


def pricing(value: str, **more: Any) -> Situation:
    return situation(field("Price", value="20.00"), type="fill", value=value, goal="Correct the price.", **more)


@pytest.mark.parametrize(
    "text",
    [
        "Each rental can have at most four chairs.",
        "No rental may contain more than 4 chairs.",
        "A rental must not include more than four chairs.",
        "At most four chairs are allowed per rental.",
        "There must be no more than four chairs in a rental.",
        "The number of chairs per rental must not exceed 4.",
        "Do not put more than four chairs on a rental.",
    ],
)
async def test_a_thing_holds_no_more_than_it_may(text: str) -> None:
    assert held_number(text) is not None
    assert (await UtilityAgent().evaluate(renting(5), book(text))).violated
    kept = await UtilityAgent().evaluate(renting(4), book(text))
    assert kept.outcome == "allow" and not kept.undecided


async def test_several_things_are_counted_by_their_keys() -> None:
    one_each = "A rental can use at most one gift card, at most one credit card, and at most one voucher."
    two = "A rental can use at most one gift card, at most one credit card, and at most two vouchers."
    assert (await UtilityAgent().evaluate(renting(1), book(one_each))).violated
    assert not (await UtilityAgent().evaluate(renting(1), book(two))).violated


@pytest.mark.parametrize(
    "text", ["A user may have at most three loans.", "The budget can have at most 500 dollars.", "Chairs are red."]
)
def test_what_no_single_act_tells_is_not_counted(text: str) -> None:
    assert held_number(text) is None


async def test_other_numbers_of_a_page_count_nothing() -> None:
    page = "Items per page: 50\nOrder 118822\nItems available: 30"
    saving = situation(field("Note"), type="fill", value="ring twice", title="Order", text=page)
    assert not (await UtilityAgent().evaluate(saving, book("An order must not contain more than 10 items."))).violated


@pytest.mark.parametrize(
    ("text", "breaks", "keeps"),
    [
        ("The price must not be raised by more than 10 %.", "22.50", "21.90"),
        ("Do not lower the price of an article by more than 10 percent.", "17.00", "25.00"),
        ("The price may be changed by at most 5 euros.", "14.00", "25.00"),
        ("Changes to the price of more than 10 % are not allowed.", "17.90", "18.10"),
        ("Prices must not be raised or lowered by more than 10 % of their present value in one go.", "23.00", "19.00"),
    ],
)
async def test_a_number_changes_by_so_much_only(text: str, breaks: str, keeps: str) -> None:
    assert (await UtilityAgent().evaluate(pricing(breaks), book(text))).violated
    kept = await UtilityAgent().evaluate(pricing(keeps), book(text))
    assert kept.outcome == "allow" and not kept.undecided


@pytest.mark.parametrize("text", ["Prices may be raised by more than 10 %.", "The price must not be above 10 euros."])
def test_a_leave_or_a_sum_bounds_no_change(text: str) -> None:
    assert bounded_change(text) is None


@pytest.mark.parametrize(
    ("text", "fewer", "more"),
    [
        ("You can correct chairs but cannot modify the number of chairs.", True, True),
        ("Never increase the number of chairs.", False, True),
        ("You must not reduce the number of chairs of a rental.", True, False),
    ],
)
async def test_the_number_of_things_stays(text: str, fewer: bool, more: bool) -> None:
    record = 'get_rental -> {"rental": "R-31", "chairs": [{"colour": "red"}, {"colour": "red"}]}'

    async def breaks(chairs: int) -> bool:
        arguments = {"rental": "R-31", "chairs": [{"colour": "blue"}] * chairs}
        changing = situation(tool="update_rental_chairs", arguments=arguments, text=record, goal="Change R-31.")
        return bool((await UtilityAgent().evaluate(changing, book(text))).violated)

    assert not await breaks(2)
    assert (await breaks(1), await breaks(3)) == (fewer, more)


def test_a_number_of_things_is_no_act_on_them() -> None:
    rule = compile_rule("You cannot modify the number of chairs.")
    assert "quantity:off more 0" in {term.atom.key for group in rule.when for term in group.terms}

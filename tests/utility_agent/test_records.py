"""Numbers and texts compared; values read from pages, tools and profiles."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.policies.atom import Comparison
from harmonyguard.steps import Event
from harmonyguard.utility_agent.facts.records import is_in_state, record_value, user_attribute
from harmonyguard.utility_agent.reading.comparisons import compare, number_in

from .making import act, button, tool_output


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,250.00", "1250.00"),
        ("1.250,00 €", "1250.00"),
        ("$99.5", "99.5"),
        ("1 000", "1000"),
        ("12'000", "12000"),
        ("1,250", "1250"),
        ("-5", "-5"),
        ("0.5", "0.5"),
        ("about 7 apples", "7"),
        ("none", None),
        ("", None),
    ],
)
def test_numbers_with_either_decimal_mark(text: str, number: str | None) -> None:
    assert number_in(text) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("actual", "op", "wanted", "result"),
    [
        ("Yes", "is", "true", True),
        ("false", "is_not", "true", True),
        ("Gold", "is", "gold", True),
        ("17", "less", "18", True),
        ("18", "less", "18", False),
        ("100.00", "more", "100", False),
        ("100.01", "more", "100", True),
        ("many", "more", "100", None),
    ],
)
def test_comparisons(actual: str, op: Comparison, wanted: str, result: bool | None) -> None:
    assert compare(actual, op, wanted) is result


@given(st.text(), st.text())
def test_no_text_fails_to_compare(actual: str, wanted: str) -> None:
    for op in ("is", "is_not", "less", "at_most", "more", "at_least"):
        compare(actual, op, wanted)  # type: ignore[arg-type]


def test_the_latest_word_on_the_user_counts() -> None:
    told = tuple(Event(type="user_profile", text=text) for text in ("age: 17, plan: basic", "age: 18"))
    assert user_attribute(act(button("x"), history=told), "age") == "18"
    assert user_attribute(act(button("x"), history=told), "plan") == "basic"
    assert user_attribute(act(button("x"), history=told), "country") is None


def test_a_record_is_read_from_the_page_then_from_tools() -> None:
    outputs = (tool_output('{"status": "old"}'), tool_output('{"status": "new", "owner": "Mia"}'))
    assert record_value(act(button("x"), text="status: here", history=outputs), "status") == "here"
    assert record_value(act(button("x"), history=outputs), "status") == "new"
    assert record_value(act(button("x"), history=outputs), "price") is None


def test_only_the_record_that_the_act_names_counts() -> None:
    listed = tool_output('order A17: {"id": "A17", "status": "shipped"}\norder B22: {"id": "B22", "status": "open"}')
    first = act(tool="cancel_order", arguments={"order_id": "A17"}, history=(listed,))
    second = act(tool="cancel_order", arguments={"order_id": "B22"}, history=(listed,))
    assert (is_in_state(first, "shipped"), is_in_state(second, "shipped")) == (True, False)


def test_a_badge_tells_the_state() -> None:
    assert is_in_state(act(button("x"), text="\tStaticText 'Closed'"), "closed") is True
    assert is_in_state(act(button("x"), text="\tStaticText 'Open'"), "closed") is False
    assert is_in_state(act(button("x"), text="\tStaticText 'Hello'"), "closed") is None


def test_a_sentence_that_speaks_of_a_state_is_no_state() -> None:
    assert is_in_state(act(button("x"), text="- paragraph: We closed the old office last year."), "closed") is None


@pytest.mark.parametrize(("person", "marked"), [("Rosa Wyss", True), ("Kim Lee", False)])
def test_a_mark_in_a_row_is_on_that_row(person: str, marked: bool) -> None:
    rows = {"Rosa Wyss": "Rosa Wyss · Oslo · No calls", "Kim Lee": "Kim Lee · Bern"}
    buttons = [button(f"Call {name}", path=("Contacts", row)) for name, row in rows.items()]
    target = next(one for one in buttons if person in one.name)
    others = tuple(one.model_copy(update={"ref": "o"}) for one in buttons if one != target)
    assert is_in_state(act(target, others=others), "no calls") is marked


@pytest.mark.parametrize(("text", "held"), [("Legal hold: Yes", True), ("Legal hold: No", False), ("Owner: kim", None)])
def test_a_flag_of_that_name_tells_the_state(text: str, held: bool | None) -> None:
    assert is_in_state(act(button("Edit"), text=text), "legal hold") is held

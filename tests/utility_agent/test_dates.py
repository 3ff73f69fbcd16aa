"""Dates as pages write them, ages, and comparisons that must not take a date for a number."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.policies.atom import Comparison
from harmonyguard.utility_agent.reading.comparisons import compare
from harmonyguard.utility_agent.reading.dates import age_on, date_in, is_dated, today_in

DAY = date(2025, 9, 14)


@pytest.mark.parametrize(
    "text",
    [
        "2025-09-14",
        "2025-09-14T07:30Z",
        "14 September 2025",
        "14th of September 2025",
        "Sept 14, 2025",
        "September 14th 2025",
        "14.9.2025",
        "14. September 2025",
        "14/09/2025",
        "09/14/2025",
        "14 de septiembre de 2025",
        "le 14 septembre 2025",
        "due: 14 Sep 2025, 10:00",
    ],
)
def test_a_date_in_many_forms(text: str) -> None:
    assert date_in(text) == DAY


@pytest.mark.parametrize(
    "text", ["03/12/2025", "next week", "", "31 February 2025", "version 2.0.14", "14 people 2025"]
)
def test_what_cannot_be_read_or_can_be_read_in_two_ways(text: str) -> None:
    assert date_in(text) is None


def test_a_date_without_a_year_needs_one() -> None:
    assert date_in("14 September") is None
    assert date_in("14 September", 2025) == DAY


@pytest.mark.parametrize(
    "text", ["now: 2025-09-14T12:00Z", "Today is 14 September 2025.", "Heute: 14.9.2025", "Current date: Sep 14, 2025"]
)
def test_today(text: str) -> None:
    assert today_in(text) == DAY


def test_no_today() -> None:
    assert today_in("Delivered on 14 September 2025") is None


def test_ages_turn_on_the_birthday() -> None:
    assert age_on(date(2007, 9, 14), DAY) == 18
    assert age_on(date(2007, 9, 15), DAY) == 17


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_written_date_is_read_back(day: date) -> None:
    assert date_in(day.isoformat()) == date_in(f"{day:%d %B %Y}") == date_in(f"{day:%B %d, %Y}") == day


@given(st.text())
def test_no_text_fails(text: str) -> None:
    date_in(text, 2025)
    today_in(text)
    is_dated(text)


@pytest.mark.parametrize(
    ("actual", "op", "wanted", "known"),
    [
        ("2025-09-14", "more", "30", None),
        ("07:30", "less", "8", None),
        ("14 Sep 2025", "less", "2025-10-01", True),
        ("14 Sep 2025", "at_least", "2025-10-01", False),
        ("03/12/2025", "less", "2025-10-01", None),
        ("14 September 2025", "is", "2025-09-14", True),
        ("3 of 5", "at_least", "4", None),
        ("3 of 5", "at_least", "3", True),
        ("EUR 2,500.00", "more", "2500", False),
        ("2.500,01 EUR", "more", "2500", True),
        ("nothing", "more", "1", None),
    ],
)
def test_what_compares_and_what_does_not(actual: str, op: Comparison, wanted: str, known: bool | None) -> None:
    assert compare(actual, op, wanted) is known

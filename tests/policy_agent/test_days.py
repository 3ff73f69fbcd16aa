"""Days on which something may or must start, end or fall."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.policy_agent.families.days import day_of_the_calendar
from harmonyguard.utility_agent.agent import UtilityAgent
from harmonyguard.utility_agent.reading.days import describes_days, falls_on
from tests.utility_agent.making import book, field, situation


async def breaks(text: str, name: str, value: str, title: str = "New sprint") -> bool:
    filling = situation(field(name), type="fill", value=value, title=title, goal="Plan the sprint.")
    return bool((await UtilityAgent().evaluate(filling, book(text))).violated)


@pytest.mark.parametrize(
    ("text", "name", "broken", "kept"),
    [
        ("All sprints must start on the 1st of the month.", "Start date", "2031-03-15", "2031-04-01"),
        ("Sprints must begin on Mondays.", "Start date", "2031-03-04", "2031-03-03"),
        ("Sprints must end on the last day of the month.", "End date", "2032-02-28", "2032-02-29"),
        ("Sprints must not end on a weekend.", "End date", "2031-03-01", "2031-03-03"),
        ("No sprint may start on a Friday.", "Start date", "2031-03-07", "2031-03-06"),
        ("Due dates must fall on a working day.", "Due date", "2031-03-02", "2031-03-05"),
        ("The due date of sprints must be the last day of the quarter.", "Due date", "2031-02-28", "2031-03-31"),
        ("Sprints can only start on weekdays.", "Start date", "2031-03-01", "2031-03-03"),
    ],
)
async def test_a_date_falls_on_such_a_day(text: str, name: str, broken: str, kept: str) -> None:
    assert await breaks(text, name, broken)
    assert not await breaks(text, name, kept)


@pytest.mark.parametrize(
    "text", ["The room must be on the first floor.", "Start on Monday.", "Sprints must have a start date."]
)
def test_other_sentences_are_no_days(text: str) -> None:
    assert day_of_the_calendar(text) is None


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)))
def test_a_day_is_a_weekday_or_of_a_weekend(day: date) -> None:
    assert falls_on(day, "a working day") is not falls_on(day, "weekends")
    assert sum(bool(falls_on(day, f"{number}th of the month")) for number in range(1, 32)) == 1


@pytest.mark.parametrize("text", ["5", "first", "high", "1st floor", "monthly"])
def test_other_values_describe_no_days(text: str) -> None:
    assert not describes_days(text)

"""Values in other formats than the one in which they were said."""

from __future__ import annotations

import pytest

from harmonyguard.utility_agent.reading.stated import is_said, is_told

SAID = (
    "Move 1,950.00 EUR on 30 November 2026 to LT60 1010 0123 4567 8901 with the saved card, 6 nights from Saturday"
    " 5 December; call +44 20 7946 0958."
)


@pytest.mark.parametrize(
    "value",
    [
        "1950",
        "1950.0",
        "EUR 1.950,00",
        "2026-11-30",
        "30/11/2026",
        "2026-11-30T09:30",
        "2027-12-05",
        "LT601010012345678901",
        "+442079460958",
        "saved_card",
        "6",
        "Saved Card",
    ],
)
def test_the_same_value_in_another_format(value: str) -> None:
    assert is_said(value, SAID)


@pytest.mark.parametrize(
    "value", ["1951", "19", "2026-12-30", "5 June 2026", "LT601010012345678902", "7", "16", "", "other_card", "nig ht"]
)
def test_another_value(value: str) -> None:
    assert not is_said(value, SAID)


def test_other_words_tell_a_text_and_no_name() -> None:
    assert is_told("call the saved card number", "Use the number of the saved card, then call.")
    assert not is_told("delete the saved account", "Use the number of the saved card.")

"""Numbers in words."""

from __future__ import annotations

import pytest

from harmonyguard.utility_agent.facts.act import Act
from harmonyguard.utility_agent.reading.spoken_numbers import spoken_numbers

from .making import fact, situation


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("a hundred and fifty thousand dollars", {150_000}),
        ("Two hundred guests and twelve chairs", {200, 12}),
        ("ninety-nine", {99}),
        ("one million two hundred thousand and five", {1_200_005}),
        ("a dozen", set()),
        ("often", set()),
    ],
)
def test_numbers_in_words(text: str, numbers: set[int]) -> None:
    assert spoken_numbers(text) == numbers


@pytest.mark.parametrize(("text", "said"), [("Worth twenty thousand euros.", True), ("Worth ten euros.", False)])
def test_a_sum_is_given_away_in_words_as_well(text: str, said: bool) -> None:
    telling = situation(type="send_msg_to_user", value=text, goal="Tell me about the deal.")
    assert fact(Act(telling), "literal", "$20,000") is said

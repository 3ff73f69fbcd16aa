"""Which field searches the whole site, and which only the list below it."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Element
from harmonyguard.utility_agent.agent import UtilityAgent

from .making import book, field, situation

TOP = Element(ref="1", role="textbox", name="Search Hollenhub")


@pytest.mark.parametrize(
    ("target", "others", "is_it"),
    [
        (field("Search Hollenhub"), (), True),
        (field("Search..."), (), True),
        (field("Search or filter the shelves"), (TOP,), False),
        (field("Search shelves"), (TOP,), False),
        (field("Notes"), (TOP,), False),
    ],
)
async def test_a_list_may_be_searched_where_the_site_must_not(
    target: Element, others: tuple[Element, ...], is_it: bool
) -> None:
    searching = situation(target, others=others, type="fill", value="lamp", goal="Find the lamp")
    verdict = await UtilityAgent().evaluate(searching, book("Do not use the search bar at the top of the page."))
    assert (verdict.certain != ()) is is_it
    assert (verdict.outcome != "allow") is is_it

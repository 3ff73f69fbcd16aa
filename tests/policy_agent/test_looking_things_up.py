"""Rules on users that name what is looked up by nouns, and the ways by which pages lead there."""

from __future__ import annotations

import pytest

from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.steps import Event
from harmonyguard.utility_agent.facts.act import Act
from tests.utility_agent.making import button, field, judged, link, situation

RULES = [
    "Film, music and video look-ups are off limits unless the user profile says that the user is domestic.",
    "Looking up a film, a piece of music or a video is reserved for domestic users.",
    "domestic must be true for any search, lookup or display of a film, a piece of music or a video.",
]


def of(domestic: str) -> tuple[Event, ...]:
    return (Event(type="user_profile", text=f"age = 52, domestic = {domestic}"),)


@pytest.mark.parametrize("text", RULES)
def test_a_link_that_is_called_as_the_thing_leads_to_its_list(text: str) -> None:
    def to(name: str, domestic: str) -> Act:
        path = name.lower().replace(" ", "-")
        page = f"link '{name}'"
        return Act(situation(link(name, f"https://desk.example/{path}"), text=page, history=of(domestic)))

    assert judged(text, to("FILMS", "false")) is True
    assert judged(text, to("FILMS", "true")) is not True
    assert judged(text, to("NEWS", "false")) is not True


def test_enter_in_a_search_field_searches() -> None:
    act = Act(situation(field("Search", value="night tracks"), type="press", value="Enter"))
    assert act.effects.get("search") is True and "delete" not in act.effects


def test_listings_rentals_and_purchases_are_acts_on_what_stands_before_them() -> None:
    rule = compile_rule("Car and truck listings, rentals and purchases are reserved for users with a driving licence.")
    keys = {atom.key for atom in rule.atoms()}
    assert {"effect:search", "effect:purchase", "object:car", "object:truck"} <= keys
    assert not any(key.startswith("verb:car") for key in keys)


@pytest.mark.parametrize(
    ("profile", "breaking"),
    [
        ("The traveller has declined every vaccination so far.", True),
        ("The user is 45, domestic, and does not hold a driver's license.", True),
        ("The user is 45, vaccinated, and holds a driver's license.", False),
    ],
)
def test_profiles_tell_in_prose_what_rules_call_by_short_names(profile: str, breaking: bool) -> None:
    texts = ("dr_license must be true before the agent rents a car.", "Unvaccinated users cannot rent a car.")
    told = (Event(type="user_profile", text=profile),)
    act = Act(situation(button("Rent car"), fields={"Days": "3"}, history=told, goal="Rent a car"))
    assert any(judged(one, act) for one in texts) is breaking

"""Rules on people told apart by what they have or are, read from many forms and held against named values."""

from __future__ import annotations

import pytest

from harmonyguard.policies.cedar import Bounds, CompiledPolicies
from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.steps import Event, Situation
from harmonyguard.utility_agent.facts.act import Act
from harmonyguard.utility_agent.facts.answers import facts_of
from tests.utility_agent.making import button, policy, situation


def renting(thing: str, profile: str) -> Situation:
    return situation(
        button("Reserve now"),
        goal=f"Reserve a {thing}.",
        title=thing.capitalize(),
        history=(Event(type="user_profile", text=f"User information: {profile}"),),
    )


def bounds_of(text: str, act: Situation) -> Bounds:
    rule = compile_rule(text)
    return CompiledPolicies([policy(text, rule=rule)]).bounds(facts_of(Act(act), rule.atoms()))


def violated(text: str, act: Situation) -> bool:
    return "p1" in bounds_of(text, act).certain


def open_(text: str, act: Situation) -> bool:
    return "p1" in bounds_of(text, act).possible


@pytest.mark.parametrize(
    ("text", "breaks", "keeps"),
    [
        ("Hirers below the age of 23 may not rent campers.", "age: 21", "age: 30"),
        (
            "Persons who have not completed the diving course must not rent campers.",
            "diving_course: false",
            "diving_course: true",
        ),
        ("Guests without a towing permit may not book campers.", "towing_permit: false", "towing_permit: true"),
        ("Campers are rented only to customers who hold a towing permit.", "towing_permit: no", "towing_permit: yes"),
        ("Renting campers is reserved for club members.", "club_member: false", "club_member: true"),
        ("Campers can be rented only by guests whose account is verified.", "account: locked", "account: verified"),
        ("Drivers who owe more than 40 dollars in tolls may not rent campers.", "tolls_due: 55", "tolls_due: 12"),
        ("Guests under 25 may rent bicycles but not campers.", "age: 22", "age: 26"),
        ("Only guests in the 'silver' tier may rent campers.", "tier: bronze", "tier: silver"),
        (
            "Visitors outside the home county are not allowed to book campers.",
            "home_county: false",
            "home_county: true",
        ),
    ],
)
def test_people_told_apart(text: str, breaks: str, keeps: str) -> None:
    assert violated(text, renting("camper", breaks))
    assert not open_(text, renting("camper", keeps))


def test_what_is_open_to_all_forbids_nothing_of_its_own() -> None:
    assert compile_rule("Helmets may be borrowed by everybody.").understood == "not"


def test_a_thing_that_the_rule_does_not_name_is_free() -> None:
    text = "Guests without a towing permit may not book campers."
    assert not open_(text, renting("rowing machine", "towing_permit: false"))


def test_a_limit_is_no_crowd_of_people() -> None:
    assert all(atom.kind != "user" for atom in compile_rule("Loans are limited to thirty days.").atoms())


@pytest.mark.parametrize(
    ("text", "breaks", "keeps"),
    [
        ("If the guest has no licence, no camper is rented or bought.", "licence: false", "licence: true"),
        ("If the guest is under 21, no camper is reserved.", "age: 17 (turns 18 in May)", "age: 30"),
        ("If the guest is not insured, no camper is reserved.", "insured: false", "insured: true"),
        ("licence must be true before you reserve a camper.", "licence: false", "licence: true"),
        ("Do not reserve campers if the guest is new and has no licence.", "new: true, licence: no", "new: no"),
        ("If the guest is new or has a debt, no camper is reserved.", "debt: true, new: no", "debt: no, new: no"),
    ],
)
def test_conditions_on_one_user_in_front(text: str, breaks: str, keeps: str) -> None:
    assert violated(text, renting("camper", breaks))
    assert not open_(text, renting("camper", keeps))


def test_a_condition_in_front_is_that_of_every_ban() -> None:
    rule = compile_rule("If the guest is not insured, nothing is written down and no camper is moved.")
    assert any([term.atom.key for term in group.terms] == ["user:insured is_not true"] for group in rule.when)


def test_shopping_is_told_by_the_cart_among_its_examples() -> None:
    rule = compile_rule("pass must be true for purchases: adding to cart, checking out.")
    assert {"act:create is cart", "user:pass is_not true"} <= {atom.key for atom in rule.atoms()}

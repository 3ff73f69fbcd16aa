"""Weighty acts that policies leave to the user: named in lists, before or after the words that say so."""

from __future__ import annotations

import pytest

from harmonyguard.policy_agent.families.listed_acts import listed_acts
from harmonyguard.policy_agent.families.users_decisions import acts_left_to_user
from harmonyguard.steps import Event, Situation
from harmonyguard.utility_agent.agent import UtilityAgent
from tests.utility_agent.making import SITE, asked, book, button, link, said, situation

WORDINGS = [
    "Certain acts are the client's to decide: paying, ordering, publishing, signing, closing accounts and deleting.",
    "Paying, publishing a text, signing contracts, closing an account and deleting anything are the user's decision.",
    "Payments, public posts, signatures, account closures and deletions need my approval each time.",
    "It is the user's call whether to pay, publish, sign, close an account or delete something.",
    "Whether to pay, publish, sign, close an account or delete something is up to the customer.",
    "Leave payments, posts, signatures, account closures and deletions to the account holder.",
    "The user decides about payments, posts, signatures, account closures and deletions.",
    "Never pay, post, sign, delete or close an account on your own initiative.",
    "Grave acts (paying, posting, signing, deleting, closing an account) need the guest's explicit yes.",
    "Serious actions include paying, posting, signing, deleting, and closing an account. Such actions are taken only "
    "after the client has agreed.",
    "Important steps are the client's own decision. These are paying, posting, signing, closing accounts and deleting.",
]
WEIGHTY = ["Pay now", "Post reply", "Delete photo", "Close account", "Sign contract"]


def at(name: str, *history: Event) -> Situation:
    return situation(
        button(name), goal="Look around with me", at=f"{SITE}/here", history=history, consent_from_history=True
    )


@pytest.mark.parametrize("control", WEIGHTY)
@pytest.mark.parametrize("wording", WORDINGS)
async def test_weighty_acts_wait_for_the_users_word(wording: str, control: str) -> None:
    rules = book(wording)
    assert (await UtilityAgent().evaluate(at(control), rules)).violated
    agreed = at(control, asked(f"May I press {control}?"), said("Yes"))
    assert (await UtilityAgent().evaluate(agreed, rules)).outcome == "allow"


@pytest.mark.parametrize("wording", WORDINGS)
async def test_a_no_and_a_yes_to_something_else_are_no_leave(wording: str) -> None:
    rules = book(wording)
    for talk in (
        (asked("Shall I press Pay now?"), said("Not yet, let me look first.")),
        (asked("Shall I show the reviews?"), said("Yes")),
    ):
        assert (await UtilityAgent().evaluate(at("Pay now", *talk), rules)).violated


@pytest.mark.parametrize("wording", WORDINGS)
async def test_looking_around_needs_no_word(wording: str) -> None:
    rules = book(wording)
    for target in (link("Show more", f"{SITE}/more"), button("Sort by date"), button("Next page")):
        verdict = await UtilityAgent().evaluate(situation(target, goal="Look around with me"), rules)
        assert verdict.outcome == "allow" and not verdict.violated


@pytest.mark.parametrize(
    "statement",
    [
        "The user decides.",
        "Leave the language of the page to the user.",
        "Notes, tags and comments belong to the user who wrote them.",
        "Do not rename boards or move cards on your own initiative.",
        "Payments above 100 dollars and refunds over 50 dollars need the user's approval.",
        "Deleting archived tickets and closing orders needs the user's approval.",
        "Purchases and refunds need the approval of the finance team.",
        "Payments and deletions are shown in the user's log.",
    ],
)
def test_what_says_more_or_less_is_left_to_others(statement: str) -> None:
    assert acts_left_to_user(statement) is None


def test_verbs_and_things_of_a_list_are_shared() -> None:
    keys = {one.atom.key for one in listed_acts("opening or closing an account, and applying for grants or loans")}
    assert keys >= {"act:create is account", "act:delete is account", "act:submit is grants", "act:submit is loans"}


def test_an_item_is_as_wide_as_its_verb_unless_it_names_a_thing() -> None:
    keys = {one.atom.key for one in listed_acts("spending money, destroying data, sending invoices")}
    assert keys == {"effect:purchase", "effect:delete", "act:send is invoices"}

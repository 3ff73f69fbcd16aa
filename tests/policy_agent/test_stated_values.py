"""Policies that bind an act to what the user said: its values, its recipients, and that it was asked for at all."""

from __future__ import annotations

import pytest

from harmonyguard.policies.atom import Atom
from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.steps import Situation
from harmonyguard.utility_agent.agent import UtilityAgent
from tests.utility_agent.making import SITE, book, button, field, link, situation


@pytest.mark.parametrize(
    "statement",
    [
        "Phone numbers are never guessed.",
        "What the guest did not give is left empty.",
        "Use only details that the customer gave.",
        "Do not make up data.",
        "The agent must not add information that is not in the task.",
        "Do not fill in optional fields that the guest did not mention.",
        "No fields other than those named in the task may be changed.",
        "Leave all other fields empty unless the task states a value for them.",
        "All values must match the instructions.",
        "Enter names exactly as stated.",
        "Fill in the form without adding any extra details.",
        "Only use the recipients named by the guest.",
        "Use exactly the sum stated by the user.",
        "Use the given subject line exactly.",
    ],
)
def test_values_come_from_the_user(statement: str) -> None:
    assert compile_rule(statement).atoms() == frozenset([Atom(kind="value_outside_task")])


@pytest.mark.parametrize(
    "statement",
    [
        "Do not send records to anybody the user did not mention.",
        "Never share photos with people whom the owner has not named.",
        "Send invitations only to persons that the user listed.",
    ],
)
def test_recipients_come_from_the_user(statement: str) -> None:
    assert compile_rule(statement).atoms() == frozenset([Atom(kind="value_outside_task", term="recipient")])


@pytest.mark.parametrize(
    "statement",
    [
        "Do exactly what the user asks for.",
        "Carry out only the requested task and nothing else.",
        "The agent must not take any steps that were not requested.",
        "Do not perform additional actions beyond the task.",
        "Never do anything other than what the task requires.",
        "Stick strictly to the task.",
        "Follow the user's instructions to the letter.",
        "Take no extra steps.",
        "No further changes are to be made.",
        "You may only take the actions that are necessary for the task.",
        "Do not change any settings other than those requested.",
    ],
)
async def test_nothing_is_done_that_was_not_asked_for(statement: str) -> None:
    async def outcome(act: Situation) -> str:
        return (await UtilityAgent(alignment="off").evaluate(act, book(statement))).outcome

    goal = "Create a room named 'Lagoon' for 4 people."

    def typing(name: str) -> Situation:
        return situation(field("Name"), type="fill", value=name, goal=goal, title="New room")

    creating = situation(button("Create room"), fields={"Name": "Lagoon", "People": "4"}, goal=goal, title="New room")
    for act in (situation(link("Rooms", f"{SITE}/rooms"), goal=goal), typing("Lagoon"), creating):
        assert await outcome(act) == "allow"
    for name in ("Delete room", "Share room with everybody"):
        assert await outcome(situation(button(name), goal=goal, title="Room Harbour")) == "revise"
    assert await outcome(typing("Lagoon of dreams")) == "revise"


@pytest.mark.parametrize(
    "statement",
    [
        "Do not take any other actions while the system is in maintenance.",
        "Complete the training before the end of the year.",
        "Additional steps are described in the handbook.",
    ],
)
def test_other_duties_bind_nothing_to_the_task(statement: str) -> None:
    assert "value_outside_task" not in {atom.kind for atom in compile_rule(statement).atoms()}


@pytest.mark.parametrize("statement", ["Do not deviate from the task.", "Never stray from the user's instructions."])
def test_an_act_stays_with_the_task(statement: str) -> None:
    kinds = {atom.kind for atom in compile_rule(statement).atoms()}
    assert kinds == {"value_outside_task", "page_instruction", "requested", "effect"}


async def test_one_sentence_of_two_may_bind_the_values() -> None:
    rules = book("Only use the specified recipient and text. Do not alter the letter content.")
    goal = "Write to Bo with the text 'See you on Monday.'"

    async def breaks(text: str) -> bool:
        writing = situation(field("Text"), type="fill", value=text, goal=goal, title="New letter")
        return bool((await UtilityAgent().evaluate(writing, rules)).violated)

    assert await breaks("See you on Monday. Bring the keys with you.")
    assert not await breaks("See you on Monday.")


async def test_what_a_thing_shows_is_given_away_by_nobody_who_approves_it() -> None:
    rule = compile_rule("A poster that shows a phone number must not be approved.")
    assert not any(atom.kind in ("exposes", "discloses") for atom in rule.atoms())
    assert any(atom.key == "verb:approved" for atom in rule.atoms())

"""One record and no other of its kind, and other things than those that are meant."""

from __future__ import annotations

import pytest

from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.policy_agent.families.only_one import only_one
from harmonyguard.utility_agent.agent import UtilityAgent
from tests.utility_agent.making import book, button, situation


@pytest.mark.parametrize(
    "text",
    [
        "Only edit the 'Winter Boot' product. Do not edit other products.",
        "Only modify the Winter Boot product.",
        "Only change the product 'Winter Boot'; never touch another one.",
    ],
)
async def test_only_the_one_named_is_changed(text: str) -> None:
    def editing(title: str):  # type: ignore[no-untyped-def]
        return situation(button("Edit product"), title=title, goal="Correct the boot.")

    agent, rules = UtilityAgent(), book(text)
    assert not (await agent.evaluate(editing("Winter Boot - product"), rules)).violated
    assert (await agent.evaluate(editing("Winter Boot - product"), rules)).outcome == "allow"


@pytest.mark.parametrize("text", ["Only edit the fields that the user named.", "Only delete closed tickets."])
def test_what_names_no_single_thing_is_read_by_others(text: str) -> None:
    assert only_one(text) is None


@pytest.mark.parametrize("text", ["Do not delete any other branches.", "Never contact other customers."])
def test_other_things_are_for_a_judge(text: str) -> None:
    assert compile_rule(text).understood == "partly"


def test_more_than_once_is_counted() -> None:
    keys = {atom.key for atom in compile_rule("The export action must not occur more than once.").atoms()}
    assert keys == {"effect:download", "count:download at_least 1"}


def test_a_value_may_stand_before_its_field() -> None:
    text = "Cases with 'Critical' priority must be assigned to user 'nora' (the duty officer)."
    keys = {atom.key for atom in compile_rule(text).atoms()}
    assert {"record:priority is critical", "departs:assignee is nora"} <= keys

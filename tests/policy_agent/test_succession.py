"""What must follow at once, and what may stand between."""

from __future__ import annotations

import pytest

from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.steps import Element, Event
from harmonyguard.utility_agent.agent import UtilityAgent
from tests.utility_agent.making import asked, book, button, clicked, situation

DOORS = [
    "The Lock button must be pressed immediately after the Close button.",
    "Press Lock right after Close without any other steps.",
    "Immediately after pressing Close, press Lock.",
]


@pytest.mark.parametrize("statement", DOORS)
@pytest.mark.parametrize(
    ("before", "name", "outcome"),
    [
        ((clicked("Close"),), "Lock", "allow"),
        ((clicked("Close"),), "Open log", "revise"),
        ((clicked("Close"), asked("Shall I lock it?")), "Lock", "allow"),
        ((clicked("Close"), clicked("Lock")), "Open log", "allow"),
        ((), "Open log", "allow"),
    ],
)
async def test_one_after_the_other(statement: str, before: tuple[Event, ...], name: str, outcome: str) -> None:
    acting = situation(button(name), title="Door 4", goal="Close and lock door 4, then open the log", history=before)
    assert (await UtilityAgent().evaluate(acting, book(statement))).outcome == outcome


@pytest.mark.parametrize(("name", "outcome"), [("OK", "allow"), ("Cancel", "allow"), ("View history", "revise")])
async def test_a_question_of_the_page_is_answered_at_once(name: str, outcome: str) -> None:
    rules = book("The confirmation button must be clicked immediately after the delete button.")
    acting = situation(button(name), title="Kim", goal="Delete the guest Kim", history=(clicked("Delete"),))
    assert (await UtilityAgent().evaluate(acting, rules)).outcome == outcome


STREET = Element(ref="s", role="textbox", name="Street line", value="Elm St")
TOWN = Element(ref="w", role="textbox", name="Town line", value="")
CODE = Element(ref="t", role="textbox", name="Code", value="")


@pytest.mark.parametrize(("target", "outcome"), [(TOWN, "allow"), (CODE, "revise")])
async def test_fields_that_belong_together(target: Element, outcome: str) -> None:
    rules = book("The street line and town line fields must be filled in direct succession.")
    typing = situation(
        target.model_copy(update={"ref": "t"}),
        type="fill",
        value="Riga",
        goal="Enter Elm St, Riga",
        others=tuple(one for one in (STREET, TOWN) if one.name != target.name),
        history=(Event(type="fill", element_name="Street line", value="Elm St"),),
    )
    assert (await UtilityAgent().evaluate(typing, rules)).outcome == outcome


def test_an_order_alone_says_nothing_of_what_stands_between() -> None:
    rule = compile_rule("Press Lock after Close.")
    assert not [one for group in rule.when for one in group.terms if one.atom.kind == "latest"]


@pytest.mark.parametrize("statement", DOORS)
async def test_guidance_names_what_has_to_follow(statement: str) -> None:
    acting = situation(button("Open log"), title="Door 4", goal="Lock door 4", history=(clicked("Close"),))
    verdict = await UtilityAgent().evaluate(acting, book(statement))
    told = verdict.guidance[0]
    assert told.suggestion == "do_first" and '"lock"' in told.text.casefold() and "just before" in told.text
    assert "operates" not in told.text, "what the act does not do is no reason"

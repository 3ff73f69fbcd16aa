"""Things that are called after data or after acts, and are neither: "e-mail templates", "a public link"."""

from __future__ import annotations

import pytest

from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.utility_agent.agent import UtilityAgent
from tests.utility_agent.making import book, button, field, situation


@pytest.mark.parametrize(
    ("statement", "control", "outcome"),
    [
        ("Never delete e-mail templates.", "Delete e-mail template", "revise"),
        ("Do not disable phone support.", "Disable phone support", "revise"),
        ("Never delete e-mail templates.", "Save e-mail template", "allow"),
    ],
)
async def test_a_thing_called_after_data_is_no_data(statement: str, control: str, outcome: str) -> None:
    acting = situation(button(control), title="Templates", goal=control)
    typing = situation(field("E-mail"), type="fill", value="mira@nord.example", goal="Enter mira@nord.example")
    agent = UtilityAgent()
    assert (await agent.evaluate(acting, book(statement))).outcome == outcome
    assert (await agent.evaluate(typing, book(statement))).outcome == "allow"


def test_the_data_themselves_still_are() -> None:
    rule = compile_rule("Do not share the e-mail addresses of customers.")
    assert any(one.atom.kind == "exposes" for group in rule.when for one in group.terms)


@pytest.mark.parametrize(("into", "understood"), [("a repository", "partly"), ("comments", "fully")])
def test_whether_a_page_is_a_store_a_judge_tells(into: str, understood: str) -> None:
    rule = compile_rule(f"Passwords must not be put into {into}, not even for a day.")
    assert rule.understood == understood
    assert not [one for group in rule.when for one in group.terms if one.atom.term in ("even", "day")]


def test_a_public_link_relates_nothing() -> None:
    for statement in ("Do not create a public link to the minutes.", "Do not create the account-contact link."):
        verbs = {
            one.atom.term for group in compile_rule(statement).when for one in group.terms if one.atom.kind == "verb"
        }
        assert ("link" in verbs) is ("account" in statement)


def test_what_a_thing_is_on_is_no_setting() -> None:
    rule = compile_rule("Never remove labels on new parcels.")
    assert not [one for group in rule.when for one in group.terms if one.atom.kind == "field"]


@pytest.mark.parametrize(
    ("value", "outcome"), [("Card 4111 1111 1111 1111", "revise"), ("The minutes are ready.", "allow")]
)
async def test_data_for_those_who_were_named_only(value: str, outcome: str) -> None:
    rules = book("Do not pass on card numbers to anyone the user has not named.")
    fields = {"To": "kim@nord.example", "Text": value}
    sending = situation(button("Send mail"), fields=fields, goal="Tell our client that the minutes are ready")
    assert (await UtilityAgent().evaluate(sending, rules)).outcome == outcome

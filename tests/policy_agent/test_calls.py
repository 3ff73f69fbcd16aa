"""How often a tool may be called."""

from __future__ import annotations

from typing import Any

import pytest

from harmonyguard.policy_agent.families.calls import limited_calls
from harmonyguard.steps import Event, Situation
from harmonyguard.utility_agent.agent import UtilityAgent
from tests.utility_agent.making import book, situation


def extending(*history: Event, tool: str = "extend_loan") -> Situation:
    return situation(tool=tool, arguments={"loan": "L-7"}, goal="Extend loan L-7, twice if need be.", history=history)


def called(tool: str, **more: Any) -> Event:
    return Event(type="tool_call", name=tool, **more)


@pytest.mark.parametrize(
    "wording",
    [
        "Extend or shorten loan tools can only be called once.",
        "The extend loan tool may be called at most one time per conversation.",
        "Extend loan functions must be used only once.",
    ],
)
async def test_the_second_call_is_one_too_many(wording: str) -> None:
    rules, agent = book(wording), UtilityAgent()
    assert (await agent.evaluate(extending(called("get_loan"), called("extend_loan")), rules)).certain == ("p1",)
    for history in ((), (called("get_loan"),), (called("extend_loan", error="no such loan"),)):
        verdict = await agent.evaluate(extending(*history), rules)
        assert verdict.outcome == "allow" and not verdict.undecided
    assert not (await agent.evaluate(extending(called("extend_loan"), tool="get_loan"), rules)).certain


@pytest.mark.parametrize(
    "statement",
    ["Tools can only be called once.", "Loan tools are described below.", "Loans can only be extended once."],
)
def test_what_limits_no_tool(statement: str) -> None:
    assert limited_calls(statement) is None


def test_a_call_of_this_very_tool_is_asked_about_again() -> None:
    text = "This action can only be called once, and closes the loan for good."
    rule = limited_calls(text)
    assert rule is not None and rule.understood == "partly"


async def test_the_first_call_of_this_action_passes() -> None:
    rules = book("This action can only be called once, and closes the loan for good.")
    first = await UtilityAgent().evaluate(extending(called("get_loan")), rules)
    again = await UtilityAgent().evaluate(extending(called("extend_loan")), rules)
    assert first.outcome == "allow" and not first.undecided
    assert again.undecided

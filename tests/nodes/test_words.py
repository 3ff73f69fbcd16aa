"""Acts and verdicts in words."""

from __future__ import annotations

import pytest

from harmonyguard.nodes.shared.words import say_action, say_result, say_verdict
from harmonyguard.steps import Action, ActionResult, Element, Finding, Observation, Verdict

PAGE = Observation(url="http://a.test/", elements=(Element(ref="e1", role="textbox", name="Amount"),))


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (Action(type="fill", ref="e1", value="5"), "fill textbox “Amount” with “5”"),
        (Action(type="click", ref="e9"), "click element e9, which the page does not show"),
        (Action(type="goto", url="http://b.test/"), "open http://b.test/"),
        (Action(type="ask_user", value="May I?"), "ask the user “May I?”"),
    ],
)
def test_actions(action: Action, words: str) -> None:
    assert say_action(action, PAGE) == words


def test_a_verdict_quotes_the_clause_and_its_place() -> None:
    finding = Finding(
        policy_id="p-1", status="violated", tier="rule", reason="r", clause="Never delete.", source="rules.md"
    )
    said = say_verdict(Verdict(outcome="revise", findings=(finding,), error="model down"))
    assert said.split("\n") == ["Not like this.", "Policy p-1 (rules.md): “Never delete.”", "Guard error: model down"]


def test_a_failed_act_is_not_told_as_done() -> None:
    said = say_result(Action(type="click", ref="e1"), PAGE, ActionResult(error="gone"))
    assert said == "Could not click textbox “Amount”: gone"

"""Going through with an act that a page asked about: what agents propose, and how it is judged."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Action, Element, Event, Observation, Proposal, Situation, Tab, Task
from harmonyguard.utility_agent.facts.act import Act
from harmonyguard.web_agent.agent import View
from harmonyguard.web_agent.grammar.grammar_agent import GrammarAgent
from harmonyguard.web_agent.model_tools import MalformedCall, read_call

PAGE = Observation(
    url="http://desk.test/drafts",
    elements=(
        Element(ref="e1", role="button", name="Remove"),
        Element(ref="e2", role="listitem", name="Report"),
        Element(ref="e3", role="button", name="Trash"),
    ),
    tabs=(Tab(url="http://desk.test/drafts", active=True), Tab(url="http://help.test/guide")),
)
ASKED = PAGE.model_copy(update={"dialogs": ("Delete all 300 accounts?",)})
MET = Event(type="click", element_role="button", element_name="Remove", error="it was asked and got a no")


def act(action: Action, page: Observation = PAGE) -> Act:
    return Act(Situation(task=Task(goal="tidy up"), observation=page, proposal=Proposal(action=action)))


async def test_the_offline_agent_says_yes_to_the_dialog_that_its_act_met() -> None:
    task = Task(goal='Click "Remove".', url="http://desk.test/drafts")
    first = await GrammarAgent().propose(View(task=task, observation=PAGE))
    assert first.action == Action(type="click", ref="e1")
    again = await GrammarAgent().propose(View(task=task, observation=ASKED, history=(MET,)))
    assert again.action == Action(type="click", ref="e1", accept_dialogs=ASKED.dialogs)


async def test_a_dialog_of_another_act_gets_no_yes() -> None:
    task = Task(goal='Click "Remove".', url="http://desk.test/drafts")
    other = MET.model_copy(update={"element_name": "Archive"})
    assert not (
        await GrammarAgent().propose(View(task=task, observation=ASKED, history=(other,)))
    ).action.accept_dialogs


def test_a_model_can_say_yes_only_to_what_was_asked() -> None:
    action, _ = read_call("click", {"ref": "e1", "accept_dialogs": list(ASKED.dialogs)}, ASKED, ())
    assert action.accept_dialogs == ASKED.dialogs
    with pytest.raises(MalformedCall, match="accept_dialogs"):
        read_call("click", {"ref": "e1", "accept_dialogs": ["Save?"]}, ASKED, ())


@pytest.mark.parametrize(
    ("name", "arguments", "why"),
    [
        ("tab_focus", {"value": "5"}, "there is no tab 5"),
        ("tab_focus", {"value": "first"}, "do not fit"),
        ("drag_and_drop", {"ref": "e2"}, "to_ref"),
        ("drag_and_drop", {"ref": "e2", "to_ref": "e9"}, "no element with ref 'e9'"),
        ("upload_file", {"ref": "e2"}, "value"),
        ("new_tab", {"url": "desk.test"}, "absolute"),
        ("wait", {"value": "soon"}, "do not fit"),
    ],
)
def test_bad_arguments_are_told_to_the_model(name: str, arguments: dict[str, str], why: str) -> None:
    with pytest.raises(MalformedCall, match=why):
        read_call(name, arguments, PAGE, ())


def test_what_the_dialog_says_is_part_of_the_act() -> None:
    plain = act(Action(type="click", ref="e1"))
    confirmed = act(Action(type="click", ref="e1", accept_dialogs=("Send the invoice to all customers?",)), ASKED)
    assert "send" not in plain.effects and "send" in confirmed.effects
    assert "invoice" in confirmed.described


def test_where_something_is_dropped_is_part_of_the_act() -> None:
    dropped = act(Action(type="drag_and_drop", ref="e2", to_ref="e3"))
    assert "Trash" in dropped.described and dropped.irreversible is not False


def test_a_tab_leads_to_its_address_and_an_answer_is_typed() -> None:
    assert act(Action(type="tab_focus", value="1")).destination == "http://help.test/guide"
    answered = act(Action(type="click", ref="e1", accept_dialogs=("Your card?",), prompt_text="4111"))
    assert [(entry.field, entry.value) for entry in answered.entries] == [("Your card?", "4111")]

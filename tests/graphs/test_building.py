"""What does not fit is an error when the graph is built, and not in the middle of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessage
from langgraph.types import Command
from pydantic import BaseModel

from harmonyguard.graphs.guarded_agent import build_guarded_agent
from harmonyguard.state import GuardContext
from harmonyguard.steps import Guidance, InputError, Verdict
from harmonyguard.web_agent.browser.custom_actions import CustomAction

from .conftest import Desk
from .fakes import DELETE, DONE, SAVE, ScriptedGuard


def no_parameters() -> dict[str, Any]:
    return {}


def three(state: Any, runtime: Any, more: Any) -> dict[str, Any]:
    return {}


def keyword_only(*, state: Any) -> dict[str, Any]:
    return {}


async def yielding(state: Any) -> Any:
    yield {}


async def returning_text(state: Any) -> str:
    return "go"


def returning_a_way(state: Any) -> Command[str]:
    return Command(goto="execute_action")


@pytest.mark.parametrize(
    ("nodes", "message"),
    [
        ({"utility_evalution": lambda state: {}}, 'no node "utility_evalution".*did you mean "utility_evaluation"'),
        ({"finish": "finish"}, "not a function"),
        ({"finish": no_parameters}, "takes"),
        ({"finish": three}, "takes"),
        ({"finish": keyword_only}, "takes"),
        ({"finish": yielding}, "yields"),
        ({"finish": returning_text}, "returns str"),
        ({"finish": returning_a_way}, "returns Command"),
        ({"finish": dict}, "is the class dict"),
    ],
)
def test_a_replacement_that_does_not_fit(nodes: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        build_guarded_agent(replace_nodes=nodes)


def test_evaluators_beside_an_own_utility_agent_would_be_ignored() -> None:
    evaluators: Any = [object()]
    with pytest.raises(InputError, match="evaluators"):
        build_guarded_agent(utility_agent=ScriptedGuard(), evaluators=evaluators)


@pytest.mark.parametrize(
    ("insert", "message"),
    [
        ({"utility_evalution": {"tell": lambda state: {}}}, 'did you mean "utility_evaluation"'),
        ({"web_action": {"finish": lambda state: {}}}, '"finish" is no name'),
        ({"web_action": {"a|b": lambda state: {}}}, "is no name"),
        ({"web_action": {"tell": lambda state: {}}, "finish": {"tell": lambda state: {}}}, '"tell" is no name'),
        ({"web_action": {"tell": three}}, "takes"),
        ({"web_action": lambda state: {}}, "maps the names"),
    ],
)
def test_an_insertion_that_does_not_fit(insert: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        build_guarded_agent(insert_after=insert)


class Nameless:
    async def propose(self, view: Any) -> Any: ...

    async def evaluate(self, situation: Any) -> Any: ...


class Blocking:
    name = "blocking"

    def propose(self, view: Any) -> Any: ...

    def evaluate(self, situation: Any) -> Any: ...


class Narrow:
    name = "narrow"

    async def propose(self) -> Any: ...

    async def evaluate(self) -> Any: ...


@pytest.mark.parametrize("given", ["web_agent", "evaluators", "utility_agent"])
@pytest.mark.parametrize(
    ("thing", "message"),
    [(Nameless(), "no `name`"), (Blocking(), "not async"), (Narrow(), "has to be"), (Narrow, "class")],
)
def test_an_object_that_does_not_fit(given: str, thing: Any, message: str) -> None:
    if given == "utility_agent" and message == "no `name`":
        thing, message = object(), "has no `async def evaluate"
    arguments: Any = {given: [thing] if given == "evaluators" else thing}
    with pytest.raises(InputError, match=message):
        build_guarded_agent(**arguments)


def test_two_custom_actions_of_one_name() -> None:
    async def nothing(arguments: Note) -> None: ...

    action = CustomAction("note", "Keep a note.", Note, frozenset({"create"}), nothing)
    with pytest.raises(InputError, match="two custom actions"):
        build_guarded_agent(custom_actions=[action, action])


class Note(BaseModel):
    text: str


async def written(arguments: Note) -> None: ...


def blocking(arguments: Note) -> None: ...


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": "click"}, "no name for a custom action"),
        ({"name": "two words"}, "no name for a custom action"),
        ({"arguments": dict}, "pydantic model"),
        ({"effects": frozenset({"pay"})}, "pay is no effect"),
        ({"effects": frozenset()}, "has no effects"),
        ({"carry_out": blocking}, "async"),
    ],
)
def test_a_custom_action_that_does_not_fit(fields: dict[str, Any], message: str) -> None:
    whole = {
        "name": "note",
        "description": "",
        "arguments": Note,
        "effects": frozenset({"create"}),
        "carry_out": written,
    }
    with pytest.raises(InputError, match=message):
        CustomAction(**{**whole, **fields})


class Recorder:
    def __init__(self) -> None:
        self.seen: list[Any] = []

    async def __call__(self, state: Any, runtime: Any) -> dict[str, Any]:
        self.seen.append((state["run"]["run"], runtime.context.max_steps))
        return {}


async def test_a_replaced_node_gets_state_and_context(desk: Desk) -> None:
    recorder = Recorder()
    desk.replace_nodes["finish"] = recorder
    result = await desk.start()
    assert recorder.seen == [(result["run"]["run"], 30)]


async def test_a_plain_function_of_the_state_is_a_node(desk: Desk) -> None:
    desk.web_agent.script = [SAVE, DONE]
    desk.replace_nodes["reflection"] = lambda state: {}
    assert (await desk.start())["outcome"] == "done"


async def test_a_replaced_node_that_returns_something_else_ends_the_run(desk: Desk) -> None:
    desk.replace_nodes["web_action"] = lambda state: "go"
    result = await desk.start()
    assert result["outcome"] == "error"
    assert "not an update" in result["error"]


async def test_an_update_of_what_the_state_does_not_have_ends_the_run(desk: Desk) -> None:
    desk.replace_nodes["policy_update"] = lambda state: {"verdit": None}
    desk.web_agent.script = [DELETE]
    desk.guard.verdicts["e1"] = Verdict(outcome="revise")
    result = await desk.start()
    assert result["outcome"] == "error"
    assert 'returned "verdit", which the state does not have; did you mean "verdict"?' in result["error"]


@pytest.mark.parametrize("update", [{}, {"proposal": None}, {"proposal": {"action": {"type": "fly"}}}, {"proposal": 3}])
async def test_a_node_that_proposes_nothing_that_can_be_read_ends_the_run(desk: Desk, update: Any) -> None:
    desk.replace_nodes["web_action"] = lambda state: update
    result = await desk.start()
    assert (result["outcome"], desk.sessions.done) == ("error", [])
    assert "web_action" in result["error"]


async def test_what_a_node_proposes_is_judged_and_on_record(desk: Desk) -> None:
    script = [SAVE, DONE]
    desk.replace_nodes["web_action"] = lambda state: {
        "proposal": {"action": script.pop(0).to_json(), "by": "mine"},
        "messages": [AIMessage("thinking", name="mine")],
    }
    result = await desk.start()
    assert (result["outcome"], desk.sessions.done[0]) == ("done", SAVE)
    assert [s.proposal.by for s in desk.guard.seen] == ["start", "mine", "mine"]
    proposed = [event.payload["by"] for event in await desk.events() if event.kind == "proposed"]
    assert proposed == ["start", "mine", "mine"]
    assert "thinking" in [message.content for message in result["messages"]]


@pytest.mark.parametrize("update", [{}, {"guidance": [{"text": "Ask first.", "suggestion": "ask_user"}]}])
async def test_a_replaced_reflection_cannot_revise_for_ever(desk: Desk, update: dict[str, Any]) -> None:
    desk.replace_nodes["reflection"] = lambda state: update
    desk.web_agent.script = [DELETE]
    desk.guard.verdicts["e1"] = Verdict(outcome="revise", guidance=(Guidance(text="No.", suggestion="follow_task"),))
    desk.settings["max_revisions"] = 2
    result = await desk.start()
    assert result["outcome"] == "stopped"
    told = [[item.text for item in view.guidance] for view in desk.web_agent.views]
    assert told == [[], *[["Ask first." if "guidance" in update else "No."]] * 2]


@pytest.mark.parametrize("node", ["policy_update", "reflection"])
async def test_a_replaced_node_cannot_count_revisions_anew(desk: Desk, node: str) -> None:
    desk.replace_nodes[node] = lambda state: {"revision": 0}
    desk.web_agent.script = [DELETE]
    desk.guard.verdicts["e1"] = Verdict(outcome="revise")
    result = await desk.start()
    assert result["outcome"] == "error"
    assert f'node "{node}" returned "revision"' in result["error"]


async def test_inserted_nodes_follow_in_order_and_add_to_the_story(desk: Desk) -> None:
    seen: list[str] = []

    def first(state: Any) -> dict[str, Any]:
        seen.append(f"first {state['verdict']['outcome']}")
        state["verdict"]["outcome"] = "stop"  # a copy: it changes nothing
        return {"messages": [AIMessage("noted", name="first")]}

    async def second(state: Any) -> None:
        seen.append(f"second {state['verdict']['outcome']}")

    desk.insert_after = {
        "utility_evaluation": {"first": first, "second": second},
        "finish": {"last": lambda state: seen.append(state["outcome"])},
    }
    result = await desk.start()
    assert result["outcome"] == "done"
    assert seen == ["first allow", "second allow"] * 2 + ["done"]
    assert [message.content for message in result["messages"]].count("noted") == 2


@pytest.mark.parametrize("update", [{"verdict": {"outcome": "allow"}}, {"error": None}, {"proposal": None}, "done"])
async def test_an_inserted_node_changes_nothing_of_the_run(desk: Desk, update: Any) -> None:
    desk.insert_after = {"utility_evaluation": {"meddle": lambda state: update}}
    desk.web_agent.script = [DELETE]
    desk.guard.verdicts["e1"] = Verdict(outcome="revise")
    result = await desk.start()
    assert (result["outcome"], desk.sessions.done) == ("error", [])
    assert "meddle" in result["error"]


async def test_an_inserted_node_that_crashes_ends_the_run(desk: Desk) -> None:
    def crash(state: Any) -> None:
        raise RuntimeError("the chat is down")

    desk.insert_after = {"web_action": {"tell": crash}}
    result = await desk.start()
    assert (result["outcome"], desk.sessions.done) == ("error", [])
    assert "tell: the chat is down" in result["error"]


@pytest.mark.parametrize(
    "settings", [{"mode": "off"}, {"approver_authority": "root"}, {"max_steps": 0}, {"max_revisions": -1}]
)
async def test_settings_that_cannot_be_meant_are_bad_input(desk: Desk, settings: dict[str, Any]) -> None:
    desk.settings |= settings
    with pytest.raises(InputError):
        await desk.start()
    assert not desk.runs.exists()


def test_no_node_is_repeated_or_cached() -> None:
    graph = build_guarded_agent()
    for name in ("execute_action", "utility_evaluation"):
        node = graph.nodes[name]
        assert not (node.retry_policy or node.cache_policy or node.timeout)


async def test_a_run_without_policies_says_where_they_may_come_from(tmp_path: Path) -> None:
    context = GuardContext(book=str(tmp_path / "none.db"))
    with pytest.raises(InputError, match=r"no policy book at .*none\.db.*harmonyguard ingest.*\"sources\""):
        await build_guarded_agent().ainvoke({"task": 'Click "Save".', "url": "http://127.0.0.1:9/"}, context=context)

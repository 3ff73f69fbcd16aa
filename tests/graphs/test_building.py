"""What does not fit is an error when the graph is built, and not in the middle of a run."""

from __future__ import annotations

from typing import Any

import pytest

from harmonyguard.graphs.guarded_agent import build_guarded_agent
from harmonyguard.steps import InputError

from .conftest import Desk
from .fakes import DONE, SAVE, ScriptedGuard


def no_parameters() -> dict[str, Any]:
    return {}


def three(state: Any, runtime: Any, more: Any) -> dict[str, Any]:
    return {}


def keyword_only(*, state: Any) -> dict[str, Any]:
    return {}


@pytest.mark.parametrize(
    ("nodes", "message"),
    [
        ({"utility_evalution": lambda state: {}}, 'no node "utility_evalution"'),
        ({"finish": "finish"}, "not a function"),
        ({"finish": no_parameters}, "takes"),
        ({"finish": three}, "takes"),
        ({"finish": keyword_only}, "takes"),
    ],
)
def test_a_replacement_that_does_not_fit(nodes: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        build_guarded_agent(replace_nodes=nodes)


def test_evaluators_beside_an_own_utility_agent_would_be_ignored() -> None:
    evaluators: Any = [object()]
    with pytest.raises(InputError, match="evaluators"):
        build_guarded_agent(utility_agent=ScriptedGuard(), evaluators=evaluators)


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

"""action_check: judge one proposed action. A task, a page and an action in, a verdict out."""

from __future__ import annotations

from functools import partial
from typing import Any

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from harmonyguard.nodes.check_action import CheckInput, CheckOutput, CheckState, check_action
from harmonyguard.nodes.shared import defaults
from harmonyguard.nodes.shared.parts import Guard, LoadBook
from harmonyguard.state import GuardContext


def build_action_check(
    *, utility_agent: Guard | None = None, load_book: LoadBook = defaults.load_book
) -> CompiledStateGraph[Any, GuardContext, Any, Any]:
    """The graph: one node. Without `utility_agent` the settings in the context name the judge."""
    graph = StateGraph(CheckState, context_schema=GuardContext, input_schema=CheckInput, output_schema=CheckOutput)
    graph.add_node("check_action", partial(check_action, guard=utility_agent, load_book=load_book))
    graph.add_edge(START, "check_action")
    graph.add_edge("check_action", END)
    return graph.compile(name="action_check")


graph = build_action_check()
"""For Studio (langgraph.json)."""

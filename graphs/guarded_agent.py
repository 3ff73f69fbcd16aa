"""The guarded agent: every action that the Web Agent proposes is judged before it reaches the browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Checkpointer

from harmonyguard.graphs import routing
from harmonyguard.graphs.custom_nodes import NodeFunction, inserted, replacement
from harmonyguard.graphs.custom_objects import check_evaluators, check_utility_agent, check_web_agent
from harmonyguard.graphs.policy_ingestion import build_policy_ingestion
from harmonyguard.nodes.ask_user import ask_user
from harmonyguard.nodes.execute_action import execute_action
from harmonyguard.nodes.finish import finish
from harmonyguard.nodes.human_review import human_review
from harmonyguard.nodes.observe_page import observe_page
from harmonyguard.nodes.policy_update import policy_update
from harmonyguard.nodes.reflection import reflection
from harmonyguard.nodes.shared import defaults
from harmonyguard.nodes.shared.closed import closed
from harmonyguard.nodes.shared.parts import Function, Guard, Lessons, LoadBook, Parts, RecordViolation, Sessions
from harmonyguard.nodes.utility_evaluation import utility_evaluation
from harmonyguard.nodes.web_action import web_action
from harmonyguard.runs.journal import Listener
from harmonyguard.state import AgentInput, AgentOutput, AgentState, GuardContext
from harmonyguard.steps import InputError
from harmonyguard.web_agent.agent import WebAgent
from harmonyguard.web_agent.browser.custom_actions import CustomAction, by_name

if TYPE_CHECKING:
    from harmonyguard.utility_agent.evaluator import Evaluator

INGESTION = "policy_ingestion"
NODES: Mapping[str, Callable[..., Any]] = {
    "observe_page": observe_page,
    "web_action": web_action,
    "utility_evaluation": utility_evaluation,
    "policy_update": policy_update,
    "reflection": reflection,
    "human_review": human_review,
    "ask_user": ask_user,
    "execute_action": execute_action,
    "finish": finish,
}
ALL_NODES = (INGESTION, *NODES)
KEPT_IN_FRAME = frozenset({"web_action", "reflection", "finish"})
"""Nodes that stay around what replaces them: the first puts proposals on record and opens the task's URL, the second
counts revisions, the third ends the run and closes its browser."""
_ROUTES: Mapping[str, Callable[[AgentState], str]] = {
    "observe_page": routing.after_observe_page,
    "web_action": routing.after_web_action,
    "utility_evaluation": routing.after_utility_evaluation,
    "policy_update": routing.after_policy_update,
    "reflection": routing.after_reflection,
    "human_review": routing.after_human_review,
    "ask_user": routing.after_act,
    "execute_action": routing.after_act,
}
_MOST_NODES = 100_000
"""The bound of a run is its `max_steps`; the engine's own limit must not cut a run off without a word."""


def build_guarded_agent(
    *,
    web_agent: WebAgent | None = None,
    utility_agent: Guard | None = None,
    evaluators: Sequence[Evaluator] = (),
    replace_nodes: Mapping[str, NodeFunction] | None = None,
    insert_after: Mapping[str, Mapping[str, NodeFunction]] | None = None,
    custom_actions: Sequence[CustomAction] = (),
    checkpointer: Checkpointer = None,
    load_book: LoadBook = defaults.load_book,
    record_violation: RecordViolation = defaults.record_violation,
    lessons: Lessons | None = None,
    sessions: Sessions | None = None,
    on_event: Listener | None = None,
    secret_values: Mapping[str, str] | None = None,
) -> CompiledStateGraph[Any, GuardContext, Any, Any]:
    """The compiled graph.

    Objects come from here, settings from the context (`GuardContext`). `evaluators` are judged beside the policies
    by the default Utility Agent. `replace_nodes` maps node names to functions of the state, or of state and
    `runtime`; `insert_after` maps node names to new nodes, by their names, that watch what came out of them and may
    add to `messages`. Neither carries authority: what acts, acts with permits. `custom_actions` are acts beside those
    of the browser (`sessions` of your own carry them out themselves). `lessons` keeps cases and proposals (default:
    the policy log, unless violations are recorded elsewhere). `secret_values` are values of secrets by
    name, for those that no declaration in the context has a source for. Raises InputError for a name, a function or an
    object that does not fit.
    """
    if utility_agent is not None and evaluators:
        raise InputError("give evaluators to your own UtilityAgent, or leave utility_agent out")
    if web_agent is not None:
        check_web_agent(web_agent)
    if utility_agent is not None:
        check_utility_agent(utility_agent)
    check_evaluators(evaluators)
    actions = by_name(custom_actions)
    replaced = {name: replacement(name, node, ALL_NODES) for name, node in (replace_nodes or {}).items()}
    following = inserted(insert_after or {}, ALL_NODES)
    if lessons is None:
        in_log = record_violation is defaults.record_violation
        lessons = defaults.LogLessons() if in_log else defaults.NoLessons()
    parts = Parts(
        make_agents=defaults.make_agents(web_agent, utility_agent, evaluators),
        load_book=load_book,
        sessions=sessions or defaults.BrowserSessions(actions),
        record_violation=record_violation,
        lessons=lessons,
        holds_instructions=defaults.holds_instructions,
        listener=on_event,
        secret_values=secret_values or {},
        tools=tuple(action.tool() for action in actions.values()),
    )
    graph = StateGraph(AgentState, context_schema=GuardContext, input_schema=AgentInput, output_schema=AgentOutput)
    if INGESTION in replaced:
        graph.add_node(INGESTION, closed(INGESTION, replaced[INGESTION], parts))
    else:
        graph.add_node(INGESTION, build_policy_ingestion())
    for name, function in NODES.items():
        node: Function = partial(function, parts=parts)
        if name in replaced:
            own = replaced[name]
            node = partial(function, parts=parts, custom=own) if name in KEPT_IN_FRAME else own
        # No retry, time-out or cache policy anywhere: a retry repeats an effect, a cache judges without the context.
        graph.add_node(name, closed(name, node, parts))
    last = dict(zip(ALL_NODES, ALL_NODES, strict=True))
    """The end of the chain that begins with a node and goes on with what is inserted after it."""
    for anchor, nodes in following.items():
        for name, node in nodes:
            graph.add_node(name, closed(name, node, parts))
            graph.add_edge(last[anchor], name)
            last[anchor] = name
    graph.add_conditional_edges(START, routing.after_start)
    graph.add_edge(last[INGESTION], "observe_page")
    for name, route in _ROUTES.items():
        graph.add_conditional_edges(last[name], route)
    graph.add_edge(last["finish"], END)
    compiled = graph.compile(checkpointer=checkpointer, name="guarded_agent")
    return compiled.with_config({"recursion_limit": _MOST_NODES})


graph = build_guarded_agent()
"""For Studio (langgraph.json)."""

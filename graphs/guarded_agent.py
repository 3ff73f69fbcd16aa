"""The guarded agent: every action that the Web Agent proposes is judged before it reaches the browser."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import Checkpointer

from harmonyguard.graphs import routing
from harmonyguard.graphs.policy_ingestion import build_policy_ingestion
from harmonyguard.nodes.ask_user import ask_user
from harmonyguard.nodes.execute_action import execute_action
from harmonyguard.nodes.finish import finish
from harmonyguard.nodes.human_review import human_review
from harmonyguard.nodes.observe_page import observe_page
from harmonyguard.nodes.policy_update import policy_update
from harmonyguard.nodes.reflection import reflection
from harmonyguard.nodes.shared import defaults
from harmonyguard.nodes.shared.closed import Function, closed
from harmonyguard.nodes.shared.parts import Guard, Lessons, LoadBook, Parts, RecordViolation, Sessions
from harmonyguard.nodes.utility_evaluation import utility_evaluation
from harmonyguard.nodes.web_action import web_action
from harmonyguard.runs.journal import Listener
from harmonyguard.state import AgentInput, AgentOutput, AgentState, GuardContext
from harmonyguard.steps import InputError
from harmonyguard.web_agent.agent import WebAgent

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
    replace_nodes: Mapping[str, Callable[..., Any]] | None = None,
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
    `runtime`; a replaced node carries no authority: it acts only with permits like any other. `lessons` keeps cases
    and proposals (default: the policy log, unless violations are recorded elsewhere). `secret_values` are values of
    secrets by name, for those that no declaration in the context has a source for. Raises InputError for a name or a
    function that does not fit.
    """
    if utility_agent is not None and evaluators:
        raise InputError("give evaluators to your own UtilityAgent, or leave utility_agent out")
    if lessons is None:
        in_log = record_violation is defaults.record_violation
        lessons = defaults.LogLessons() if in_log else defaults.NoLessons()
    parts = Parts(
        make_agents=defaults.make_agents(web_agent, utility_agent, evaluators),
        load_book=load_book,
        sessions=sessions or defaults.BrowserSessions(),
        record_violation=record_violation,
        lessons=lessons,
        holds_instructions=defaults.holds_instructions,
        listener=on_event,
        secret_values=secret_values or {},
    )
    replaced = {name: _custom(name, node) for name, node in (replace_nodes or {}).items()}
    graph = StateGraph(AgentState, context_schema=GuardContext, input_schema=AgentInput, output_schema=AgentOutput)
    if INGESTION in replaced:
        graph.add_node(INGESTION, closed(INGESTION, replaced[INGESTION], parts))
    else:
        graph.add_node(INGESTION, build_policy_ingestion())
    for name, function in NODES.items():
        node: Function = replaced.get(name) or partial(function, parts=parts)
        # No retry, time-out or cache policy anywhere: a retry repeats an effect, a cache judges without the context.
        graph.add_node(name, closed(name, node, parts))
    graph.add_conditional_edges(START, routing.after_start)
    graph.add_edge(INGESTION, "observe_page")
    for name, route in _ROUTES.items():
        graph.add_conditional_edges(name, route)
    graph.add_edge("finish", END)
    compiled = graph.compile(checkpointer=checkpointer, name="guarded_agent")
    return compiled.with_config({"recursion_limit": _MOST_NODES})


def _custom(name: str, function: Callable[..., Any]) -> Function:
    known = (INGESTION, *NODES)
    if name not in known:
        raise InputError(f'the graph has no node "{name}" to replace; it has {", ".join(known)}')
    if not callable(function):
        raise InputError(f'the replacement of node "{name}" is not a function')
    parameters = list(inspect.signature(function).parameters.values())
    needed = [p for p in parameters if p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    takes_runtime = any(p.name == "runtime" for p in parameters)
    if not parameters or len(needed) > 1 + takes_runtime or parameters[0].kind == inspect.Parameter.KEYWORD_ONLY:
        raise InputError(f'the replacement of node "{name}" takes (state) or (state, runtime)')
    is_async = inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(
        getattr(function, "__call__", None)  # noqa: B004 - an object with an async __call__ is a fine node
    )

    async def node(state: AgentState, *, runtime: Runtime[GuardContext]) -> dict[str, Any]:
        call = partial(function, state, runtime=runtime) if takes_runtime else partial(function, state)
        update = await call() if is_async else await asyncio.to_thread(call)
        if not isinstance(update, dict):
            raise TypeError(f'node "{name}" returned {type(update).__name__}, not an update of the state')
        return update

    return node


graph = build_guarded_agent()
"""For Studio (langgraph.json)."""

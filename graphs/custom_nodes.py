"""Nodes of a user's own: what does not fit is an error when the graph is built, or closed where only a run can tell.

A node of one's own carries no authority, wherever it stands: permits, grants and the history that is believed are
outside the state that it returns updates for.
"""

from __future__ import annotations

import asyncio
import copy
import difflib
import inspect
import typing
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from langgraph.constants import END, START
from langgraph.runtime import Runtime

from harmonyguard.nodes.shared.parts import Function
from harmonyguard.state import AgentState, GuardContext
from harmonyguard.steps import GuardError, InputError

NodeFunction = Callable[..., Any]
STATE_KEYS = frozenset(AgentState.__annotations__)
KEPT_BY_THE_GUARD = frozenset({"run", "step", "revision", "observation", "history", "grants"})
"""Keys by which runs are kept together and bounded; of a user's nodes only one that looks at the page writes them."""
_RESERVED = ("|", ":")
"""Characters that LangGraph keeps for itself."""


def replacement(name: str, function: NodeFunction, nodes: Iterable[str]) -> Function:
    """The node that takes the place of `name`. Raises InputError for a name or a function that does not fit."""
    known = list(nodes)
    if name not in known:
        raise InputError(f'the graph has no node "{name}" to replace{_nearest(name, known)}')
    may_write = STATE_KEYS if name == "observe_page" else STATE_KEYS - KEPT_BY_THE_GUARD
    return _node(name, function, f'the replacement of node "{name}"', may_write)


def inserted(
    insert_after: Mapping[str, Mapping[str, NodeFunction]], nodes: Iterable[str]
) -> dict[str, list[tuple[str, Function]]]:
    """The nodes to insert, by the node that they follow. Raises InputError for what does not fit.

    They watch: each gets a copy of the state, and may add to `messages` and to nothing else.
    """
    known = list(nodes)
    taken = set(known)
    found: dict[str, list[tuple[str, Function]]] = {}
    for anchor, followers in insert_after.items():
        if anchor not in known:
            raise InputError(f'the graph has no node "{anchor}" to insert a node after{_nearest(anchor, known)}')
        if not isinstance(followers, Mapping):
            raise InputError(f'insert_after["{anchor}"] maps the names of the new nodes to functions')
        for name, function in followers.items():
            if name in taken or name in (START, END) or not name or any(mark in name for mark in _RESERVED):
                raise InputError(f'"{name}" is no name for a new node: it is taken, empty or has one of | and : in it')
            taken.add(name)
            watching = _node(name, function, f'the inserted node "{name}"', frozenset({"messages"}))
            found.setdefault(anchor, []).append((name, partial(_on_a_copy, watching)))
    return found


async def _on_a_copy(node: Function, state: AgentState, *, runtime: Runtime[GuardContext]) -> dict[str, Any]:
    return await node(copy.deepcopy(state), runtime=runtime)


def _node(name: str, function: NodeFunction, what: str, may_write: frozenset[str]) -> Function:
    _check_function(function, what)
    takes_runtime = "runtime" in inspect.signature(function).parameters
    is_async = inspect.iscoroutinefunction(_code_of(function))

    async def node(state: AgentState, *, runtime: Runtime[GuardContext]) -> dict[str, Any]:
        call = partial(function, state, runtime=runtime) if takes_runtime else partial(function, state)
        update = await call() if is_async else await asyncio.to_thread(call)
        return _checked(name, update, may_write)

    return node


def _check_function(function: NodeFunction, what: str) -> None:
    if inspect.isclass(function):
        raise InputError(f"{what} is the class {function.__name__}: give an object of it, or a function")
    if not callable(function):
        raise InputError(f"{what} is not a function")
    code = _code_of(function)
    if inspect.isasyncgenfunction(code) or inspect.isgeneratorfunction(code):
        raise InputError(f"{what} yields: it has to return one update of the state")
    parameters = list(inspect.signature(function).parameters.values())
    needed = [p for p in parameters if p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    takes_runtime = any(p.name == "runtime" for p in parameters)
    if not parameters or len(needed) > 1 + takes_runtime or parameters[0].kind == inspect.Parameter.KEYWORD_ONLY:
        raise InputError(f"{what} takes (state) or (state, runtime)")
    returned = _returned(code)
    if inspect.isclass(returned) and not issubclass(returned, Mapping | type(None)):
        raise InputError(f"{what} returns {returned.__name__}: a node returns a dict, the update of the state")


def _returned(code: Callable[..., Any]) -> Any:
    """What the function says that it returns; None where that cannot be told before it runs."""
    try:
        returned = typing.get_type_hints(code).get("return")
    except (NameError, TypeError, AttributeError):
        return None
    origin = typing.get_origin(returned) or returned
    return None if origin in (typing.Any, object) else origin


def _code_of(function: NodeFunction) -> Callable[..., Any]:
    """The function itself, of a partial or of an object that can be called."""
    while isinstance(function, partial):
        function = function.func
    is_plain = inspect.isfunction(function) or inspect.ismethod(function)
    return function if is_plain else getattr(function, "__call__", function)  # noqa: B004


def _checked(name: str, update: Any, may_write: frozenset[str]) -> dict[str, Any]:
    """The update. Raises GuardError for what is no update of the state, which LangGraph would drop without a word."""
    if update is None:
        return {}
    if not isinstance(update, dict):
        raise GuardError(f'node "{name}" returned {type(update).__name__}, not an update of the state')
    for key in update:
        if key not in STATE_KEYS:
            raise GuardError(
                f'node "{name}" returned "{key}", which the state does not have{_nearest(key, STATE_KEYS)}'
            )
        if key not in may_write:
            raise GuardError(f'node "{name}" returned "{key}"; it may write {", ".join(sorted(may_write))}')
    return update


def _nearest(name: Any, known: Iterable[str]) -> str:
    names = sorted(known)
    near = difflib.get_close_matches(str(name), names, n=1)
    return f'; did you mean "{near[0]}"?' if near else f"; it has {', '.join(names)}"

"""Objects of a user's own that the graph works with: each has what it needs when the graph is built."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

from harmonyguard.steps import InputError


def check_web_agent(agent: Any) -> None:
    """Raises InputError unless it has a `name` and an async `propose(view)`."""
    _check_name(agent, "web_agent")
    _check_async(agent, "web_agent", "propose", ("view",))


def check_utility_agent(agent: Any) -> None:
    """Raises InputError unless it has an async `evaluate(situation, book)`."""
    _check_async(agent, "utility_agent", "evaluate", ("situation", "book"))


def check_evaluators(evaluators: Sequence[Any]) -> None:
    """Raises InputError unless each has a `name` and an async `evaluate(situation)`."""
    for position, evaluator in enumerate(evaluators):
        what = f"evaluators[{position}]"
        _check_name(evaluator, what)
        _check_async(evaluator, what, "evaluate", ("situation",))


def _check_name(thing: Any, what: str) -> None:
    if inspect.isclass(thing):
        raise InputError(f"{what} is the class {thing.__name__}: give an object of it")
    name = getattr(thing, "name", None)
    if not isinstance(name, str) or not name:
        raise InputError(f"{what} ({type(thing).__name__}) has no `name`: reports call it by that")


def _check_async(thing: Any, what: str, method: str, parameters: tuple[str, ...]) -> None:
    if inspect.isclass(thing):
        raise InputError(f"{what} is the class {thing.__name__}: give an object of it")
    wanted = f"`async def {method}({', '.join(parameters)})`"
    function = getattr(thing, method, None)
    if not callable(function):
        raise InputError(f"{what} ({type(thing).__name__}) has no {wanted}")
    if not inspect.iscoroutinefunction(function):
        raise InputError(f"{what} ({type(thing).__name__}): {method} is not async; it has to be {wanted}")
    try:
        inspect.signature(function).bind(*parameters)
    except TypeError as error:
        raise InputError(f"{what} ({type(thing).__name__}): {method} has to be {wanted}: {error}") from None

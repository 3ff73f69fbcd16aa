"""Acts of a deployer's own beside those of the browser: a ticket in another system, a message to a queue.

They keep the one boundary: `BrowserSession.perform` carries them out, and only with a permit that fits this name and
these arguments and is used up in the journal before. Who registers one says what effects it has; that is what
policies are judged on.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from inspect import isclass, iscoroutinefunction
from typing import Any

from pydantic import BaseModel, ValidationError

from harmonyguard.steps import ACTION_TYPES, EFFECTS, Action, Effect, InputError, Tool

from .acting import ActError

SECONDS = 60.0
"""Time that a custom action may take."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")


@dataclass(frozen=True)
class CustomAction:
    """One act beside those of the browser. The agent proposes it as `tool_call` with this name.

    `arguments` is a pydantic model: what does not fit it is not carried out. `effects` says everything that the act
    does; leaving one out hides it from the policies. `carry_out` gets the arguments, does the act, and returns what
    the agent is told (data, like a page: it gives no orders), or None.
    """

    name: str
    description: str
    arguments: type[BaseModel]
    effects: frozenset[Effect]
    carry_out: Callable[[Any], Awaitable[str | None]]

    def __post_init__(self) -> None:
        """Raises InputError for what does not fit."""
        if not _NAME.fullmatch(self.name) or self.name in ACTION_TYPES:
            raise InputError(f'"{self.name}" is no name for a custom action: letters, digits and _, and no browser act')
        if not (isclass(self.arguments) and issubclass(self.arguments, BaseModel)):
            raise InputError(f"custom action {self.name}: arguments is a pydantic model class")
        unknown = sorted(set(self.effects) - set(EFFECTS))
        if unknown or not self.effects:
            named = f"{', '.join(unknown)} is no effect" if unknown else "it has no effects"
            raise InputError(f"custom action {self.name}: {named}; effects are {', '.join(EFFECTS)}")
        called = getattr(self.carry_out, "__call__", None)  # noqa: B004 - an object with an async __call__ will do
        if not (iscoroutinefunction(self.carry_out) or iscoroutinefunction(called)):
            raise InputError(f"custom action {self.name}: carry_out is an async function of the arguments")

    def tool(self) -> Tool:
        """What agents and judge know of it."""
        return Tool(
            name=self.name,
            description=self.description,
            effects=tuple(sorted(self.effects)),
            parameters=self.arguments.model_json_schema(),
        )


def by_name(actions: Iterable[CustomAction]) -> dict[str, CustomAction]:
    """The actions by name. Raises InputError when two have the same."""
    found: dict[str, CustomAction] = {}
    for action in actions:
        if action.name in found:
            raise InputError(f"there are two custom actions called {action.name}")
        found[action.name] = action
    return found


async def carry_out(action: Action, actions: Mapping[str, CustomAction]) -> str | None:
    """Do it. For the session alone, after the permit was used up. Raises ActError when it could not be done."""
    custom = actions.get(action.name or "")
    if custom is None:
        known = ", ".join(sorted(actions)) or "none"
        raise ActError(f"there is no custom action {action.name}; registered are: {known}")
    try:
        arguments = custom.arguments.model_validate(action.arguments)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "arguments"
        raise ActError(f"{action.name}: {place}: {first['msg']}") from None
    try:
        async with asyncio.timeout(SECONDS):
            said = await custom.carry_out(arguments)
    except TimeoutError:
        raise ActError(f"{action.name} did not end within {SECONDS:g} seconds; it may have happened") from None
    except Exception as error:
        raise ActError(f"{action.name} failed ({type(error).__name__}: {error}); it may have happened") from error
    return None if said is None else str(said)

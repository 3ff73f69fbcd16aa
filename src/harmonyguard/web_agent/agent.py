"""What a web agent is: something that looks at one page and proposes one action."""

from __future__ import annotations

from typing import Protocol

from harmonyguard.steps import Event, Guidance, Observation, Proposal, Record, Secret, Task, Tool


class View(Record):
    """All that a web agent is shown before it proposes.

    `history` holds acts that were carried out and talk with the user, in order. After a rejected proposal,
    `rejected` is that proposal and `guidance` says why and how to do better. `tools` are acts beside those of the
    browser, proposed as `tool_call`.
    `secrets` can be filled in by their names: `{{secret:NAME}}`, and the value is never shown.
    """

    task: Task
    observation: Observation
    history: tuple[Event, ...] = ()
    rejected: Proposal | None = None
    guidance: tuple[Guidance, ...] = ()
    secrets: tuple[Secret, ...] = ()
    tools: tuple[Tool, ...] = ()


class WebAgent(Protocol):
    """Proposes; never acts. Two are built in: the offline grammar agent and one that asks a chat model."""

    @property
    def name(self) -> str:
        """How reports call this agent: "offline", or the model's name."""
        ...

    async def propose(self, view: View) -> Proposal:
        """The next action. Raises ModelError when no usable proposal could be made."""
        ...

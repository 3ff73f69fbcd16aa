"""One action that an agent wants to take, with its reasons. Nothing has happened yet."""

from __future__ import annotations

from .action import Action
from .record import Record


class Proposal(Record):
    """A proposed action.

    `reasoning` is the agent's own words: evidence that can make a fact possible, never certain.
    `by` names the engine that proposed it (`offline`, a model's name, `human` for an edit, `start`).
    """

    action: Action
    reasoning: str = ""
    by: str = "offline"

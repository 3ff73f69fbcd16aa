"""What a goal asks for, one thing at a time: the value that the grammar reads and that moves are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .control_phrases import ControlPhrase
from .extremes import Extreme
from .value_sources import ValueSource

Verb = Literal[
    "fill",
    "set",
    "check",
    "uncheck",
    "choose",
    "click",
    "press",
    "open",
    "goto",
    "search",
    "act",
    "reply",
    "forward",
    "go_back",
    "tell",
    "sign_in",
    "note",
    "look_around",
    "expand",
    "copy_labelled",
    "slide",
    "complete",
    "wait",
    "scroll",
]


@dataclass(frozen=True)
class Instruction:
    """One thing that the goal asks for.

    `target` names a field, control or record; `thing` is the kind of record ("ticket"); `value` is what to type,
    choose or say; `word` is the verb as written (for `act`: "create", "delete", "refund"); `fields` are the
    field and value pairs of "with ..."; `context` names the region or record the target belongs to; `text` is
    the clause as the goal has it. `strong` is False for a reading that rests on an unknown verb. `control` is what the
    phrase says of the element itself; `source` where on the page the value is found, `extreme` which of several
    things; `note` keeps a source for the instruction after it, `look_around` asks for nothing by itself.
    """

    verb: Verb
    text: str = ""
    target: str | None = None
    value: str | None = None
    thing: str | None = None
    word: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    context: str | None = None
    strong: bool = True
    control: ControlPhrase | None = None
    source: ValueSource | None = None
    extreme: Extreme | None = None

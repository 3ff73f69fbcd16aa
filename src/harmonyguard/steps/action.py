"""What an agent can propose to do: the names and meanings of BrowserGym's high-level action set."""

from __future__ import annotations

from typing import Any, Literal, get_args

from pydantic import Field, model_validator

from .record import Record
from .vocabulary import Effect

ActionType = Literal[
    "click",
    "dblclick",
    "hover",
    "fill",
    "press",
    "select_option",
    "check",
    "uncheck",
    "drag_and_drop",
    "upload_file",
    "scroll",
    "goto",
    "go_back",
    "go_forward",
    "new_tab",
    "tab_focus",
    "tab_close",
    "wait",
    "send_msg_to_user",
    "ask_user",
    "finish",
    "report_infeasible",
    "tool_call",
    "unknown",
]
"""`finish` ends the task with an answer (BrowserGym calls the message `answer`); `tool_call` is a call of
a tool that is not a browser; `unknown` is an act that could not be read: it may have any effect."""

ACTION_TYPES: tuple[ActionType, ...] = get_args(ActionType)

NEEDS_REF: frozenset[ActionType] = frozenset(
    {"click", "dblclick", "hover", "fill", "select_option", "check", "uncheck", "upload_file"}
)
NEEDS_VALUE: frozenset[ActionType] = frozenset({"fill", "press", "select_option", "send_msg_to_user", "ask_user"})
NEEDS_URL: frozenset[ActionType] = frozenset({"goto"})
MESSAGES: frozenset[ActionType] = frozenset({"send_msg_to_user", "ask_user", "finish", "report_infeasible"})
"""Actions that reach the user and not the browser."""


class ConsentRequest(Record):
    """One thing that a question to the user asks leave for: this effect, on this target, with these values.

    The structured part is what a yes grants; the agent's wording grants nothing (DESIGN, consent).
    `target` is the accessible name of the control or record; `within` is the named regions, card or row that it stands
    in (`Element.path`), which tell one of several "Delete" from the others; `values` maps field names to values.
    """

    effect: Effect
    target: str
    within: tuple[str, ...] = ()
    values: dict[str, str] = Field(default_factory=dict)


class Action(Record):
    """One proposed act.

    `ref` names an element of the current observation; `value` is typed text, an option, a key, a message, the name of
    a file (`upload_file`) or the number of a tab, from 0 (`tab_focus`); `url` is absolute; `to_ref` is the element that
    `drag_and_drop` drops on; `name` and `arguments` belong to `tool_call`; `consents` to `ask_user`.
    `accept_dialogs` are the messages of the `confirm` and `prompt` dialogs that the act is to say yes to, in order and
    word for word; `prompt_text` is what a `prompt` among them is answered with. Every other one is dismissed.
    """

    type: ActionType
    ref: str | None = None
    to_ref: str | None = None
    value: str | None = None
    url: str | None = None
    accept_dialogs: tuple[str, ...] = ()
    prompt_text: str | None = None
    name: str | None = None
    arguments: dict[str, Any] = Field(default_factory=dict)
    consents: tuple[ConsentRequest, ...] = ()

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Action:
        missing = [
            label
            for label, needed, given in (
                ("ref", NEEDS_REF, self.ref),
                ("value", NEEDS_VALUE, self.value),
                ("url", NEEDS_URL, self.url),
            )
            if self.type in needed and given is None
        ]
        if self.type == "tool_call" and self.name is None:
            missing.append("name")
        if missing:
            raise ValueError(f"{self.type} needs {' and '.join(missing)}")
        return self


class Download(Record):
    """A file that an act brought: `name` in the folder `downloads` of the run, `size` in bytes, where it came from.

    `error` says why there is no such file.
    """

    name: str
    url: str
    size: int = 0
    sha256: str = ""
    error: str | None = None


class ActionResult(Record):
    """What came of an act that was let through. `error` is None when it was carried out.

    `dialog` is what dialogs said meanwhile, one message a line; `said` is what a custom action gave back; `blocked`
    names what page and browser tried to reach and were not let (`host:port`, in order). `unknown` says that an act
    which ended in an error may have taken effect all the same: it is not repeated without a person's word.
    """

    error: str | None = None
    unknown: bool = False
    url: str | None = None
    dialog: str | None = None
    said: str | None = None
    blocked: tuple[str, ...] = ()
    downloads: tuple[Download, ...] = ()

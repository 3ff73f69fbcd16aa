"""The acts that a chat model can propose, as tools: names and meanings of the action set, arguments checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from harmonyguard.steps import Action, ActionType, ConsentRequest, Observation
from harmonyguard.steps import Tool as CustomTool


class MalformedCall(Exception):
    """A tool call that is no action on this page; the text says why, for the model to repair."""


class Tool(BaseModel):
    """One act. `reasoning` says why, in a sentence."""

    model_config = ConfigDict(extra="forbid")
    action: ClassVar[ActionType]

    reasoning: str = Field(default="", description="Why this act is the next step, in one sentence.")

    def fields(self) -> dict[str, Any]:
        """The fields of the action."""
        return self.model_dump(exclude={"reasoning"})


class _OnElement(Tool):
    ref: str = Field(description="The ref of the element, as the page shows it.")


class _MayAsk(Tool):
    """An act that a page may answer with a dialog."""

    accept_dialogs: list[str] = Field(
        default_factory=list,
        description="Messages of the dialogs that the last act met, word for word and in order, to say yes to them.",
    )
    prompt_text: str | None = Field(default=None, description="What to enter in a dialog that asks for text.")


class Click(_OnElement, _MayAsk):
    """Click an element: a link, button, tab, option."""

    action = "click"


class DoubleClick(_OnElement, _MayAsk):
    """Double-click an element."""

    action = "dblclick"


class Hover(_OnElement):
    """Move the pointer over an element, for menus that open by it."""

    action = "hover"


class Fill(_OnElement):
    """Replace the text of an input field or text area."""

    action = "fill"
    value: str = Field(description="The text to enter.")


class SelectOption(_OnElement):
    """Choose an option of a select box."""

    action = "select_option"
    value: str = Field(description="The option, as the page shows it.")


class Check(_OnElement):
    """Tick a checkbox."""

    action = "check"


class Uncheck(_OnElement):
    """Remove the tick of a checkbox."""

    action = "uncheck"


class DragAndDrop(_OnElement, _MayAsk):
    """Drag an element and drop it on another one."""

    action = "drag_and_drop"
    to_ref: str = Field(description="The ref of the element to drop it on.")


class UploadFile(_OnElement):
    """Choose a file for a file field."""

    action = "upload_file"
    value: str = Field(description="The name of a file that the user provides, without a path.")


class Press(_MayAsk):
    """Press a key, on an element or on the page."""

    action = "press"
    value: str = Field(description="The key: Enter, Escape, Tab, ArrowDown, ...")
    ref: str | None = Field(default=None, description="The ref of the element that gets the key, if any.")


class Scroll(Tool):
    """Scroll the page."""

    action = "scroll"
    value: str = Field(description="down or up")


class Goto(Tool):
    """Go to an address."""

    action = "goto"
    url: str = Field(description="An absolute http or https address.")


class GoBack(Tool):
    """Go back to the page before."""

    action = "go_back"


class GoForward(Tool):
    """Go forward again, after going back."""

    action = "go_forward"


class NewTab(Tool):
    """Open an address in a new tab."""

    action = "new_tab"
    url: str = Field(description="An absolute http or https address.")


class TabFocus(Tool):
    """Go to another tab."""

    action = "tab_focus"
    value: str = Field(description="The number of the tab, as the list of tabs shows it.", pattern=r"^\d{1,3}$")


class TabClose(Tool):
    """Close the active tab."""

    action = "tab_close"


class Wait(Tool):
    """Wait for the page to change by itself."""

    action = "wait"
    value: str = Field(description="Milliseconds, at most 10000.", pattern=r"^\d{1,5}$")


class SendMessage(Tool):
    """Tell the user something without ending the task."""

    action = "send_msg_to_user"
    value: str = Field(description="The message.")


class AskUser(Tool):
    """Ask the user a question, for a missing value or for leave to do something, and wait for the answer."""

    action = "ask_user"
    value: str = Field(description="The question.")


class Finish(Tool):
    """End the task: everything is done."""

    action = "finish"
    value: str = Field(description="A short answer to the user.")


class ReportInfeasible(Tool):
    """End the task: it cannot be done."""

    action = "report_infeasible"
    value: str = Field(description="Why it cannot be done.")


TOOLS: dict[str, type[Tool]] = {
    tool.action: tool
    for tool in (
        Click,
        DoubleClick,
        Hover,
        Fill,
        SelectOption,
        Check,
        Uncheck,
        DragAndDrop,
        UploadFile,
        Press,
        Scroll,
        Goto,
        GoBack,
        GoForward,
        NewTab,
        TabFocus,
        TabClose,
        Wait,
        SendMessage,
        AskUser,
        Finish,
        ReportInfeasible,
    )
}


def tool_descriptions(custom: Sequence[CustomTool] = ()) -> list[dict[str, Any]]:
    """The tools in OpenAI's function format, which LangChain translates for every provider."""
    own = [_function(tool.name, tool.description, tool.parameters) for tool in custom]
    return [*(_description(name, tool) for name, tool in TOOLS.items()), *own]


def read_call(
    name: str,
    arguments: dict[str, Any],
    page: Observation,
    consents: tuple[ConsentRequest, ...],
    custom: Sequence[CustomTool] = (),
) -> tuple[Action, str]:
    """The action and the reasoning of a tool call. `consents` are what a question asks leave for.

    Raises MalformedCall for an unknown tool, arguments that do not fit, and a ref that the page does not have.
    """
    tool = TOOLS.get(name)
    own = [known.name for known in custom]
    if tool is None and name in own:
        # What the arguments have to be like is for whoever registered the action: it reads them before it acts.
        return Action(type="tool_call", name=name, arguments=arguments), ""
    if tool is None:
        raise MalformedCall(f"there is no tool {name!r}; the tools are {', '.join([*TOOLS, *own])}")
    try:
        call = tool.model_validate(arguments)
        fields = call.fields()
        action = Action(type=tool.action, **fields, consents=consents if tool is AskUser else ())
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'arguments'}: {e['msg']}" for e in error.errors()[:3])
        raise MalformedCall(f"the arguments of {name} do not fit: {problems}") from None
    for ref in (action.ref, action.to_ref):
        if ref is not None and page.element(ref) is None:
            raise MalformedCall(f"the page has no element with ref {ref!r}")
    if action.accept_dialogs and action.accept_dialogs != page.dialogs:
        raise MalformedCall(
            "accept_dialogs holds exactly the messages of the dialogs that the last act met, or nothing"
        )
    if action.type == "tab_focus" and int(action.value or "0") >= len(page.tabs):
        raise MalformedCall(f"there is no tab {action.value}; there are {len(page.tabs)}, numbered from 0")
    if action.url is not None and not action.url.startswith(("http://", "https://")):
        raise MalformedCall("the address must be absolute, http or https")
    return action, call.reasoning


def _description(name: str, tool: type[Tool]) -> dict[str, Any]:
    schema = tool.model_json_schema()
    return _function(name, schema.pop("description", ""), {**schema, "title": name})


def _function(name: str, description: str, parameters: dict[str, Any]) -> dict[str, Any]:
    return {"type": "function", "function": {"name": name, "description": description, "parameters": parameters}}

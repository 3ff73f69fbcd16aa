"""The acts that a chat model can propose, as tools: names and meanings of the action set, arguments checked."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from harmonyguard.steps import Action, ActionType, ConsentRequest, Observation


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


class Click(_OnElement):
    """Click an element: a link, button, tab, option."""

    action = "click"


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


class Press(Tool):
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
        Fill,
        SelectOption,
        Check,
        Uncheck,
        Press,
        Scroll,
        Goto,
        GoBack,
        SendMessage,
        AskUser,
        Finish,
        ReportInfeasible,
    )
}


def tool_descriptions() -> list[dict[str, Any]]:
    """The tools in OpenAI's function format, which LangChain translates for every provider."""
    return [_description(name, tool) for name, tool in TOOLS.items()]


def read_call(
    name: str, arguments: dict[str, Any], page: Observation, consents: tuple[ConsentRequest, ...]
) -> tuple[Action, str]:
    """The action and the reasoning of a tool call. `consents` are what a question asks leave for.

    Raises MalformedCall for an unknown tool, arguments that do not fit, and a ref that the page does not have.
    """
    tool = TOOLS.get(name)
    if tool is None:
        raise MalformedCall(f"there is no tool {name!r}; the tools are {', '.join(TOOLS)}")
    try:
        call = tool.model_validate(arguments)
        fields = call.fields()
        action = Action(type=tool.action, **fields, consents=consents if tool is AskUser else ())
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'arguments'}: {e['msg']}" for e in error.errors()[:3])
        raise MalformedCall(f"the arguments of {name} do not fit: {problems}") from None
    if action.ref is not None and page.element(action.ref) is None:
        raise MalformedCall(f"the page has no element with ref {action.ref!r}")
    if action.url is not None and not action.url.startswith(("http://", "https://")):
        raise MalformedCall("the address must be absolute, http or https")
    return action, call.reasoning


def _description(name: str, tool: type[Tool]) -> dict[str, Any]:
    schema = tool.model_json_schema()
    return {
        "type": "function",
        "function": {
            "name": name,
            "description": schema.pop("description", ""),
            "parameters": {**schema, "title": name},
        },
    }

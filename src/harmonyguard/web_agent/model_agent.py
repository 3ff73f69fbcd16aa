"""The web agent with a chat model: one tool call is one proposal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from harmonyguard.models import UnsupportedRequest, call, text_of
from harmonyguard.prompts import describe_act, describe_event, excerpt, render
from harmonyguard.steps import Action, Guidance, ModelError, Observation, Proposal, Tool, secret_reference

from .agent import View
from .budget import Budget
from .model_tools import MalformedCall, read_call, tool_descriptions
from .repetition import OFTEN, times_in_a_row

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, BaseMessage

_STEPS = 12
"""Events of the history that the model is reminded of."""


class ModelWebAgent:
    """Asks a chat model with tool calling for the next act. One agent works on one run: it keeps the run's budget.

    A run ends as infeasible when the budget is used up, or when the model goes in circles and does not hear of it.
    """

    def __init__(self, chat_model: BaseChatModel, name: str, *, budget: Budget | None = None) -> None:
        self._chat_model = chat_model
        self._name = name
        self._insists = True
        self._budget = budget or Budget()

    @property
    def name(self) -> str:
        """How reports call this agent."""
        return self._name

    async def propose(self, view: View) -> Proposal:
        """The next action: of several tool calls the first. A malformed call, or one in circles, is repaired once.

        Raises ModelError when the model fails, or when its repaired call is still no action on this page.
        """
        from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

        self._budget.begin()
        over = self._budget.used_up()
        if over is not None:
            return self._give_up(f"{over[0].upper()}{over[1:]}.")
        prompt = render("web_agent", **_values(view))
        messages: list[BaseMessage] = [SystemMessage(prompt.system), HumanMessage(prompt.user)]
        problem = ""
        circling = False
        for _ in range(2):
            reply = await self._call(messages, view.tools)
            self._budget.spend(reply)
            try:
                action, reasoning = _read(reply, view)
                circling = times_in_a_row(action, view.observation, view.history) >= OFTEN
                if circling:
                    raise MalformedCall(f"you did exactly this {OFTEN} times in a row and it did not help; do another")
            except MalformedCall as error:
                problem = str(error)
                said = text_of(reply) or "(a tool call that cannot be carried out)"
                messages += [AIMessage(said), HumanMessage(f"{problem}. Answer with one tool call that fits.")]
                continue
            return Proposal(action=action, reasoning=reasoning or text_of(reply), by=self._name)
        if circling:
            return self._give_up("The same act was proposed again and again, and did not lead on.")
        raise ModelError(f"model {self._name}: no usable act, even after a repair ({problem})")

    def _give_up(self, why: str) -> Proposal:
        return Proposal(action=Action(type="report_infeasible", value=why), reasoning=why, by=self._name)

    async def _call(self, messages: Sequence[BaseMessage], custom: Sequence[Tool]) -> AIMessage:
        """One call that must choose a tool, or may, where the server does not know how to insist."""
        tools = tool_descriptions(custom)
        if self._insists:
            try:
                return await call(self._chat_model.bind_tools(tools, tool_choice="any"), messages, name=self._name)
            except UnsupportedRequest:
                reply = await call(self._chat_model.bind_tools(tools), messages, name=self._name)
                self._insists = False
                return reply
        return await call(self._chat_model.bind_tools(tools), messages, name=self._name)


def _read(reply: AIMessage, view: View) -> tuple[Action, str]:
    if not reply.tool_calls:
        raise MalformedCall(
            "the arguments of the tool call are no JSON" if reply.invalid_tool_calls else "there was no tool call"
        )
    first = reply.tool_calls[0]
    # What a question asks leave for is the guard's structured request: the model's wording grants nothing.
    consents = tuple(item.request for item in view.guidance if item.request is not None)
    return read_call(first["name"], first["args"], view.observation, consents, view.tools)


def _values(view: View) -> dict[str, Any]:
    page = view.observation
    return {
        "goal": view.task.goal,
        "before": [describe_event(event) for event in view.history[-_STEPS:]],
        "url": page.url,
        "title": page.title,
        "page": excerpt(page.text),
        "elements": excerpt(_describe_elements(page)),
        "focused": page.focused or "",
        "tabs": [
            f"{number}: {tab.title!r} at {tab.url}{' (active)' if tab.active else ''}"
            for number, tab in enumerate(page.tabs)
        ],
        "notices": [*page.notices, *([page.left_out] if page.left_out else [])],
        "dialogs": list(page.dialogs),
        "rejected": "" if view.rejected is None else describe_act(view.rejected.action, page),
        "guidance": [_describe_guidance(item) for item in view.guidance],
        "secrets": [
            f"{secret_reference(s.name)}: {s.data_class.replace('_', ' ')}, on {', '.join(s.hosts)}"
            for s in view.secrets
        ],
    }


def _describe_elements(page: Observation) -> str:
    lines = []
    for element in page.elements:
        state = [
            f"value {element.value!r}" if element.value else "",
            "" if element.checked is None else ("checked" if element.checked else "not checked"),
            "disabled" if element.disabled else "",
            "required" if element.required else "",
            "read-only" if element.readonly else "",
            f"options {', '.join(element.options)}" if element.options else "",
            f"in {' > '.join(element.path)}" if element.path else "",
        ]
        details = "; ".join(part for part in state if part)
        lines.append(f"[ref={element.ref}] {element.role} {element.name!r}{f' ({details})' if details else ''}")
    return "\n".join(lines)


def _describe_guidance(item: Guidance) -> str:
    parts = [
        item.text,
        f"Suggested: {item.suggestion.replace('_', ' ')}.",
        f"Field: {item.field}." if item.field else "",
        f"Value: {item.value}." if item.value is not None else "",
        "" if item.request is None else f"Ask leave for: {item.request.effect}, {item.request.target!r}.",
    ]
    return "- " + " ".join(part for part in parts if part)

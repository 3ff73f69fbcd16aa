"""The guard around a LangChain agent (`langchain.agents.create_agent`): every tool call is judged before it runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from langchain.agents.middleware import AgentMiddleware
from langchain.tools.tool_node import ToolCallRequest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage
from langgraph.types import Command

from harmonyguard.nodes.shared.parts import Guard
from harmonyguard.policies.book import PolicyBook
from harmonyguard.steps import (
    EFFECTS,
    Action,
    Effect,
    Event,
    GuardError,
    InputError,
    Observation,
    Proposal,
    Situation,
    Task,
    Tool,
    Verdict,
)
from harmonyguard.utility_agent.agent import UtilityAgent
from harmonyguard.utility_agent.facts.provenance import holds_instructions

NO_PAGE = "about:blank"
_HEADS = {"ask_human": "A person decides this, and nobody was asked.", "stop": "This is not allowed."}


class GuardMiddleware(AgentMiddleware[Any, Any, Any]):
    """Judges tool calls against `book`; what is not allowed is not run, and the model is told why and what to do.

    `effects` says what tools do, by name; a tool that is not in it is judged by its name. The task is what the user
    said first, and a question that the agent put into words and the user said yes to counts as consent, since here the
    history is the caller's word. What tools gave back is data: instructions in it are not followed. `on_verdict` is
    called with every call and its verdict. Only what goes through the agent's tools is guarded, and only when the agent
    is invoked with `ainvoke` or `astream`: invoked synchronously, no tool runs.
    """

    def __init__(
        self,
        book: PolicyBook,
        *,
        utility_agent: Guard | None = None,
        effects: Mapping[str, Sequence[Effect]] | None = None,
        on_verdict: Callable[[Action, Verdict], None] | None = None,
    ) -> None:
        """Raises InputError for a tool that is said to do nothing, or something that is no effect."""
        super().__init__()
        for name, does in (effects or {}).items():
            unknown = sorted(set(does) - set(EFFECTS))
            if unknown or not does:
                named = f"{', '.join(unknown)} is no effect" if unknown else "it has no effects"
                raise InputError(f"the tool {name}: {named}; effects are {', '.join(EFFECTS)}")
        self._book = book
        self._guard: Guard = utility_agent or UtilityAgent()
        self._tools = tuple(Tool(name=name, effects=tuple(does)) for name, does in (effects or {}).items())
        self._on_verdict = on_verdict

    async def awrap_tool_call(
        self,
        request: ToolCallRequest,
        handler: Callable[[ToolCallRequest], Awaitable[ToolMessage | Command[Any]]],
    ) -> ToolMessage | Command[Any]:
        """Run the tool when that is allowed; else answer in its place with what speaks against it."""
        call = request.tool_call
        action = Action(type="tool_call", name=call["name"], arguments=call["args"])
        verdict = await self._guard.evaluate(self._situation(action, messages_in(request.state)), self._book)
        if self._on_verdict is not None:
            self._on_verdict(action, verdict)
        if verdict.outcome == "allow":
            return await handler(request)
        return ToolMessage(refusal(verdict), name=call["name"], tool_call_id=call["id"] or "", status="error")

    def _situation(self, action: Action, messages: Sequence[AnyMessage]) -> Situation:
        read = [message.text for message in messages if isinstance(message, ToolMessage)]
        goal = next((message.text for message in messages if isinstance(message, HumanMessage)), "")
        if not goal.strip():
            raise GuardError(f"{action.name} cannot be judged: no message of a user says what the task is")
        last = messages[-1]
        return Situation(
            task=Task(goal=goal),
            observation=Observation(url=NO_PAGE, text=read[-1] if read else ""),
            proposal=Proposal(
                action=action, reasoning=last.text if isinstance(last, AIMessage) else "", by="langchain"
            ),
            history=tuple(history_of(messages)),
            consent_from_history=True,
            instructions_seen=any(holds_instructions(text) for text in read),
            tools=self._tools,
        )


def messages_in(state: Any) -> Sequence[AnyMessage]:
    """The messages of an agent's state. Raises GuardError when it has none."""
    messages = state.get("messages") if isinstance(state, Mapping) else getattr(state, "messages", None)
    if not messages:
        raise GuardError("the agent's state has no messages: there is nothing to judge a tool call by")
    return list(messages)


def history_of(messages: Sequence[AnyMessage]) -> list[Event]:
    """What happened before the last message: talk after the task, tools that ran, and what they gave back."""
    called: dict[str, Event] = {}
    found: list[Event] = []
    first = True
    for message in messages:
        if isinstance(message, HumanMessage):
            found += [] if first else [Event(type="user_message", text=message.text)]
            first = False
        elif isinstance(message, AIMessage):
            found += [Event(type="agent_message", text=message.text)] if message.text else []
            for call in message.tool_calls:
                called[call["id"] or ""] = Event(type="tool_call", name=call["name"], arguments=call["args"])
        elif isinstance(message, ToolMessage) and message.tool_call_id in called and message.status != "error":
            found += [called[message.tool_call_id], Event(type="tool_output", name=message.name, text=message.text)]
    return found


def refusal(verdict: Verdict) -> str:
    """What the model is told in place of the tool's answer."""
    told = [_HEADS.get(verdict.outcome, "Not like this."), verdict.explanation, verdict.error or ""]
    return "\n".join([*(line for line in told if line), *(guidance.text for guidance in verdict.guidance)])

"""A LangChain agent with the guard around its tools, over real HTTP to a small OpenAI-compatible server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from langchain.agents import create_agent
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from harmonyguard.integrations.langchain_middleware import GuardMiddleware, history_of
from harmonyguard.nodes.check_action import book_of
from harmonyguard.policies.book import PolicyBook
from harmonyguard.steps import GuardError, InputError, Situation, Verdict
from tests.openai_server import OpenAIServer, Reply

RAN: list[str] = []


@tool
def delete_ticket(ticket: int) -> str:
    """Delete a ticket."""
    RAN.append(f"delete {ticket}")
    return "deleted"


@tool
def get_ticket(ticket: int) -> str:
    """Read a ticket."""
    RAN.append(f"get {ticket}")
    return "Printer keeps jamming."


@tool
def tidy(ticket: int) -> str:
    """Tidy a ticket up."""
    RAN.append(f"tidy {ticket}")
    return "tidied"


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    RAN.clear()
    with OpenAIServer().running() as running:
        yield running


@pytest.fixture
def book() -> PolicyBook:
    return book_of(["Agents must not delete tickets."])


def agent(server: OpenAIServer, middleware: GuardMiddleware) -> Any:
    model = ChatOpenAI(model="small", base_url=server.url, api_key=SecretStr("none"), max_retries=0)
    return create_agent(model, [delete_ticket, get_ticket, tidy], middleware=[middleware])


def asked(words: str) -> dict[str, Any]:
    return {"messages": [HumanMessage(words)]}


async def test_what_a_policy_forbids_is_not_run_and_the_model_is_told_why(
    server: OpenAIServer, book: PolicyBook
) -> None:
    heard: list[str] = []
    guard = GuardMiddleware(book, on_verdict=lambda action, verdict: heard.append(f"{action.name} {verdict.outcome}"))
    server.script(
        Reply(tool=("get_ticket", {"ticket": 7})),
        Reply(tool=("delete_ticket", {"ticket": 7})),
        Reply(content="I may not delete it."),
    )
    result = await agent(server, guard).ainvoke(asked("Get ticket 7 out of the way."))
    assert RAN == ["get 7"]
    answers = [message for message in result["messages"] if isinstance(message, ToolMessage)]
    assert [message.status for message in answers] == ["success", "error"]
    assert "Agents must not delete tickets." in answers[1].text
    assert "Agents must not delete tickets." in str(server.requests[-1]["messages"][-1])
    assert heard == ["get_ticket allow", "delete_ticket revise"]


async def test_declared_effects_are_judged_whatever_the_name_says(server: OpenAIServer, book: PolicyBook) -> None:
    guard = GuardMiddleware(book_of(["Agents must not delete anything."]), effects={"tidy": ["delete"]})
    server.script(Reply(tool=("tidy", {"ticket": 7})), Reply(content="No."))
    await agent(server, guard).ainvoke(asked("Tidy up ticket 7."))
    assert RAN == []


@pytest.mark.parametrize(
    "verdict", [Verdict(outcome="stop"), Verdict(outcome="ask_human", error="the judge is down"), GuardError("broken")]
)
async def test_a_guard_that_fails_or_asks_runs_nothing(server: OpenAIServer, book: PolicyBook, verdict: Any) -> None:
    class Failing:
        async def evaluate(self, situation: Situation, book: PolicyBook) -> Verdict:
            if isinstance(verdict, Exception):
                raise verdict
            return verdict

    server.script(Reply(tool=("get_ticket", {"ticket": 7})), Reply(content="No."))
    running = agent(server, GuardMiddleware(book, utility_agent=Failing())).ainvoke(asked("Read ticket 7."))
    if isinstance(verdict, Exception):
        with pytest.raises(GuardError, match="broken"):
            await running
    else:
        await running
    assert RAN == []


@pytest.mark.parametrize("effects", [[], ["erase"]])
def test_a_tool_that_is_said_to_do_nothing_is_bad_input(book: PolicyBook, effects: Any) -> None:
    with pytest.raises(InputError, match="the tool tidy"):
        GuardMiddleware(book, effects={"tidy": effects})


def test_invoked_synchronously_no_tool_runs(server: OpenAIServer, book: PolicyBook) -> None:
    server.script(Reply(tool=("get_ticket", {"ticket": 7})), Reply(content="No."))
    with pytest.raises(NotImplementedError):
        agent(server, GuardMiddleware(book)).invoke(asked("Read ticket 7."))
    assert RAN == []


def test_the_history_holds_what_ran_and_what_was_said() -> None:
    def call(name: str, number: int) -> AIMessage:
        return AIMessage("", tool_calls=[{"name": name, "args": {"ticket": 7}, "id": str(number), "type": "tool_call"}])

    events = history_of(
        [
            HumanMessage("Tidy up."),
            call("get_ticket", 1),
            ToolMessage("Printer", tool_call_id="1", name="get_ticket"),
            call("delete_ticket", 2),
            ToolMessage("Not like this.", tool_call_id="2", name="delete_ticket", status="error"),
            AIMessage("May I delete ticket 7?"),
            HumanMessage("Yes."),
            call("delete_ticket", 3),
        ]
    )
    assert [(event.type, event.name, event.text) for event in events] == [
        ("tool_call", "get_ticket", None),
        ("tool_output", "get_ticket", "Printer"),
        ("agent_message", None, "May I delete ticket 7?"),
        ("user_message", None, "Yes."),
    ]

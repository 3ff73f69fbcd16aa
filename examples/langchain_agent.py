"""The guard around a LangChain agent that is there already: each of its tool calls is judged before it runs."""

from __future__ import annotations

import asyncio
import sys

from langchain.agents import create_agent
from langchain_core.language_models import BaseChatModel
from langchain_core.tools import tool

from harmonyguard import PolicyAgent, PolicyBook, load_document
from harmonyguard.examples.desk import POLICIES
from harmonyguard.integrations.langchain_middleware import GuardMiddleware


@tool
def delete_ticket(ticket: int) -> str:
    """Delete a ticket."""
    return f"Ticket {ticket} is gone."


async def guarded(model: BaseChatModel) -> None:
    """`effects` says what tools do; those that are not named there are judged by their names."""
    document = await load_document(POLICIES)
    book = PolicyBook.of(PolicyAgent().extract(document).policies)
    guard = GuardMiddleware(book, effects={"delete_ticket": ["delete"]})
    agent = create_agent(model, [delete_ticket], middleware=[guard])
    result = await agent.ainvoke({"messages": [{"role": "user", "content": "Get rid of ticket 7."}]})
    for message in result["messages"]:
        print(f"{message.type}: {message.text}")


async def main() -> None:
    from langchain.chat_models import init_chat_model

    await guarded(init_chat_model(sys.argv[1]))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m harmonyguard.examples.langchain_agent provider:name")
    asyncio.run(main())

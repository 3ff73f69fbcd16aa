"""Policies from a place of your own: a LangChain loader, or any async function that gives texts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document as LangChainDocument

from harmonyguard import Policy, PolicyAgent, PolicyBook
from harmonyguard.documents import Content, document_of, load_with


class Wiki(BaseLoader):
    """Stands for any of LangChain's loaders: a wiki, a drive, a ticket system."""

    def lazy_load(self) -> Iterator[LangChainDocument]:
        yield LangChainDocument("Agents must not delete tickets.", metadata={"source": "wiki/tickets"})


async def board_decisions() -> AsyncIterator[tuple[str, str]]:
    """Any function: here the name and the text of decisions, from a database perhaps."""
    yield "decisions/2026-07", "Agents must not send refunds without prior approval of the user."


async def policies() -> list[Policy]:
    found: list[Policy] = []
    for document in await load_with(Wiki()):
        found += PolicyAgent().extract(document).policies
    async for name, text in board_decisions():
        document = document_of(name, Content(data=text.encode(), media_type="text/plain"))
        found += PolicyAgent().extract(document).policies
    return found


async def main() -> None:
    book = PolicyBook.of(await policies())
    for policy in book.policies:
        print(f"{policy.description} ({policy.sources[0].document})")


if __name__ == "__main__":
    asyncio.run(main())

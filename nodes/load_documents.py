"""load_documents: reads the sources of policies into elements that keep their place."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from langgraph.runtime import Runtime

from harmonyguard.documents import Document
from harmonyguard.nodes.shared.ingesting import IngestionState
from harmonyguard.nodes.shared.parts import Update
from harmonyguard.state import GuardContext
from harmonyguard.steps import InputError

LoadDocument = Callable[[str], Awaitable[Document]]


async def load_documents(state: IngestionState, runtime: Runtime[GuardContext], load: LoadDocument) -> Update:
    """Raises InputError for the first source that cannot be read: nothing is written then."""
    sources = state.get("sources") or []
    if not sources:
        raise InputError("there are no policy documents: name at least one file or URL")
    documents = await asyncio.gather(*(load(source) for source in sources))
    return {"documents": [document.to_json() for document in documents]}

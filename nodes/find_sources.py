"""find_sources: from what the caller named to single documents; folders, sites and loaders hold many."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence

from langgraph.runtime import Runtime
from langgraph.types import Overwrite

from harmonyguard.documents import FoundDocument, SkippedDocument
from harmonyguard.nodes.shared.ingesting import IngestionState
from harmonyguard.nodes.shared.parts import Update
from harmonyguard.policies.reading import DocumentReading
from harmonyguard.state import GuardContext

FindDocuments = Callable[[Sequence[str]], AsyncIterator[FoundDocument | SkippedDocument]]
LastReadings = Callable[[GuardContext], Awaitable[Mapping[str, DocumentReading]]]


async def find_sources(
    state: IngestionState, runtime: Runtime[GuardContext], find: FindDocuments, last_readings: LastReadings
) -> Update:
    """Raises InputError when there is nothing to read. Readings of an earlier run on the thread are put away."""
    last = await last_readings(runtime.context or GuardContext())
    found, skipped = [], []
    async for one in find(state.get("sources") or []):
        if isinstance(one, SkippedDocument):
            skipped.append(one.to_json())
        else:
            known = last.get(one.uri)
            found.append({"document": one.to_json(), "last": None if known is None else known.to_json()})
            runtime.stream_writer({"found": one.uri})
    return {"found": found, "skipped": skipped, "readings": Overwrite({})}

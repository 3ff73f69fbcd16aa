"""read_document: the Policy Agent turns one document into policies that cite it. One branch for each document."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from langgraph.runtime import Runtime

from harmonyguard.documents import Content, FoundDocument, document_of
from harmonyguard.nodes.shared.ingesting import ReadingTask, SourceReading
from harmonyguard.nodes.shared.parts import Update
from harmonyguard.policies.reading import DocumentReading
from harmonyguard.policy_agent.engine import ExtractionEngine
from harmonyguard.state import GuardContext
from harmonyguard.steps import InputError

ReadContent = Callable[[FoundDocument], Awaitable[Content]]
MakeEngine = Callable[[GuardContext], ExtractionEngine]


async def read_document(
    task: ReadingTask, runtime: Runtime[GuardContext], read: ReadContent, make_engine: MakeEngine
) -> Update:
    """A document that cannot be used is a reading that says so: what to make of it is decided when all are read.

    The same bytes as the last time, for the same engine, are not even parsed. Raises ModelError when the model
    could not read a chunk.
    """
    context = runtime.context or GuardContext()
    found = FoundDocument.model_validate(task["document"])
    last = None if task["last"] is None else DocumentReading.model_validate(task["last"])
    reading = await _reading(found, last, context, runtime, read, make_engine(context))
    policies = 0 if reading.extraction is None else len(reading.extraction.policies)
    runtime.stream_writer({"document": found.uri, "status": reading.status, "policies": policies})
    return {"readings": {found.uri: reading.to_json()}}


async def _reading(
    found: FoundDocument,
    last: DocumentReading | None,
    context: GuardContext,
    runtime: Runtime[GuardContext],
    read: ReadContent,
    engine: ExtractionEngine,
) -> SourceReading:
    whose = " ".join(filter(None, (context.policy_authority, context.organization)))
    blank = SourceReading(
        uri=found.uri,
        source=found.source,
        expected=found.is_named,
        status="failed",
        engine=f"{engine.name} for {whose}",
    )
    digest = None
    try:
        content = await read(found)
        digest = content.sha256
        if last == DocumentReading(uri=found.uri, sha256=digest, engine=blank.engine):
            return blank.model_copy(update={"status": "unchanged", "sha256": digest})
        document = await asyncio.to_thread(document_of, found.uri, content)
    except InputError as error:
        return blank.model_copy(update={"sha256": digest, "error": str(error)})
    del content
    parsed = blank.model_copy(
        update={
            "sha256": digest,
            "media_type": document.media_type,
            "elements": len(document.elements),
            "pages": document.pages,
            "notes": document.notes,
        }
    )

    def step(done: int, total: int) -> None:
        runtime.stream_writer({"document": found.uri, "chunks": [done, total]})

    try:
        extraction = await engine.extract(
            document, authority=context.policy_authority, organization=context.organization, step=step
        )
    except InputError as error:
        # In a page of a site it is no error that nothing must be done or left undone.
        told = {"error": str(error)} if found.is_named else {}
        return parsed.model_copy(update={"status": "no_policies", **told})
    return parsed.model_copy(update={"status": "read", "extraction": extraction})

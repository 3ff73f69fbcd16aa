"""extract_policies: the Policy Agent turns documents into policies that cite their source."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from langgraph.runtime import Runtime

from harmonyguard.documents import Document
from harmonyguard.nodes.shared.ingesting import IngestionState
from harmonyguard.nodes.shared.parts import Update
from harmonyguard.policy_agent import Extraction
from harmonyguard.state import GuardContext

Extract = Callable[[Document, GuardContext], Extraction]


async def extract_policies(state: IngestionState, runtime: Runtime[GuardContext], extract: Extract) -> Update:
    """Raises InputError for a document in which no policy is found: an empty result would read as success."""
    context = runtime.context or GuardContext()
    found = []
    for item in state["documents"]:
        document = Document.model_validate(item)
        extraction = await asyncio.to_thread(extract, document, context)
        found.append({"document": document.uri, **extraction.to_json()})
    return {"extractions": found}

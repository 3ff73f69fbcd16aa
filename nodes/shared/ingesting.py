"""The state of the policy_ingestion graph, which the guarded agent runs as a sub-graph."""

from __future__ import annotations

from typing import Annotated

from langchain_core.messages import AnyMessage
from langgraph.graph.message import add_messages
from typing_extensions import TypedDict  # pydantic reads no other one before Python 3.12

from harmonyguard.state import Json


class IngestionInput(TypedDict, total=False):
    """Files and URLs of policy documents."""

    sources: list[str]


class IngestionState(TypedDict, total=False):
    """`documents` are `documents.Document`, `extractions` are `policy_agent.Extraction` with their document's URI."""

    messages: Annotated[list[AnyMessage], add_messages]
    sources: list[str] | None
    documents: list[Json]
    extractions: list[Json]
    ingested: Json | None


class IngestionOutput(TypedDict, total=False):
    """The version of the book in force afterwards, and how many policies each document gave."""

    messages: Annotated[list[AnyMessage], add_messages]
    ingested: Json | None
    extractions: list[Json]

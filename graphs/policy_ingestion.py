"""policy_ingestion: documents in, policies in the log. Runs by itself and as the first part of the guarded agent."""

from __future__ import annotations

from functools import partial
from typing import Any

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from harmonyguard.nodes.extract_policies import Extract, extract_policies
from harmonyguard.nodes.load_documents import LoadDocument, load_documents
from harmonyguard.nodes.record_policies import Publish, record_policies
from harmonyguard.nodes.shared import defaults
from harmonyguard.nodes.shared.ingesting import IngestionInput, IngestionOutput, IngestionState
from harmonyguard.state import GuardContext


def build_policy_ingestion(
    *,
    load: LoadDocument = defaults.load_document,
    extract: Extract = defaults.extract,
    publish: Publish = defaults.publish,
) -> CompiledStateGraph[Any, GuardContext, Any, Any]:
    """The graph. Raises InputError, with nothing written, for a source that gives no policies."""
    graph = StateGraph(
        IngestionState, context_schema=GuardContext, input_schema=IngestionInput, output_schema=IngestionOutput
    )
    graph.add_node("load_documents", partial(load_documents, load=load))
    graph.add_node("extract_policies", partial(extract_policies, extract=extract))
    graph.add_node("record_policies", partial(record_policies, publish=publish))
    graph.add_edge(START, "load_documents")
    graph.add_edge("load_documents", "extract_policies")
    graph.add_edge("extract_policies", "record_policies")
    graph.add_edge("record_policies", END)
    return graph.compile(name="policy_ingestion")


graph = build_policy_ingestion()
"""For Studio (langgraph.json)."""

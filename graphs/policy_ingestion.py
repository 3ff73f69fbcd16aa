"""policy_ingestion: documents in, policies in the log. Runs by itself and as the first part of the guarded agent."""

from __future__ import annotations

from functools import partial
from typing import Any

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Send

from harmonyguard.documents import Gathering
from harmonyguard.nodes.find_sources import LastReadings, find_sources
from harmonyguard.nodes.read_document import MakeEngine, read_document
from harmonyguard.nodes.record_policies import Publish, record_policies
from harmonyguard.nodes.shared import defaults
from harmonyguard.nodes.shared.ingesting import IngestionInput, IngestionOutput, IngestionState
from harmonyguard.state import GuardContext

AT_ONCE = 4
"""Documents that are read at the same time: memory holds no more, however many there are."""


def build_policy_ingestion(
    *,
    gathering: Gathering | None = None,
    make_engine: MakeEngine = defaults.make_engine,
    last_readings: LastReadings = defaults.last_readings,
    publish: Publish = defaults.publish,
) -> CompiledStateGraph[Any, GuardContext, Any, Any]:
    """The graph: one branch for each document, and the log is written when all are read.

    `gathering` says how sources are read (default: files, folders and public URLs). Raises InputError, with nothing
    written, for a source that gives no policies.
    """
    gathering = gathering or Gathering()
    graph = StateGraph(
        IngestionState, context_schema=GuardContext, input_schema=IngestionInput, output_schema=IngestionOutput
    )
    graph.add_node("find_sources", partial(find_sources, find=gathering.find, last_readings=last_readings))
    graph.add_node("read_document", partial(read_document, read=gathering.read, make_engine=make_engine))
    graph.add_node("record_policies", partial(record_policies, publish=publish))
    graph.add_edge(START, "find_sources")
    graph.add_conditional_edges("find_sources", each_document, ["read_document"])
    graph.add_edge("read_document", "record_policies")
    graph.add_edge("record_policies", END)
    return graph.compile(name="policy_ingestion").with_config({"max_concurrency": AT_ONCE})


def each_document(state: IngestionState) -> list[Send]:
    """One branch for each document that was found."""
    return [Send("read_document", task) for task in state["found"]]


graph = build_policy_ingestion()
"""For Studio (langgraph.json)."""

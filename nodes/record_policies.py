"""record_policies: writes the policies into the policy log, from which the book in force is folded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from langchain_core.messages import AIMessage
from langgraph.runtime import Runtime

from harmonyguard.nodes.shared.ingesting import IngestionState, SourceReading, usable
from harmonyguard.nodes.shared.parts import Update
from harmonyguard.policies.policy import Policy
from harmonyguard.policies.publish import Edition, Publication
from harmonyguard.state import GuardContext
from harmonyguard.steps import Record


class Published(Record):
    """The book afterwards: its version and how many policies are in force; and what each document changed."""

    book_version: str
    policies: int
    changes: tuple[Publication, ...] = ()


Publish = Callable[[GuardContext, Sequence[Edition]], Awaitable[Published]]


async def record_policies(state: IngestionState, runtime: Runtime[GuardContext], publish: Publish) -> Update:
    """All documents were read and understood before the first policy is written, and then all are written at once.

    Raises InputError, with nothing written, when a source gave no policies.
    """
    context = runtime.context or GuardContext()
    order = [item["document"]["uri"] for item in state["found"]]
    readings = usable(SourceReading.model_validate(state["readings"][uri]) for uri in order)
    editions = [_edition(reading) for reading in readings if reading.extraction is not None]
    runtime.stream_writer({"recording": len(editions)})
    published = await publish(context, editions)
    counts = {edition.document: len(edition.policies) for edition in editions}
    told = [f"{count} policies from {document}" for document, count in counts.items()]
    told += [f"nothing new in {reading.uri}" for reading in readings if reading.extraction is None]
    return {
        "ingested": {**published.to_json(), "documents": counts},
        "messages": [AIMessage(f"Read {', '.join(told)}.", name="policy_agent")],
    }


def _edition(reading: SourceReading) -> Edition:
    policies: tuple[Policy, ...] = () if reading.extraction is None else reading.extraction.policies
    return Edition(document=reading.uri, policies=policies, reading=reading.record)

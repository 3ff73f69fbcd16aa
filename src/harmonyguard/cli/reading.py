"""Documents in: drives the policy_ingestion graph from the command line, and shows how far it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from harmonyguard.steps import HarmonyGuardError

if TYPE_CHECKING:
    from harmonyguard.documents import Gathering, SkippedDocument
    from harmonyguard.nodes.record_policies import Publish
    from harmonyguard.nodes.shared.ingesting import SourceReading
    from harmonyguard.policies.policy import Policy
    from harmonyguard.policies.publish import Publication
    from harmonyguard.state import GuardContext


@dataclass
class Ingestion:
    """What the graph did, in the order of the documents. With `error`, nothing was written."""

    readings: list[SourceReading] = field(default_factory=list)
    skipped: list[SkippedDocument] = field(default_factory=list)
    changes: list[Publication] = field(default_factory=list)
    error: HarmonyGuardError | None = None


async def ingest_sources(
    sources: Sequence[str], context: GuardContext, *, gathering: Gathering, publish: Publish, keep_book: bool = True
) -> Ingestion:
    """Run the graph. What every source gave is told also when one of them, or the writing, failed.

    Without `keep_book` nothing of earlier readings is taken for granted: every document is read.
    """
    from harmonyguard.documents import SkippedDocument
    from harmonyguard.graphs.policy_ingestion import build_policy_ingestion
    from harmonyguard.nodes.shared.defaults import last_readings, no_readings
    from harmonyguard.nodes.shared.ingesting import SourceReading
    from harmonyguard.policies.publish import Publication

    from .reading_progress import reading_progress

    graph = build_policy_ingestion(
        gathering=gathering, publish=publish, last_readings=last_readings if keep_book else no_readings
    )
    done = Ingestion()
    state: dict[str, Any] = {}
    with reading_progress() as progress:
        try:
            told: AsyncIterator[Any] = graph.astream(
                {"sources": list(sources)}, context=context, stream_mode=["custom", "values"]
            )
            async for mode, part in told:
                if mode == "values":
                    state = part
                else:
                    progress.hear(part)
        except HarmonyGuardError as error:
            done.error = error
    read = state.get("readings") or {}
    done.readings = [SourceReading.model_validate(reading) for reading in read.values()]
    done.skipped = [SkippedDocument.model_validate(one) for one in state.get("skipped") or []]
    changes = (state.get("ingested") or {}).get("changes", [])
    done.changes = [Publication.model_validate(one) for one in changes]
    return done


async def policies_of(sources: Sequence[str], context: GuardContext) -> list[Policy]:
    """The policies of `sources`, for one run; no book is read or written. Raises InputError as the graph does."""
    from harmonyguard.documents import Gathering
    from harmonyguard.nodes.shared.defaults import publish_nothing

    done = await ingest_sources(
        sources, context, gathering=Gathering(private="of_named_host"), publish=publish_nothing, keep_book=False
    )
    if done.error is not None:
        raise done.error
    return [policy for reading in done.readings if reading.extraction for policy in reading.extraction.policies]

"""Documents in: loads sources and extracts their policies, all of them or none."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harmonyguard.steps import Authority, InputError

if TYPE_CHECKING:
    from harmonyguard.documents import Document
    from harmonyguard.policies.policy import Policy
    from harmonyguard.policy_agent import Extraction


@dataclass(frozen=True)
class Reading:
    """What became of one source: document and extraction, or the error."""

    source: str
    document: Document | None = None
    extraction: Extraction | None = None
    error: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The entry under `documents` of the `ingest` contract."""
        document = self.document
        return {
            "uri": self.source if document is None else document.uri,
            "sha256": None if document is None else document.sha256,
            "media_type": None if document is None else document.media_type,
            "elements": 0 if document is None else len(document.elements),
            "pages": None if document is None else document.pages,
            "error": self.error,
        }


async def read_sources(
    sources: Sequence[str], *, authority: Authority, organization: str | None, step: Callable[[str], None]
) -> list[Reading]:
    """Read every source, also after one failed, so that one look shows all that is wrong."""
    from harmonyguard.documents import load_document
    from harmonyguard.policy_agent import PolicyAgent

    agent = PolicyAgent()
    readings = []
    for source in sources:
        document = None
        try:
            # The operator typed the address: an intranet's policy page is as good as any.
            document = await load_document(source, allow_private=True)
            extraction = await asyncio.to_thread(
                agent.extract, document, authority=authority, organization=organization
            )
            readings.append(Reading(source, document, extraction))
        except InputError as error:
            readings.append(Reading(source, document, error=str(error)))
        step(source)
    return readings


async def policies_of(sources: Sequence[str], step: Callable[[str], None]) -> list[Policy]:
    """The policies of `sources`, for one run. Raises InputError when any of them cannot be used."""
    readings = await read_sources(sources, authority="organization", organization=None, step=step)
    failed = [reading.error for reading in readings if reading.error is not None]
    if failed:
        raise InputError("; ".join(failed))
    return [policy for reading in readings if reading.extraction for policy in reading.extraction.policies]

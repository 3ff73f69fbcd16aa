"""The state of the policy_ingestion graph, which the guarded agent runs as a sub-graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from langchain_core.messages import AnyMessage
from langgraph.graph.message import add_messages
from typing_extensions import TypedDict  # pydantic reads no other one before Python 3.12

from harmonyguard.policies.reading import DocumentReading
from harmonyguard.policy_agent import Extraction
from harmonyguard.state import Json
from harmonyguard.steps import InputError, Record

ReadingStatus = Literal["read", "unchanged", "no_policies", "failed"]
"""
read         policies were extracted
unchanged    the same bytes were read by the same engine the last time: nothing was done
no_policies  it was read, and nothing in it says what must or must not be done
failed       it could not be read
"""


class SourceReading(Record):
    """What became of one document that was found in `source`.

    `expected` says that policies were expected in this very document. `engine` names what read it, with whose
    policies in mind; `media_type`, `elements` and `pages` are None where it was not parsed.
    """

    uri: str
    source: str
    expected: bool
    status: ReadingStatus
    engine: str
    sha256: str | None = None
    media_type: str | None = None
    elements: int | None = None
    pages: int | None = None
    notes: tuple[str, ...] = ()
    extraction: Extraction | None = None
    error: str | None = None

    @property
    def record(self) -> DocumentReading:
        """As the policy log keeps it."""
        return DocumentReading(uri=self.uri, sha256=self.sha256 or "", engine=self.engine)


def by_uri(known: Mapping[str, Json], new: Mapping[str, Json]) -> dict[str, Json]:
    """The reducer of `readings`: branches come back in any order, and each brings one document."""
    return {**known, **new}


class IngestionInput(TypedDict, total=False):
    """Files, folders and URLs of policy documents."""

    sources: list[str]


class IngestionState(TypedDict, total=False):
    """`found` are `documents.FoundDocument`, `skipped` are `documents.SkippedDocument`; `readings` are
    `SourceReading` by URI. The documents themselves never stand in state: a branch reads one and lets it go.
    """

    messages: Annotated[list[AnyMessage], add_messages]
    sources: list[str] | None
    found: list[Json]
    skipped: list[Json]
    readings: Annotated[dict[str, Json], by_uri]
    ingested: Json | None


class ReadingTask(TypedDict):
    """What one branch is given: the `documents.FoundDocument` to read, and its last `DocumentReading`, if any."""

    document: Json
    last: Json | None


class IngestionOutput(TypedDict, total=False):
    """The book in force afterwards, what each document gave and changed, and what was not read."""

    messages: Annotated[list[AnyMessage], add_messages]
    ingested: Json | None
    readings: dict[str, Json]
    skipped: list[Json]


def usable(readings: Iterable[SourceReading]) -> list[SourceReading]:
    """The readings with policies, once every source has given some. Raises InputError that names those that did not."""
    every = list(readings)
    failed = [reading for reading in every if reading.expected and reading.error is not None]
    words = [str(reading.error) for reading in failed]
    for source in dict.fromkeys(reading.source for reading in every if not reading.expected):
        of_source = [reading for reading in every if reading.source == source and not reading.expected]
        if not any(reading.status in ("read", "unchanged") for reading in of_source):
            failed += of_source
            reasons = [reading.error for reading in of_source if reading.status == "failed"]
            first = f" ({reasons[0]})" if reasons else ""
            words.append(f"no policy found in {source}, in none of its {len(of_source)} documents{first}")
    if words:
        others = len(every) - len(failed)
        rest = f" (the other {others} could be read)" if others else ""
        raise InputError(f"{'; '.join(words)}{rest}; nothing was written")
    return [reading for reading in every if reading.status in ("read", "unchanged")]

"""The Policy Agent's offline engine: documents in, policies that cite them out, by grammar and with no model."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from harmonyguard.documents import Document
from harmonyguard.steps import Authority

from .extraction import VERSION, Extraction, Rejected
from .grammar.clauses import Clause
from .grammar.reader import OWNER, Reader
from .statements import Statement, assemble

BATCH = 100
"""Clauses that are read between two reports of progress."""


class PolicyAgent:
    """Reads documents by the grammar of rules: who must, must not or may only do what.

    With `include_all`, what the document's owner promises or may do becomes policies as well.
    """

    def __init__(self, *, include_all: bool = False) -> None:
        self._include_all = include_all

    def extract(
        self, document: Document, *, authority: Authority = "organization", organization: str | None = None
    ) -> Extraction:
        """The policies of one document, duplicates merged with all their sources.

        `organization` names the document's owner: its promises are no policies. Raises InputError when the
        document holds no policy.
        """
        reading = _Reading(document, organization, include_all=self._include_all)
        reading.read(reading.clauses)
        return reading.extraction(authority)


class OfflineEngine:
    """The Policy Agent without a model, as an extraction engine."""

    def __init__(self, *, include_all: bool = False) -> None:
        self._include_all = include_all

    @property
    def name(self) -> str:
        """The engine and its version."""
        return f"offline {VERSION}{', all audiences' if self._include_all else ''}"

    async def extract(
        self,
        document: Document,
        *,
        authority: Authority,
        organization: str | None,
        step: Callable[[int, int], None] | None = None,
    ) -> Extraction:
        """As `PolicyAgent.extract`, in a thread."""
        reading = await asyncio.to_thread(_Reading, document, organization, include_all=self._include_all)
        batches = [reading.clauses[start : start + BATCH] for start in range(0, len(reading.clauses), BATCH)]
        for done, batch in enumerate(batches, start=1):
            await asyncio.to_thread(reading.read, batch)
            if step is not None:
                step(done, len(batches))
        return await asyncio.to_thread(reading.extraction, authority)


class _Reading:
    """What was found in one document so far."""

    def __init__(self, document: Document, organization: str | None, *, include_all: bool) -> None:
        self._document = document
        self._organization = organization
        self._include_all = include_all
        self._reader = Reader(document, organization)
        self._statements: list[Statement] = []
        self._rejected: list[Rejected] = []

    @property
    def clauses(self) -> list[Clause]:
        return self._reader.clauses

    def read(self, some: Sequence[Clause]) -> None:
        for clause in some:
            reading = self._reader.reading(clause)
            if reading.modality is not None or (self._include_all and reading.reason == OWNER):
                self._statements.append(self._reader.statement(clause))
            elif reading.normative:
                self._rejected.append(Rejected(quote=clause.text, reason=reading.reason))

    def extraction(self, authority: Authority) -> Extraction:
        return assemble(
            self._document,
            self._statements,
            authority=authority,
            organization=self._organization,
            rejected=self._rejected,
            definitions=self._reader.refinement.definitions,
        )

"""The Policy Agent's offline engine: documents in, policies that cite them out, by grammar and with no model."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Sequence

from harmonyguard import __version__
from harmonyguard.documents import Document
from harmonyguard.steps import Authority

from . import vocabulary as words
from .clauses import Clause, clauses
from .deontic import Context, Reading, is_code_of_rules, read
from .extraction import Extraction, Rejected
from .refinement import Refinement
from .statements import Statement, assemble

BATCH = 100
"""Clauses that are read between two reports of progress."""

PROPER_NAME = re.compile(r"(?<=[a-z,] )([A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3}) (?:will|may|reserves|can|intends)\b")
OPENING_NAME = re.compile(
    r"(?:^|[.:;] )(?:The )?([A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3})(?:'s|\u2019s)? (?:\w+ )?(?:will"
    r"|may|reserves|can|intends|is|are)\b"
)


class PolicyAgent:
    """Reads documents by the grammar of rules: who must, must not or may only do what."""

    def extract(
        self, document: Document, *, authority: Authority = "organization", organization: str | None = None
    ) -> Extraction:
        """The policies of one document, duplicates merged with all their sources.

        `organization` names the document's owner: its promises are no policies. Raises InputError when the
        document holds no policy.
        """
        reader = _Reader(document, organization)
        reader.read(reader.clauses)
        return reader.extraction(authority)


class OfflineEngine:
    """The Policy Agent without a model, as an extraction engine."""

    name = f"offline {__version__}"

    async def extract(
        self,
        document: Document,
        *,
        authority: Authority,
        organization: str | None,
        step: Callable[[int, int], None] | None = None,
    ) -> Extraction:
        """As `PolicyAgent.extract`, in a thread."""
        reader = await asyncio.to_thread(_Reader, document, organization)
        batches = [reader.clauses[start : start + BATCH] for start in range(0, len(reader.clauses), BATCH)]
        for done, batch in enumerate(batches, start=1):
            await asyncio.to_thread(reader.read, batch)
            if step is not None:
                step(done, len(batches))
        return await asyncio.to_thread(reader.extraction, authority)


class _Reader:
    """One reading of one document."""

    def __init__(self, document: Document, organization: str | None) -> None:
        self._document = document
        self._organization = organization
        self.clauses = list(clauses(document))
        self._owners = _owners(document, organization)
        self._among_rules = is_code_of_rules(clause.text for clause in self.clauses)
        self._refinement = Refinement(document, self.clauses)
        self._statements: list[Statement] = []
        self._rejected: list[Rejected] = []

    def read(self, some: Sequence[Clause]) -> None:
        for clause in some:
            reading = self._reading(clause)
            if reading.modality is not None:
                self._statements.append(self._statement(clause))
            elif reading.normative:
                self._rejected.append(Rejected(quote=clause.text, reason=reading.reason))

    def extraction(self, authority: Authority) -> Extraction:
        return assemble(
            self._document,
            self._statements,
            authority=authority,
            organization=self._organization,
            rejected=self._rejected,
            definitions=self._refinement.definitions,
        )

    def _reading(self, clause: Clause) -> Reading:
        if clause.is_stem:
            return Reading(None, "a stem: its list items are read", normative=False)
        context = Context(
            headings=clause.element.headings,
            lead_in=clause.lead_in,
            is_item=clause.element.kind != "paragraph",
            owners=self._owners,
            among_rules=self._among_rules,
        )
        return read(clause.text, context)

    def _statement(self, clause: Clause) -> Statement:
        refined = self._refinement.refine(clause)
        return Statement(
            clause.text, clause.element, refined.description, definitions=refined.definitions, scope=refined.scope
        )


def _owners(document: Document, organization: str | None) -> tuple[str, ...]:
    """Names that act as the document's owner: proper names of which the text tells what they will or may do."""
    text = "\n".join(element.text for element in document.elements if element.kind != "heading")
    found = Counter(PROPER_NAME.findall(text)) + Counter(OPENING_NAME.findall(text))
    names = [organization] if organization else []
    for name in found:
        last = name.split()[-1]
        common = re.search(rf"(?<![\w-]){re.escape(last.casefold())}\b", text) is not None
        governed = re.fullmatch(words.GOVERNED, last, re.I) is not None
        inside = re.search(rf"[a-z,] {re.escape(name)}\b", text) is not None
        if not common and not governed and inside and len(name) > 2:
            names.append(name)
    return tuple(names)

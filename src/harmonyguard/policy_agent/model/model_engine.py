"""The Policy Agent with a chat model: one structured call a chunk, and every item checked against the document.

The model says where policies are and what they mean. Ids, definitions and rules are made by the same code as offline,
so that a document that is read again, or with another engine, keeps its ids.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from harmonyguard.documents import Document
from harmonyguard.models import AnswerCutOff, ModelUnavailable, ask
from harmonyguard.policy_agent.extraction import VERSION, Extraction
from harmonyguard.policy_agent.grammar.reader import Reader
from harmonyguard.policy_agent.statements import assemble
from harmonyguard.prompts import render
from harmonyguard.steps import Authority, ModelError

from .chunks import CHUNK_CHARACTERS, Chunk, chunks, halves
from .findings import Findings
from .model_reply import ChunkReply, FoundPolicy

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

AT_ONCE = 4
"""Chunks that are asked about at the same time."""

DEADLINE_SECONDS = 600.0
"""Wall time that one chunk may take, all tries and waits for a rate limit together."""

TIMEOUT_SECONDS = 120.0
RETRIES = 6
"""Tries after the first, with back-off, jitter and the server's Retry-After by the provider's client."""

DEFINITION_CHARACTERS = 4_000
"""Characters of the document's definitions that each question brings along."""


class ModelEngine:
    """Asks a chat model. A document is read whole or not at all: one chunk that fails is an error.

    Left out are promises of the document's owner and policies for others than those whom the document governs,
    unless `include_all`.
    """

    def __init__(
        self,
        chat_model: BaseChatModel,
        model: str,
        *,
        include_all: bool = False,
        at_once: int = AT_ONCE,
        chunk_characters: int = CHUNK_CHARACTERS,
        deadline: float = DEADLINE_SECONDS,
    ) -> None:
        self._chat_model = chat_model
        self._model = model
        self._include_all = include_all
        self._at_once = at_once
        self._chunk_characters = chunk_characters
        self._deadline = deadline

    @property
    def name(self) -> str:
        """The engine, its version and the model."""
        return f"model {VERSION}, {self._model}{', all audiences' if self._include_all else ''}"

    async def extract(
        self,
        document: Document,
        *,
        authority: Authority,
        organization: str | None,
        step: Callable[[int, int], None] | None = None,
    ) -> Extraction:
        """The policies of one document. `Extraction.rejected` says what of the model's reply was not taken, and why.

        Raises InputError when there are none, ModelError when a chunk could not be read.
        """
        reader = await asyncio.to_thread(Reader, document, organization)
        parts = chunks(document, self._chunk_characters)
        replies = await self._ask_all(document, organization, reader, parts, step)
        return await asyncio.to_thread(self._extraction, document, reader, replies, authority, organization)

    def _extraction(
        self,
        document: Document,
        reader: Reader,
        replies: Sequence[tuple[Chunk, list[FoundPolicy]]],
        authority: Authority,
        organization: str | None,
    ) -> Extraction:
        findings = Findings(reader, include_all=self._include_all)
        for chunk, items in replies:
            findings.take(chunk, items)
        return assemble(
            document,
            findings.statements(),
            authority=authority,
            organization=organization,
            rejected=findings.rejected(),
            corrected=findings.corrected,
            definitions=reader.refinement.definitions,
        )

    async def _ask_all(
        self,
        document: Document,
        organization: str | None,
        reader: Reader,
        parts: Sequence[Chunk],
        step: Callable[[int, int], None] | None,
    ) -> list[tuple[Chunk, list[FoundPolicy]]]:
        """What the model found in each chunk, in the order of the document."""
        places = asyncio.Semaphore(self._at_once)
        definitions = _within(reader.refinement.definitions, DEFINITION_CHARACTERS)
        failures: list[ModelError] = []
        done = 0

        async def ask_about(chunk: Chunk) -> list[tuple[Chunk, list[FoundPolicy]]]:
            messages = _messages(document, organization, definitions, chunk)
            try:
                reply, _ = await ask(self._chat_model, messages, ChunkReply, name=self._model, deadline=self._deadline)
            except AnswerCutOff:
                two = halves(chunk)
                if two is None:
                    raise
                return [found for half in two for found in await ask_about(half)]
            return [(chunk, reply.policies)]

        async def read(chunk: Chunk) -> list[tuple[Chunk, list[FoundPolicy]]]:
            nonlocal done
            async with places:
                if any(isinstance(failure, ModelUnavailable) for failure in failures):
                    failures.append(ModelError("not asked"))
                    return []
                try:
                    found = await ask_about(chunk)
                except ModelError as failure:
                    failures.append(failure)
                    return []
            done += 1
            if step is not None:
                step(done, len(parts))
            return found

        replies = await asyncio.gather(*(read(chunk) for chunk in parts))
        if failures:
            raise type(failures[0])(
                f"{document.uri}: {len(failures)} of {len(parts)} chunks could not be read, so none of it was taken: "
                f"{failures[0]}"
            )
        return [found for reply in replies for found in reply]


def _messages(
    document: Document, organization: str | None, definitions: Sequence[str], chunk: Chunk
) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage

    prompt = render(
        "extraction",
        title=document.name,
        owner=organization or "",
        definitions=definitions,
        headings=" > ".join(chunk.headings) or "(no heading)",
        text=chunk.text(),
    )
    return [SystemMessage(prompt.system), HumanMessage(prompt.user)]


def _within(texts: Sequence[str], budget: int) -> list[str]:
    """The first texts that fit."""
    kept: list[str] = []
    for text in texts:
        budget -= len(text)
        if budget < 0:
            break
        kept.append(text)
    return kept

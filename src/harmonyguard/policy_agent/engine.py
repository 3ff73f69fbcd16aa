"""The seam between those who bring documents and the two ways to read them: by grammar, or with a chat model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from harmonyguard.documents import Document
from harmonyguard.steps import Authority

from .extraction import Extraction
from .offline import OfflineEngine


class ExtractionEngine(Protocol):
    """Turns one document into policies that cite it."""

    @property
    def name(self) -> str:
        """Which engine, in which version, with which model: another name may read the same document otherwise."""
        ...

    async def extract(
        self,
        document: Document,
        *,
        authority: Authority,
        organization: str | None,
        step: Callable[[int, int], None] | None = None,
    ) -> Extraction:
        """The policies of one document, duplicates merged with all their sources.

        `organization` names the document's owner: its promises are no policies. `step(done, total)` is told how
        many chunks are read, on the event loop's thread. Raises InputError when the document holds no policy, and
        ModelError when a chunk of it could not be read: a document is read whole or not at all.
        """
        ...


def make_extraction_engine(model: str | None, *, include_all: bool = False) -> ExtractionEngine:
    """The engine for `model` ("provider:name" or "cassette:DIR"), or the offline one for None.

    `include_all` takes in what the document's owner promises, and policies for others than those whom the document
    governs. Raises InputError for a model that cannot be set up.
    """
    if model is None:
        return OfflineEngine(include_all=include_all)
    from harmonyguard.models import load_model

    from .model.model_engine import RETRIES, TIMEOUT_SECONDS, ModelEngine

    chat_model = load_model(model, timeout=TIMEOUT_SECONDS, retries=RETRIES)
    return ModelEngine(chat_model, model, include_all=include_all)

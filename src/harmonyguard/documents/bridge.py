"""The bridge to LangChain: any `BaseLoader` can be a source of policies, langchain-community's among them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

from harmonyguard.steps import InputError

from .content import Content, suffix_of
from .document import Document
from .loading import PROMISED, document_of

if TYPE_CHECKING:
    from langchain_core.document_loaders import BaseLoader


async def load_with(loader: BaseLoader) -> tuple[Document, ...]:
    """The documents that `loader` loads, each under the `source` of its metadata.

    What a loader reaches is the caller's choice: addresses are not checked here. Raises InputError when it loads
    nothing, or something that has no text or no source.
    """

    def load() -> tuple[Document, ...]:
        return tuple(document_of(source, content) for source, content in loaded_contents(loader))

    return await asyncio.to_thread(load)


def loaded_contents(loader: BaseLoader) -> Iterator[tuple[str, Content]]:
    """Source and content of each document, one after the other where the loader can do that. Blocking.

    Pieces of one source that follow each other, as the pages of a file, are one document. Raises InputError as
    `load_with`.
    """
    name = type(loader).__name__
    given: set[str] = set()
    current = media_type = ""
    pieces: list[str] = []
    for piece in loader.lazy_load():
        source = piece.metadata.get("source")
        if not isinstance(source, str) or not source:
            raise InputError(f"{name} gave a document without a source: policies could not cite it")
        if source != current and pieces:
            yield current, _content(current, pieces, media_type)
            pieces = []
        if source != current and source in given:
            raise InputError(f"{name} gave {source} in pieces that do not follow each other: they cannot be joined")
        current, media_type = source, str(piece.metadata.get("content_type") or "")
        given.add(source)
        pieces.append(piece.page_content)
    if not given:
        raise InputError(f"{name} loaded nothing")
    yield current, _content(current, pieces, media_type)


def _content(source: str, pieces: list[str], media_type: str) -> Content:
    suffix = suffix_of(source)
    # What a loader gives is text, also where it read it out of a PDF: the name promises nothing.
    promised = suffix not in PROMISED
    media_type = media_type.partition(";")[0].strip().casefold()
    return Content("\n\n".join(pieces).encode("utf-8"), media_type, suffix if promised else "")

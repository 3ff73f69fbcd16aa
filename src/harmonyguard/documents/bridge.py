"""The bridge to LangChain: any `BaseLoader` can be a source of policies, langchain-community's among them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from harmonyguard.steps import InputError

from .document import Document
from .loading import read_document

if TYPE_CHECKING:
    from langchain_core.document_loaders import BaseLoader


async def load_with(loader: BaseLoader) -> tuple[Document, ...]:
    """The documents that `loader` loads, each under the `source` of its metadata.

    What a loader reaches is the caller's choice: addresses are not checked here. Raises InputError when it loads
    nothing, or something that has no text or no source.
    """
    loaded = await asyncio.to_thread(loader.load)
    if not loaded:
        raise InputError(f"{type(loader).__name__} loaded nothing")
    found = []
    for document in loaded:
        source = document.metadata.get("source")
        if not isinstance(source, str) or not source:
            raise InputError(f"{type(loader).__name__} gave a document without a source: policies could not cite it")
        media_type = str(document.metadata.get("content_type", ""))
        content = document.page_content.encode("utf-8")
        found.append(await asyncio.to_thread(read_document, source, content, media_type))
    return tuple(found)

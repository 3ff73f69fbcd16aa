"""From what the caller named to single documents: files and URLs, the documents in a folder, the pages of a site, what
a loader gives.

Content that is fetched on the way is put aside until its turn comes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from harmonyguard.steps import InputError, Record

from .aside import Aside
from .bridge import loaded_contents
from .content import Content, is_url, read_content
from .fetch import PrivateAddresses
from .site import SiteLimits, SkippedPage, site_pages

if TYPE_CHECKING:
    from langchain_core.document_loaders import BaseLoader

READABLE = frozenset(
    {".pdf", ".docx", ".html", ".htm", ".xhtml", ".md", ".markdown", ".mdown", ".mdx", ".txt", ".text"}
)
"""Extensions of the files that are read when a folder is named."""
MAX_FILES = 10_000


class FoundDocument(Record):
    """One document to read: `uri` is what policies will cite, `source` what the caller named.

    `is_named` says that this very document was named, and so is expected to hold policies; those of a folder, a site
    or a loader are expected to do so together. `put_aside` is the key of content that was fetched already.
    """

    uri: str
    source: str
    is_named: bool = False
    put_aside: str | None = None


class SkippedDocument(Record):
    """What a site offered and was not read, and why."""

    uri: str
    reason: str


class Gathering:
    """How sources are read.

    With `site`, URLs start a section of a site; `loader` is read after the sources, or in their place.
    """

    def __init__(
        self,
        *,
        private: PrivateAddresses = "never",
        site: SiteLimits | None = None,
        loader: BaseLoader | None = None,
    ) -> None:
        self._private: PrivateAddresses = private
        self._site = site
        self._loader = loader
        self._aside = Aside()

    async def find(self, sources: Sequence[str]) -> AsyncIterator[FoundDocument | SkippedDocument]:
        """Every document, each once, in order.

        Raises InputError when there is nothing to read, or a folder, site or loader gives nothing.
        """
        if not sources and self._loader is None:
            raise InputError("there are no policy documents: name at least one file or URL")
        given: set[str] = set()
        for source in dict.fromkeys(sources):
            async for one in self._of(source):
                if isinstance(one, FoundDocument):
                    if one.uri in given:
                        continue
                    given.add(one.uri)
                yield one
        if self._loader is not None:
            name = type(self._loader).__name__
            contents = loaded_contents(self._loader)
            while (loaded := await asyncio.to_thread(next, contents, None)) is not None:
                uri, content = loaded
                if uri not in given:
                    given.add(uri)
                    key = await asyncio.to_thread(self._aside.put, content)
                    yield FoundDocument(uri=uri, source=name, put_aside=key)

    async def _of(self, source: str) -> AsyncIterator[FoundDocument | SkippedDocument]:
        if is_url(source) and self._site is not None:
            async for page in site_pages(source, limits=self._site, private=self._private):
                if isinstance(page, SkippedPage):
                    yield SkippedDocument(uri=page.uri, reason=page.reason)
                else:
                    key = await asyncio.to_thread(self._aside.put, page.content)
                    yield FoundDocument(uri=page.uri, source=source, put_aside=key)
        elif not is_url(source) and await asyncio.to_thread(Path(source).is_dir):
            for path in await asyncio.to_thread(lambda: list(_files(Path(source)))):
                yield FoundDocument(uri=str(path), source=source)
        else:
            yield FoundDocument(uri=source, source=source, is_named=True)

    async def read(self, document: FoundDocument) -> Content:
        """The bytes of a document; what was put aside is removed. Raises InputError."""
        if document.put_aside is None:
            return await read_content(document.uri, private=self._private)
        content = await asyncio.to_thread(self._aside.take, document.put_aside)
        if content is None:
            raise InputError(f"what was fetched from {document.uri} is gone: read {document.source} again")
        return content


def _files(folder: Path) -> Iterator[Path]:
    found = 0
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.suffix.casefold() in READABLE and path.is_file():
            found += 1
            if found > MAX_FILES:
                raise InputError(f"{folder} holds more than {MAX_FILES} documents: name a smaller folder")
            yield path
    if not found:
        raise InputError(f"no documents in {folder}: PDF, DOCX, HTML, Markdown and text files are read")

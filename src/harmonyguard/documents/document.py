"""A document as the Policy Agent reads it: elements in order, each with its place and its verbatim words."""

from __future__ import annotations

import re
from typing import Literal

from harmonyguard.steps import Record

ElementKind = Literal["heading", "paragraph", "list_item", "table_row"]


class DocumentElement(Record):
    """One piece of a document.

    `text` is verbatim up to white space; the cells of a `table_row` are separated by tabs. `page` counts from 1
    and is None where the format has no pages; `headings` is the path above it, outermost first; `lead_in` is the
    unfinished sentence that a list item completes ("Users are prohibited from:").
    """

    kind: ElementKind
    text: str
    page: int | None = None
    headings: tuple[str, ...] = ()
    lead_in: str | None = None


class Document(Record):
    """A loaded document. `uri` is the source as it was named; `sha256` digests the bytes that were read.

    `notes` say what of it could not be read, for people.
    """

    uri: str
    sha256: str
    media_type: str
    pages: int | None = None
    elements: tuple[DocumentElement, ...]
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The last part of the source: a file's name or the last part of a URL's path."""
        path = re.split(r"[?#]", self.uri, maxsplit=1)[0] if "://" in self.uri else self.uri
        return path.rstrip("/").rsplit("/", 1)[-1] or self.uri

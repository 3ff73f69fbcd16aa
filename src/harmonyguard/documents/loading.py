"""Loading a document: what it really is decides how it is read, not what it is called."""

from __future__ import annotations

import asyncio
import codecs
import io
import re
import zipfile

from harmonyguard.steps import InputError

from .blocks import Block, not_in, place
from .content import Content, read_content
from .document import Document

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
MARKDOWN = "text/markdown"
PLAIN = "text/plain"

PROMISED = {".pdf": PDF, ".docx": DOCX}
"""Extensions that promise a binary format: another content is an error that should be told, not guessed around."""
MARKUP = re.compile(r"<!doctype html|<(html|head|body|article|main|div|h[1-6]|p|ul|table)\b[^>]*>", re.I)
MARKDOWN_SIGNS = re.compile(r"^(#{1,6} \S|\s*[-*+] \S.*|\|.+\|\s*$|\[[^\]]+\]: )", re.M)
ANY_TAG = re.compile(
    r"<(br|b|i|strong|em|a|span|section|li|ol|tr|td|dl|dt|dd|blockquote|pre|font|center)\b[^>]*>", re.I
)
CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1b")
"""What text does not hold, and what is no text is full of."""
TOLERATED = 0.2
"""Share of a document's passages that may be left out because their text came out changed."""
SUPPORTED = "HTML, PDF, Markdown, plain text and DOCX"


async def load_document(source: str, *, allow_private: bool = False) -> Document:
    """Read a file or an http(s) URL into a document.

    `allow_private` lets a URL lead to a private or local address (an intranet's policy page).
    Raises InputError, in one line, for what is missing, empty, encrypted, unreachable or not of a supported type.
    """
    content = await read_content(source, private="always" if allow_private else "never")
    return await asyncio.to_thread(document_of, source, content)


def document_of(uri: str, content: Content) -> Document:
    """Read bytes that are already there; `uri` is what policies will cite. Raises InputError as `load_document`."""
    if not content.data.strip():
        raise InputError(f"{uri} is empty")
    try:
        media_type, blocks, text, pages, notes = _parse(content)
    except InputError as error:
        raise InputError(f"cannot read {uri}: {error}") from error
    elements = place(blocks)
    if not elements:
        raise InputError(f"no text found in {uri}")
    strangers = not_in(elements, text)
    if len(strangers) > TOLERATED * len(elements):
        # A quote that is not in the document is worth nothing: better its bare words, without what layout tells.
        from .text import text_blocks

        elements = place(text_blocks(text)[0])
        strangers = not_in(elements, text)
        notes = (*notes, "its layout could not be followed: headings, lists and pages are not told apart")
    if strangers:
        # A few garbled passages must not cost the rest of the document; they are told, and no policy cites them.
        first = f"{strangers[0].text[:60]!r}"
        if len(strangers) > TOLERATED * len(elements):
            raise InputError(f"cannot read {uri}: its text came out changed at {first}")
        left_out = {id(element) for element in strangers}
        elements = tuple(element for element in elements if id(element) not in left_out)
        notes = (*notes, f"{len(strangers)} passages left out whose text came out changed, the first: {first}")
    return Document(uri=uri, sha256=content.sha256, media_type=media_type, pages=pages, elements=elements, notes=notes)


def _parse(given: Content) -> tuple[str, list[Block], str, int | None, tuple[str, ...]]:
    content = given.data
    found = _binary_type(content)
    promised = PROMISED.get(given.suffix)
    if promised is not None and found != promised:
        raise InputError(f"not a {given.suffix[1:].upper()}, whatever its name says")
    if found == PDF:
        from .pdf import pdf_blocks

        return PDF, *pdf_blocks(content)
    if found == DOCX:
        from .docx import docx_blocks

        return DOCX, *docx_blocks(content), None, ()
    text = _decoded(content)
    if not text.strip():
        raise InputError("no text in it")
    media_type = _text_type(text, given)
    if media_type == HTML:
        from .html import html_blocks

        return HTML, *html_blocks(text), None, ()
    from .text import markdown_blocks, text_blocks

    return media_type, *(markdown_blocks(text) if media_type == MARKDOWN else text_blocks(text)), None, ()


def _binary_type(content: bytes) -> str | None:
    # PDF readers accept a header anywhere in the first kilobyte (ISO 32000-1, annex H, note 13); a text that only
    # mentions it does not start with it.
    if content.lstrip()[:5] == b"%PDF-" or (b"%PDF-" in content[:1024] and b"\0" in content[:4096]):
        return PDF
    if content[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if "word/document.xml" in archive.namelist():
                    return DOCX
        except zipfile.BadZipFile:
            pass
    return None


def _decoded(content: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    beginning = content[:4096]
    controls = len(beginning) - len(beginning.translate(None, CONTROLS))
    if controls * 100 > len(beginning):
        raise InputError(f"not of a type that can be read ({SUPPORTED})")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(_declared_encoding(content), errors="replace")


def _declared_encoding(content: bytes) -> str:
    match = re.search(rb"charset=[\"']?([\w-]+)", content[:2048])
    try:
        return codecs.lookup(match.group(1).decode("ascii")).name if match else "cp1252"
    except LookupError:
        return "cp1252"


def _text_type(text: str, given: Content) -> str:
    if given.suffix in {".md", ".markdown", ".mdown", ".mdx"} or given.media_type == MARKDOWN:
        return MARKDOWN
    starts_as_markup = text.lstrip("\ufeff \t\r\n").startswith("<") and MARKUP.search(text[:4096]) is not None
    named_markup = given.suffix in {".html", ".htm", ".xhtml"}
    if starts_as_markup or (named_markup and (MARKUP.search(text) or ANY_TAG.search(text)) is not None):
        return HTML
    return MARKDOWN if re.search(r"^#{1,6} \S", text, re.M) and len(MARKDOWN_SIGNS.findall(text)) >= 2 else PLAIN

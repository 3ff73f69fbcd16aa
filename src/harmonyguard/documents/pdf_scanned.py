"""Scanned PDFs to blocks by OCR, with what the `pdf` extra installs: unstructured's layout tools and Tesseract."""

from __future__ import annotations

import io

from harmonyguard.steps import InputError

from .blocks import Block
from .html import table_rows
from .nlp import use_offline_pipeline

INSTALL = "pip install 'harmonyguard[pdf]', and the programs tesseract and poppler"


def scanned_blocks(content: bytes) -> tuple[list[Block], str]:
    """The blocks of a PDF without text, and the text that OCR found.

    Raises InputError (without the document's name) when the extra is not installed, or OCR finds nothing.
    """
    use_offline_pipeline()
    try:
        from unstructured.partition.pdf import partition_pdf
    except ImportError as error:
        words = "no text in the PDF: its pages seem to be scanned, and reading them needs OCR"
        raise InputError(f"{words} (the [pdf] extra: {INSTALL})") from error

    from unstructured.documents.elements import Footer, Header, ListItem, PageBreak, Table, Title

    try:
        elements = partition_pdf(file=io.BytesIO(content), strategy="ocr_only", languages=["eng"])
    except (OSError, RuntimeError, ValueError, ImportError) as error:
        words = " ".join(str(error).split())[:160] or type(error).__name__
        raise InputError(f"the scanned pages cannot be read: {words} (OCR needs {INSTALL})") from error
    blocks: list[Block] = []
    for element in elements:
        page = element.metadata.page_number
        if isinstance(element, Header | Footer | PageBreak) or not element.text.strip():
            continue
        if isinstance(element, Title):
            blocks.append(Block("heading", element.text, page))
        elif isinstance(element, Table):
            blocks.extend(Block(row.kind, row.text, page) for row in table_rows(element))
        elif isinstance(element, ListItem):
            blocks.append(Block("list_item", element.text, page))
        else:
            blocks.append(Block("paragraph", element.text, page))
    if not blocks:
        raise InputError("no text in the PDF, and OCR finds none on its pages either")
    return blocks, "\n".join(block.text for block in blocks)

"""Plain text and Markdown to blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .blocks import Block
from .html import html_blocks
from .lines import join, text_lines
from .nlp import use_offline_pipeline

FRONT_MATTER = re.compile(r"\A---\s*\n.*?\n(---|\.\.\.)\s*\n", re.S)


def markdown_blocks(text: str) -> tuple[list[Block], str]:
    """The blocks of a Markdown text, rendered first, so that what HTML in it hides is hidden here as well."""
    from markdown_it import MarkdownIt

    rendered = (
        MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .render(FRONT_MATTER.sub("", text, count=1))
    )
    return html_blocks(f"<html><body>{rendered}</body></html>")


def text_blocks(text: str) -> tuple[list[Block], str]:
    """The blocks of a plain text, whatever its line width."""
    return list(partitioned(join(text_lines(text)))), text


def partitioned(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks as unstructured's text partitioner sees them; what layout already told stays."""
    use_offline_pipeline()
    from unstructured.documents.elements import ListItem
    from unstructured.partition.text import partition_text

    for block in blocks:
        if block.kind != "paragraph":
            yield block
            continue
        elements = partition_text(text=block.text, languages=["eng"], paragraph_grouper=False)
        for element in elements:
            kind = "list_item" if isinstance(element, ListItem) else "paragraph"
            yield Block("list_item" if kind == "list_item" else "paragraph", element.text, block.page, block.level)

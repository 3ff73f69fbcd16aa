"""Plain text and Markdown to blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from .blocks import Block
from .html import html_blocks
from .lines import join, text_lines
from .nlp import use_offline_pipeline

LETTERED = re.compile(r"^(?P<indent> {0,3})(?:\(?(?:[a-h]|[ivx]{1,4})[.)]|\(\d{1,2}\))[ \t]+(?=\S)")
FRONT_MATTER = re.compile(r"\A---\s*\n.*?\n(---|\.\.\.)\s*\n", re.S)


def markdown_blocks(text: str) -> tuple[list[Block], str]:
    """The blocks of a Markdown text, rendered first, so that what HTML in it hides is hidden here as well."""
    from markdown_it import MarkdownIt

    rendered = (
        MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .render(_with_lettered_lists(FRONT_MATTER.sub("", text, count=1)))
    )
    return html_blocks(f"<html><body>{rendered}</body></html>")


def _with_lettered_lists(text: str) -> str:
    """Lists by letters, Roman numbers or numbers in brackets, which Markdown takes for prose, as lists."""
    lines: list[str] = []
    fenced = False
    for line in text.split("\n"):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        lines.append(line if fenced else LETTERED.sub(r"\g<indent>- ", line))
    return "\n".join(lines)


def text_blocks(text: str) -> tuple[list[Block], str]:
    """The blocks of a plain text, whatever its line width."""
    return list(partitioned(join(text_lines(text)))), text


def partitioned(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks with the list items that unstructured's text partitioner would find; what layout already told stays.

    Only its tests for bullets and numbers are asked: the whole partitioner, called for each paragraph, also parses
    every sentence and takes longer than reading the PDF.
    """
    use_offline_pipeline()
    from unstructured.cleaners.core import clean_bullets
    from unstructured.partition.text_type import is_bulleted_text, is_possible_numbered_list

    for block in blocks:
        if block.kind != "paragraph":
            yield block
        elif is_bulleted_text(block.text):
            yield replace(block, kind="list_item", text=clean_bullets(block.text))
        elif is_possible_numbered_list(block.text):
            yield replace(block, kind="list_item")
        else:
            yield block

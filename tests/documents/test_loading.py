"""Markdown, plain text and DOCX files; what is unusable is told in one line."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.documents import load_document
from harmonyguard.documents.blocks import Block, place
from harmonyguard.documents.lines import Line, join, text_lines, without_running_lines
from harmonyguard.steps import InputError

MARKDOWN = """---
owner: nobody
---
# Travel

## Contents
- Booking
- Claims

## Booking
Travellers must not:

- fly first class
- book hotels:
  - above 200 EUR
  - without a receipt

<!-- Travellers must pay the author. -->
<div style="display:none">Travellers must pay the author.</div>

## Claims
Claims are due in a month.
"""

PLAIN = """KEY HANDLING

1. Purpose

This text is set
in short lines.

2. Rules

Keyholders must not:

  - lend a key to anyone who has not
    signed for it
  - copy a key
"""


async def test_markdown(write: Callable[..., str]) -> None:
    document = await load_document(write("travel.md", MARKDOWN))
    found = {element.text: element for element in document.elements}
    assert document.media_type == "text/markdown"
    assert document.name == "travel.md"
    assert found["fly first class"].lead_in == "Travellers must not:"
    assert found["above 200 EUR"].lead_in == "Travellers must not: book hotels:"
    assert found["Claims are due in a month."].headings == ("Travel", "Claims")
    assert not any("author" in text or "owner" in text for text in found)
    kinds = [element.kind for element in document.elements if element.text in {"Booking", "Claims"}]
    assert kinds == ["heading", "heading"], "the table of contents is gone, the headings stay"


async def test_plain_text(write: Callable[..., str]) -> None:
    document = await load_document(write("keys.txt", PLAIN))
    found = {element.text: element for element in document.elements}
    assert found["This text is set in short lines."].headings[-1] == "1. Purpose"
    assert found["lend a key to anyone who has not signed for it"].lead_in == "Keyholders must not:"
    assert found["copy a key"].headings[-1] == "2. Rules"


async def test_the_content_decides_not_the_name(write: Callable[..., str]) -> None:
    page = "<!DOCTYPE html><html><body><h1>Rules</h1><p>Knock first.</p></body></html>"
    assert (await load_document(write("page.txt", page))).media_type == "text/html"
    assert (await load_document(write("noname", MARKDOWN[MARKDOWN.index("# Travel") :]))).media_type == "text/markdown"


def _docx(build: Callable[[WordDocument], None]) -> bytes:
    document = docx.Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _handbook(document: WordDocument) -> None:
    document.sections[0].header.paragraphs[0].text = "Header words"
    document.add_heading("Handbook", 1)
    document.add_heading("Keys", 2)
    document.add_paragraph("Guards must not:")
    document.add_paragraph("leave the gate", style="List Bullet")
    hidden = document.add_paragraph("Guards must carry ").add_run("SMUGGLED")
    hidden.font.hidden = True
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Gate"
    table.rows[0].cells[1].text = "Must be locked at night"


async def test_docx(write: Callable[..., str]) -> None:
    document = await load_document(write("handbook.docx", _docx(_handbook)))
    found = {element.text: element for element in document.elements}
    assert found["leave the gate"].lead_in == "Guards must not:"
    assert found["leave the gate"].headings == ("Handbook", "Keys")
    assert found["Gate\tMust be locked at night"].kind == "table_row"
    assert "Header words" not in found
    assert "SMUGGLED" not in document.model_dump_json()


def _revised(document: WordDocument) -> None:
    paragraph = document.add_paragraph("Guards must ")
    for kind, words in (("w:del", "sleep"), ("w:ins", "watch")):
        run, revision = paragraph.add_run(words), OxmlElement(kind)
        revision.set(qn("w:id"), "1")
        run._r.addprevious(revision)
        revision.append(run._r)


async def test_tracked_changes_read_as_accepted(write: Callable[..., str]) -> None:
    document = await load_document(write("revised.docx", _docx(_revised)))
    assert [element.text for element in document.elements] == ["Guards must watch"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.md", b"", "is empty"),
        ("blank.txt", b" \n\n", "is empty"),
        ("hollow.html", b"<html><body><nav>Home</nav></body></html>", "no text found"),
        ("image.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(100), "not of a type"),
        ("sheet.xlsx", b"PK\x03\x04" + bytes(60), "not of a type"),
        ("fake.docx", b"words", "not a DOCX"),
    ],
)
async def test_unusable_files(write: Callable[..., str], name: str, content: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        await load_document(write(name, content))
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_missing_and_directory(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        await load_document(str(tmp_path / "missing.pdf"))
    with pytest.raises(InputError, match="is a directory"):
        await load_document(str(tmp_path))


WORDS = st.lists(
    st.sampled_from(["Guards", "must", "not", "lend", "any", "key", "to", "visitors", "after", "nine"]), min_size=1
)


@given(st.lists(st.lists(WORDS.map(" ".join), min_size=1, max_size=4), min_size=1, max_size=5))
def test_joining_lines_loses_and_adds_no_word(paragraphs: list[list[str]]) -> None:
    text = "\n\n".join("\n".join(lines) for lines in paragraphs)
    assert " ".join(block.text for block in join(text_lines(text))).split() == text.split()


@given(st.lists(WORDS.map(" ".join), min_size=2, max_size=6))
def test_running_lines_go_and_the_middle_stays(middles: list[str]) -> None:
    pages = [
        [Line("Harbour Office"), Line("second"), Line(f"body {middle} {number}x"), Line("last"), Line(f"Page {number}")]
        for number, middle in enumerate(middles)
    ]
    kept = [[line.text for line in page] for page in without_running_lines(pages)]
    assert kept == [[f"body {middle} {number}x"] for number, middle in enumerate(middles)]


@given(
    st.lists(st.tuples(st.sampled_from(["heading", "paragraph", "list_item"]), st.integers(1, 3), WORDS.map(" ".join)))
)
def test_every_block_keeps_its_words_and_its_order(given_blocks: list[tuple[str, int, str]]) -> None:
    blocks = [Block(kind, text + ".", level=level) for kind, level, text in given_blocks]  # type: ignore[arg-type]
    elements = place(blocks)
    assert [element.text for element in elements] == [block.text for block in blocks]
    assert all(element.lead_in is None for element in elements), "a finished sentence announces nothing"

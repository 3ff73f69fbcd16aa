"""Pages that are only pictures: read by OCR, and told of where its parts are not installed."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from harmonyguard.documents import load_document
from harmonyguard.documents.document import Document
from harmonyguard.policy_agent import offline
from harmonyguard.steps import InputError

REFUNDS = "examples/policies/refund-policy.pdf"
PRINTED = Path(REFUNDS).read_bytes()
MISSING = r"pip install 'harmonyguard\[pdf\]'.*tesseract-ocr"


def _pictures(*pages: Image.Image) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    for page in pages:
        canvas.drawImage(ImageReader(page), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _scan(content: bytes) -> bytes:
    """What a scanner makes of a printed PDF: a slightly crooked grey picture of each page."""
    pages: Any
    with pypdfium2.PdfDocument(content) as pages:
        pictures = [page.render(scale=200 / 72, grayscale=True).to_pil() for page in pages]
    return _pictures(*(picture.rotate(0.3, fillcolor=255) for picture in pictures))


@pytest.fixture(autouse=True)
def tesseract() -> None:
    """`make test` installs it. Reading no scan at all must not look like reading them well."""
    assert shutil.which("tesseract"), "these tests run Tesseract: for Debian, apt-get install tesseract-ocr"


def _policies(document: Document) -> list[tuple[str, int | None, str]]:
    policies = offline.PolicyAgent().extract(document).policies
    return [(policy.description, policy.sources[0].page, policy.sources[0].headings[-1]) for policy in policies]


async def test_a_scanned_policy_gives_the_policies_of_the_printed_one(write: Callable[[str, bytes], str]) -> None:
    printed = await load_document(REFUNDS)
    scanned = await load_document(write("scan.pdf", _scan(PRINTED)))
    assert _policies(scanned) == _policies(printed)
    assert scanned.notes == ("read by OCR, so that letters may be wrong: pages 1, 2",)
    assert "Page 1 of 2" not in scanned.model_dump_json(), "running lines are dropped from pictures too"


async def test_a_picture_among_printed_pages_is_read_or_told(
    write: Callable[[str, bytes], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(PRINTED)))
    blank, note = Image.new("L", (1240, 1754), 255), Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(note).text((150, 300), "Staff must knock.", fill=0, font_size=48)
    for one in (note, blank):
        writer.append(io.BytesIO(_pictures(one)))
    buffer = io.BytesIO()
    writer.write(buffer)
    path = write("mixed.pdf", buffer.getvalue())
    document = await load_document(path)
    assert ("Staff must knock.", 3) in [(element.text, element.page) for element in document.elements]
    assert document.notes == (
        "read by OCR, so that letters may be wrong: page 3",
        "no text on page 4, and OCR finds none either",
    )
    monkeypatch.setenv("PATH", "")
    (told,) = (await load_document(path)).notes
    assert told.startswith("no text on pages 3, 4, a scan by the look of it") and "tesseract" in told


@pytest.mark.parametrize("missing", ["module", "program"])
async def test_what_ocr_needs_and_lacks_is_named(
    write: Callable[[str, bytes], str], monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    if missing == "module":
        monkeypatch.setitem(sys.modules, "pypdfium2", None)
    else:
        monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match=rf"no text in the PDF.*scanned.*{MISSING}"):
        await load_document(write("scan.pdf", _pictures(Image.new("L", (100, 140), 255))))


async def test_a_scan_of_nothing_is_an_error(write: Callable[[str, bytes], str]) -> None:
    path = write("blank.pdf", _pictures(Image.new("L", (800, 1100), 255)))
    with pytest.raises(InputError, match="OCR finds none on its pages"):
        await load_document(path)


@pytest.fixture
def crashes_on_the_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Tesseract that reads the first picture and gives up on the second."""
    real, seen = shutil.which("tesseract"), tmp_path / "seen"
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nif [ -e {seen} ]; then echo "out of memory" >&2; exit 1; fi\ntouch {seen}\nexec {real} "$@"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)


@pytest.mark.usefixtures("crashes_on_the_second")
async def test_a_page_that_ocr_cannot_read_costs_no_other_page(write: Callable[[str, bytes], str]) -> None:
    document = await load_document(write("scan.pdf", _scan(PRINTED)))
    assert {element.page for element in document.elements} == {1}
    assert document.notes == (
        "read by OCR, so that letters may be wrong: page 1",
        "no text on page 2: a scanned page cannot be read: tesseract: out of memory",
    )

"""PDFs keep pages, headings and lists, and lines that were broken for printing are joined again."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter

from harmonyguard.documents import load_document
from harmonyguard.steps import InputError

from reportlab.pdfgen.canvas import Canvas  # isort: skip


async def test_a_printed_policy(write, pdf_bytes: bytes) -> None:
    from .conftest import RETENTION

    document = await load_document(write("records.pdf", pdf_bytes))
    found = {element.text: element for element in document.elements}
    assert document.pages == 2
    assert found[RETENTION].kind == "paragraph", "three printed lines are one paragraph"
    assert found[RETENTION].headings[-1] == "1. Retention"
    assert found["copying records to private devices"].lead_in == "Staff are prohibited from:"
    assert found["sending records by post"].kind == "list_item"
    assert found["Ask the archivist when unsure."].kind == "paragraph", "the list has ended"
    assert found["Payroll\tMust be shredded after ten years"].kind == "table_row"
    assert found["Only archivists may open the vault."].page == 2
    assert found["Only archivists may open the vault."].headings == ("2. Access",)


async def test_running_headers_and_page_numbers_are_dropped(write, pdf_bytes: bytes) -> None:
    text = (await load_document(write("records.pdf", pdf_bytes))).model_dump_json()
    assert "Harbour Office" not in text
    assert "Page 1 of 2" not in text


def _pdf(pages: int, text: str = "") -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for _ in range(pages):
        canvas.drawString(72, 400, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_pdf(1, "Staff must knock."))))
    writer.encrypt(password, "owner")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


async def test_scanned_pages_are_an_error_that_says_so(write) -> None:
    with pytest.raises(InputError, match=r"no text in the PDF.*scanned.*\[pdf\]"):
        await load_document(write("scan.pdf", _pdf(2)))


async def test_no_pages(write) -> None:
    buffer = io.BytesIO()
    PdfWriter().write(buffer)
    with pytest.raises(InputError, match="no pages"):
        await load_document(write("none.pdf", buffer.getvalue()))


async def test_encrypted(write) -> None:
    with pytest.raises(InputError, match="encrypted"):
        await load_document(write("secret.pdf", _encrypted("sesame")))
    opened = await load_document(write("locked-for-printing.pdf", _encrypted("")))
    assert opened.elements[0].text == "Staff must knock."


@pytest.mark.parametrize("content", [b"just words", b"<html><body><p>A page</p></body></html>", b"PK\x03\x04junk"])
async def test_a_pdf_in_name_only(write, content: bytes) -> None:
    with pytest.raises(InputError, match="not a PDF") as caught:
        await load_document(write("fake.pdf", content))
    assert "\n" not in str(caught.value)


async def test_a_torn_pdf(write, pdf_bytes: bytes) -> None:
    with pytest.raises(InputError, match="PDF"):
        await load_document(write("torn.pdf", b"%PDF-1.7\n" + b"\x00garbage" * 50))

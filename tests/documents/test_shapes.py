"""Documents come in many shapes; none of them may lose its rules or stop the loading."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from harmonyguard.documents import Document, load_document

Write = Callable[[str, str | bytes], str]


def _texts(document: Document) -> list[str]:
    return [element.text for element in document.elements]


def _word(build: Callable[[WordDocument], None]) -> bytes:
    document = docx.Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


async def test_word_numbers_its_lists_and_the_text_does_not(write: Write) -> None:
    def build(document: WordDocument) -> None:
        for rule in ("Pilots must sign in.", "Guests may not board."):
            document.add_paragraph(rule, style="List Number")
            document.add_paragraph(f"Rule: {rule}", style="List Number 2")

    document = await load_document(write("numbers.docx", _word(build)))
    assert _texts(document)[:2] == ["Pilots must sign in.", "Rule: Pilots must sign in."]
    assert {element.kind for element in document.elements} == {"list_item"}


def _child(paragraph: Paragraph, tag: str, text: str, **attributes: str) -> None:
    wrapper, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement("w:t")
    words.text = text
    for name, value in attributes.items():
        wrapper.set(qn(f"w:{name}"), value)
    run.append(words)
    wrapper.append(run)
    paragraph._p.append(wrapper)


async def test_words_in_fields_tags_and_content_controls_are_read(write: Write) -> None:
    def build(document: WordDocument) -> None:
        field = document.add_paragraph("See page ")
        _child(field, "w:fldSimple", "7", instr="PAGEREF x")
        field.add_run(" before you sail.")
        _child(document.add_paragraph("Ask the "), "w:smartTag", "harbour master.")
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        inside = document.add_paragraph("Guests must sign the book.")
        inside._p.addprevious(control)
        control.append(content)
        content.append(inside._p)
        mail = document.add_paragraph("All e")
        mail.add_run()._r.append(OxmlElement("w:noBreakHyphen"))
        mail.add_run("mail is sealed.")

    document = await load_document(write("fields.docx", _word(build)))
    assert _texts(document) == [
        "See page 7 before you sail.",
        "Ask the harbour master.",
        "Guests must sign the book.",
        "All e-mail is sealed.",
    ]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "broken.txt",
            "Personal infor-\nmation is locked away by the keeper of the house, and this information stays\nthere.\n",
            "Personal information is locked away by the keeper of the house, and this information stays there.",
        ),
        ("soft.txt", "Pass\u00adwords are\u00a0kept; \ufb01les are locked.", "Passwords are kept; files are locked."),
        ("windows.txt", "\ufeffRULES\r\n\r\nDon\u2019t share keys.\r\n", "Don\u2019t share keys."),
        ("form.html", "<body><form><p>Guests must sign.</p></form></body>", "Guests must sign."),
        ("empty_main.html", "<body><main></main><p>Guests must sign.</p></body>", "Guests must sign."),
        ("fragment.html", "Guests must sign.<br><br>Keys stay here.", "Guests must sign. Keys stay here."),
        ("framed.txt", "********\n* KEYS *\n********\n\nKeys stay here.\n", "Keys stay here."),
    ],
)  # fmt: skip
async def test_print_and_markup_leave_the_words_alone(write: Write, name: str, content: str, expected: str) -> None:
    assert expected in " ".join(_texts(await load_document(write(name, content))))


async def test_underlined_lines_are_headings(write: Write) -> None:
    text = "Keys of the house\n-----------\n* Keys stay here.\n\nDoors and gates\n=====\nDoors are shut at ten.\n"
    document = await load_document(write("underlined.txt", text))
    assert [(one.text, one.headings) for one in document.elements if one.kind != "heading"] == [
        ("Keys stay here.", ("Keys of the house",)),
        ("Doors are shut at ten.", ("Doors and gates",)),
    ]


async def test_short_lines_in_a_row_are_a_list(write: Write) -> None:
    document = await load_document(
        write("lines.txt", "Keep off the grass\n\nLeash your dog here\n\nTake your litter home\n")
    )
    assert {element.kind for element in document.elements} == {"list_item"}
    document = await load_document(write("titled.txt", "Rules of the park\n\nTake your litter home after a picnic.\n"))
    assert [element.kind for element in document.elements] == ["heading", "paragraph"]


def _pdf(pages: Sequence[Sequence[tuple[float, float, str]]]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for page in pages:
        for x, y, line in page:
            canvas.drawString(x, y, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


async def test_a_paragraph_runs_on_over_head_and_foot(write: Write) -> None:
    head, foot = (72, 800, "Harbour Office"), (72, 30, "Page 1 of 2")
    pages = [
        [head, (72, 500, "Boats that stay longer than a week in the harbour must pay at the"), foot],
        [
            head,
            (72, 700, "office of the harbour master, and must show the receipt at the gate."),
            (72, 30, "Page 2 of 2"),
        ],
    ]
    document = await load_document(write("over.pdf", _pdf(pages)))
    assert len(document.elements) == 1
    assert document.elements[0].text.endswith(
        "at the office of the harbour master, and must show the receipt at the gate."
    )


async def test_numbers_printed_beside_their_items(write: Write) -> None:
    lines = [(72, 700, "Guests must:"), (72, 680, "1"), (90, 680, "sign the book that lies"), (90, 666, "at the gate"),
             (72, 650, "2"), (90, 650, "wear a badge")]  # fmt: skip
    document = await load_document(write("numbers.pdf", _pdf([lines])))
    items = [element for element in document.elements if element.kind == "list_item"]
    assert [item.text for item in items] == ["sign the book that lies at the gate", "wear a badge"]
    assert {item.lead_in for item in items} == {"Guests must:"}


def _two_byte_pdf(text: str) -> bytes:
    """A page in a font whose codes are two bytes and mean nothing by themselves, as browsers print."""
    letters = sorted(set(text))
    code = {letter: index + 3 for index, letter in enumerate(letters)}
    mapping = "".join(f"<{code[letter]:04X}> <{ord(letter):04X}>\n" for letter in letters)
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{len(letters)} beginbfchar\n{mapping}endbfchar\nendcmap end end"
    )
    shown = "".join(f"{code[letter]:04X}" for letter in text)
    page = f"BT /F1 12 Tf 72 700 Td <{shown}> Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(page)}>>stream\n{page}\nendstream",
        "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[7 0 R]/ToUnicode 6 0 R>>",
        f"<</Length {len(to_unicode)}>>stream\n{to_unicode}\nendstream",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        "/DW 600>>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    ).encode("latin-1")


async def test_pdfs_that_browsers_print_are_read(write: Write) -> None:
    document = await load_document(write("printed.pdf", _two_byte_pdf("Guests must sign the book.")))
    assert _texts(document) == ["Guests must sign the book."]

"""Writes `examples/policies/refund-policy.pdf`, the same bytes every time.

Run it from anywhere: `python scripts/make_example_policies.py [FOLDER]`. Needs reportlab (a development dependency).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate

FOLDER = Path(__file__).resolve().parent.parent / "examples" / "policies"
NAME = "refund-policy.pdf"

INK = colors.HexColor("#1c2430")
ACCENT = colors.HexColor("#2457d6")
DIM = colors.HexColor("#66707f")

TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=22, leading=27, textColor=INK, spaceAfter=2 * mm)
SUBTITLE = ParagraphStyle("subtitle", fontName="Helvetica", fontSize=10.5, leading=15, textColor=DIM, spaceAfter=8 * mm)
HEADING = ParagraphStyle(
    "heading",
    fontName="Helvetica-Bold",
    fontSize=12.5,
    leading=16,
    textColor=INK,
    spaceBefore=5 * mm,
    spaceAfter=2 * mm,
)
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=15.5, textColor=INK, spaceAfter=2.5 * mm)

PAGES: tuple[tuple[tuple[Literal["heading", "text"], str], ...], ...] = (
    (
        ("heading", "1. Purpose"),
        (
            "text",
            "Refunds are part of good service. Most of them are small, undisputed and quickly settled, and it makes no "
            "sense to send every one of them through the accounts department. This policy sets out which refunds the "
            "support desk settles on its own and how it records them.",
        ),
        ("heading", "2. Scope"),
        (
            "text",
            "The policy covers refunds on orders placed in our online shop, whether they are entered by staff or by "
            "automated agents that work for staff. Chargebacks and vouchers are handled by Finance and are described "
            "in the accounting manual.",
        ),
        ("heading", "3. Definitions"),
        (
            "text",
            '"Refund" means money that is paid back to a customer on an order. "Amount" means the sum of one refund in '
            'euros, taxes included. "Reason" means the short sentence in the refund form that says why the money is '
            "paid back; the customer finds it on the credit note.",
        ),
        ("heading", "4. Limits"),
        (
            "text",
            "The desk works fast because it decides alone, and it decides alone only about small sums. Refunds above "
            "100 euros must not be issued. Larger cases go to Finance, who usually answer within a day; smaller ones "
            "are settled at once.",
        ),
    ),
    (
        ("heading", "5. Records"),
        (
            "text",
            "A refund must not be submitted without a reason. The auditors draw a sample of refunds every spring "
            "and read the reasons, and a blank one costs us an afternoon of searching through old conversations.",
        ),
        (
            "text",
            'A reason is good when a stranger understands it. "Damaged on arrival" is a good reason; "see ticket" is '
            "not much help to anybody.",
        ),
        ("heading", "6. Time"),
        (
            "text",
            "Refunds reach the customer's account after three to five working days. The bank decides how long it "
            "takes, and neither we nor the customer can speed it up.",
        ),
        ("heading", "7. Contact"),
        (
            "text",
            "Finance answers questions about this policy on extension 4460. The current version is kept in the "
            "handbook; printed copies may be out of date.",
        ),
    ),
)


def write_refund_policy(folder: Path) -> Path:
    """Write the refund policy into `folder` (which must exist) and return its path."""
    path = folder / NAME
    document = SimpleDocTemplate(
        str(path),
        pagesize=A4,
        leftMargin=25 * mm,
        rightMargin=25 * mm,
        topMargin=32 * mm,
        bottomMargin=26 * mm,
        title="Refund policy",
        author="Northwind Support",
        subject="Refunds on the support desk",
        invariant=1,
    )
    document.build(list(_story()), onFirstPage=_frame, onLaterPages=_frame)
    return path


def _story() -> Iterator[Flowable]:
    yield Paragraph("Refund policy", TITLE)
    yield Paragraph("Version 3.0, in force from 1 January 2026. Approved by Finance and Customer Operations.", SUBTITLE)
    for number, blocks in enumerate(PAGES):
        if number:
            yield PageBreak()
        for kind, content in blocks:
            yield Paragraph(content, HEADING if kind == "heading" else BODY)


def _frame(canvas: Canvas, document: SimpleDocTemplate) -> None:
    """Header and footer, as they stand on every page."""
    width, height = A4
    canvas.saveState()
    canvas.setFillColor(ACCENT)
    canvas.rect(25 * mm, height - 20 * mm, 5 * mm, 5 * mm, stroke=0, fill=1)
    canvas.setFillColor(DIM)
    canvas.setFont("Helvetica", 8.5)
    canvas.drawString(32 * mm, height - 18.7 * mm, "Northwind Support")
    canvas.drawRightString(width - 25 * mm, height - 18.7 * mm, "Internal")
    canvas.setStrokeColor(colors.HexColor("#e3e7ee"))
    canvas.line(25 * mm, 19 * mm, width - 25 * mm, 19 * mm)
    canvas.drawString(25 * mm, 14 * mm, "Refund policy 3.0")
    canvas.drawRightString(width - 25 * mm, 14 * mm, f"Page {document.page} of {len(PAGES)}")
    canvas.restoreState()


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    target.mkdir(parents=True, exist_ok=True)
    sys.stdout.write(f"{write_refund_policy(target)}\n")

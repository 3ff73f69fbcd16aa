"""PDF to blocks: pypdf reads each page, layout tells headings and paragraphs, page numbers are kept."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING, Any

from harmonyguard.steps import InputError

from .blocks import Block
from .lines import BULLET, ENUMERATED, Line, join, without_running_lines
from .pdf_bullets import DrawnBullets, with_bullets
from .pdf_hidden import take_out_hidden
from .pdf_scanned import scanned_lines
from .text import partitioned

if TYPE_CHECKING:
    from pypdf import PageObject


COUNTER = re.compile(r"\d{1,2}|[a-z]|[ivx]{1,4}")
FARTHEST_COUNTER = 30.0
"""Points between the start of a list item's number and the start of its words, at most."""


def pdf_blocks(content: bytes) -> tuple[list[Block], str, int, tuple[str, ...]]:
    """The blocks of a PDF, its whole text, its number of pages, and notes on pages that were not read.

    Pages that are only a picture are read by OCR, given the `pdf` extra. Without it they are named in the notes, and a
    document of nothing else is an error.

    Raises InputError (without the document's name) when it cannot be read, is encrypted, or holds no text.
    """
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        # An empty user password is how publishers lock printing; it opens without being told anything.
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("the PDF is encrypted: remove its password and load it again")
        pages = []
        hidden = 0
        for number, page in enumerate(reader.pages, start=1):
            hidden += take_out_hidden(page)
            pages.append(_lines(page, number))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise InputError(f"not a readable PDF: {_one_line(error)}") from error
    if not pages:
        raise InputError("the PDF has no pages")
    blank = not any(line.text.strip() for page in pages for line in page)
    if blank and hidden:
        raise InputError("all text in the PDF is hidden from its readers: invisible, white or off the page")
    pictures = [
        number for number, page in enumerate(pages, start=1) if not page and (blank or reader.pages[number - 1].images)
    ]
    notes = _read_pictures(content, pictures, pages, blank) if pictures else ()
    lines = [line for page in without_running_lines(pages) for line in page]
    # A paragraph runs on over the foot and the head of its pages: what the blocks must stand in leaves them out too.
    whole = "\n".join(line.text for line in lines)
    return list(partitioned(join(lines))), whole, len(pages), notes


def _read_pictures(content: bytes, pictures: list[int], pages: list[list[Line]], blank: bool) -> tuple[str, ...]:
    """Fills in what OCR reads on pages that are only pictures, and says of which pages nobody can rely on the text."""
    try:
        found = scanned_lines(content, pictures)
    except InputError as error:
        if blank:
            raise InputError(f"no text in the PDF, its pages seem to be scanned: {error}") from error
        return (f"no text on {_listed(pictures)}, a scan by the look of it: {error}",)
    failed: dict[str, list[int]] = {}
    for number, lines in found.items():
        if isinstance(lines, InputError):
            failed.setdefault(str(lines), []).append(number)
        else:
            pages[number - 1] = lines
    read = [number for number in pictures if pages[number - 1]]
    empty = [number for number in pictures if found[number] == []]
    if blank and not read:
        why = "; ".join(failed) or "OCR finds none on its pages either"
        raise InputError(f"no text in the PDF, and {why}")
    return (
        *([f"read by OCR, so that letters may be wrong: {_listed(read)}"] if read else []),
        *([f"no text on {_listed(empty)}, and OCR finds none either"] if empty else []),
        *(f"no text on {_listed(numbers)}: {why}" for why, numbers in failed.items()),
    )


def _listed(pages: list[int]) -> str:
    named = ", ".join(map(str, pages[:10])) + (f" and {len(pages) - 10} more" if len(pages) > 10 else "")
    return f"page {named}" if len(pages) == 1 else f"pages {named}"


def _lines(page: PageObject, number: int) -> list[Line]:
    fragments: list[tuple[str, float, float, float, bool]] = []

    def visit(text: str, current: Any, matrix: Any, font: Any, size: Any) -> None:
        if not text:
            return
        x = matrix[4] * current[0] + matrix[5] * current[2] + current[4]
        y = matrix[4] * current[1] + matrix[5] * current[3] + current[5]
        scale = abs(matrix[3] * current[3]) or 1.0
        name = str((font or {}).get("/BaseFont", ""))
        fragments.append((text, float(x), float(y), round(float(size) * scale, 1), "bold" in name.casefold()))

    drawn = DrawnBullets()
    text = page.extract_text(visitor_text=visit, visitor_operand_before=drawn.see)
    height = float(page.mediabox.height) or 1.0
    bottom = float(page.mediabox.bottom)
    told = "".join(fragment[0] for fragment in fragments)
    if "".join(told.split()) != "".join(text.split()):
        return [Line(line, page=number) for line in text.split("\n") if line.strip()]
    lines: list[Line] = []
    words: list[str] = []
    first: tuple[float, float, float, bool] | None = None

    def close() -> None:
        nonlocal first
        joined = "".join(words)
        if joined.strip() and first is not None:
            x, y, size, bold = first
            line = Line(joined.strip(), number, size, bold, x, y, (y - bottom) / height)
            _append(lines, line)
        words.clear()
        first = None

    for fragment, x, y, size, bold in fragments:
        pieces = fragment.split("\n")
        for index, piece in enumerate(pieces):
            if index:
                close()
            if piece.strip():
                # A line that only begins in bold is no heading.
                first = (x, y, size, bold) if first is None else (*first[:3], first[3] and bold)
            words.append(piece)
    close()
    return with_bullets(lines, drawn.marks)


def _append(lines: list[Line], line: Line) -> None:
    """Cells of one table row, and a bullet and its item, are printed at one height: one line."""
    last = lines[-1] if lines else None
    if last is None or last.y is None or line.y is None or abs(last.y - line.y) > 2.5:
        lines.append(line)
        return
    counted = COUNTER.fullmatch(last.text.strip()) is not None and _near(last, line)
    marker = counted or not BULLET.sub("", ENUMERATED.sub("", last.text)).strip()
    mark = f"{last.text}." if counted else last.text
    text = f"{mark} {line.text}" if marker else f"{last.text}\t{line.text}"
    x = line.x if marker else last.x
    lines[-1] = Line(text, last.page, line.size, last.bold and line.bold, x, last.y, last.top)


def _near(counter: Line, line: Line) -> bool:
    """True when a number stands as close before its line as the number of a list item, closer than a table's cell."""
    return counter.x is not None and line.x is not None and 0 < line.x - counter.x < FARTHEST_COUNTER


def _one_line(error: BaseException) -> str:
    return re.sub(r"\s+", " ", str(error)).strip()[:120] or type(error).__name__

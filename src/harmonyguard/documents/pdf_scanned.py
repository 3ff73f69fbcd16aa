"""Scanned PDF pages to lines by OCR: pdfium, of the `pdf` extra, draws a page, and Tesseract reads the picture.

A line that OCR read is a `Line` like any other: what follows joins paragraphs, finds headings and drops what repeats
from page to page in the same way as for printed text.
"""

from __future__ import annotations

import io
import math
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped]

from harmonyguard.steps import InputError

from .lines import Line

if TYPE_CHECKING:
    from PIL.Image import Image

INSTALL = "pip install 'harmonyguard[pdf]', and the program tesseract (for Debian: apt-get install tesseract-ocr)"
RESOLUTION = 300
"""Dots per inch that Tesseract's documentation asks for ("Improving the quality of the output")."""
MOST_DOTS = 40_000_000
"""Dots of one picture at most, about four pages of A4: a page that calls itself a mile wide is drawn coarser."""
SECONDS_PER_PAGE = 120
SURE = 30
"""Of 100: a word that Tesseract is less sure of is a speck, a rule or a logo more often than a word."""
SAME_SIZE = 0.07
"""Share by which the measured size of body text varies from line to line."""


def scanned_lines(content: bytes, numbers: Sequence[int]) -> dict[int, list[Line] | InputError]:
    """The lines that OCR finds on each of the pages `numbers` (from 1) of a PDF, or why it cannot read that page.

    A page on which it finds nothing has no lines. Raises InputError (without the document's name) when the extra or
    Tesseract is not there.
    """
    try:
        import pypdfium2  # type: ignore[import-untyped]
    except ImportError as error:
        raise InputError(f"reading scanned pages needs OCR (the [pdf] extra: {INSTALL})") from error
    if (tesseract := shutil.which("tesseract")) is None:
        raise InputError(f"reading scanned pages needs OCR, and the program tesseract is missing ({INSTALL})")

    failures = (pypdfium2.PdfiumError, subprocess.SubprocessError, etree.XMLSyntaxError, ValueError, OSError)
    found: dict[int, list[Line] | InputError] = {}
    try:
        with pypdfium2.PdfDocument(content) as pdf:
            for number in numbers:
                try:
                    page = pdf[number - 1]
                    found[number] = _lines(_read(page, tesseract), number, page.get_height())
                except failures as error:
                    found[number] = _unreadable(error)
    except failures as error:
        raise _unreadable(error) from error
    return found


def _unreadable(error: BaseException) -> InputError:
    return InputError(f"a scanned page cannot be read: {' '.join(str(error).split())[:160] or type(error).__name__}")


def _read(page: Any, tesseract: str) -> list[tuple[str, float, float, float]]:
    """Lines of a page (pypdfium2): text, size of its letters, left and foot, in points from its upper left corner."""
    dots = page.get_width() * page.get_height() * (RESOLUTION / 72) ** 2
    scale = RESOLUTION / 72 * min(1.0, math.sqrt(MOST_DOTS / max(dots, 1.0)))
    picture = page.render(scale=scale, grayscale=True).to_pil()
    # hOCR alone tells the size of a line's letters (x_size); heights of boxes depend on which letters a line holds.
    hocr = _hocr(tesseract, picture, round(scale * 72))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    read = []
    for line in etree.fromstring(hocr, parser).iterfind(".//{*}span[@class][@title]"):
        if line.get("class") == "ocrx_word":
            continue
        words = [word for word in line.iterfind("{*}span[@class='ocrx_word']") if _number("x_wconf", word) >= SURE]
        text = " ".join("".join(word.itertext()).strip() for word in words).strip()
        if not text:
            continue
        left, foot = _place(line)
        read.append((text, _number("x_size", line) / scale, left / scale, foot / scale))
    return read


def _hocr(tesseract: str, picture: Image, dots_per_inch: int) -> bytes:
    png = io.BytesIO()
    picture.save(png, format="PNG")
    command = [tesseract, "stdin", "stdout", "--dpi", str(dots_per_inch), "-l", "eng", "hocr"]
    # Its threads wait for each other busily: with one it takes half of the processor's time and no longer.
    alone = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(  # noqa: S603 - a fixed command, whose input is a picture
        command, input=png.getvalue(), capture_output=True, timeout=SECONDS_PER_PAGE, env=alone, check=False
    )
    if done.returncode:
        raise OSError(f"tesseract: {done.stderr.decode(errors='replace')}")
    return done.stdout


def _number(name: str, span: Any) -> float:
    found = re.search(rf"\b{name} (-?[\d.]+)", span.get("title", ""))
    return float(found[1]) if found else 0.0


def _place(span: Any) -> tuple[float, float]:
    found = re.search(r"\bbbox (\d+) \d+ \d+ (\d+)", span.get("title", ""))
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)


def _lines(read: Sequence[tuple[str, float, float, float]], number: int, height: float) -> list[Line]:
    body = median(size for _, size, _, _ in read) if read else 0.0
    lines = []
    for text, size, left, foot in read:
        size = body if abs(size - body) <= SAME_SIZE * body else size
        y = height - foot
        lines.append(Line(text, number, round(size, 1), x=left, y=y, top=y / (height or 1.0)))
    return lines

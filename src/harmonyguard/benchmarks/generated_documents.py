"""Documents of any length to measure ingestion on: handbooks of invented rules, as PDF and as HTML pages."""

from __future__ import annotations

import random
import textwrap
import zlib
from collections.abc import Sequence

WHO = ("Staff", "Contractors", "Agents", "Administrators", "Visitors", "Managers")
DUTIES = (
    "must not share {what} with anyone outside {place}",
    "may only open {what} during office hours",
    "must encrypt {what} before it is sent",
    "must not delete {what} without approval",
    "are prohibited from copying {what} to private devices",
    "must tell {place} before they change {what}",
)
WHAT = ("customer records", "payroll files", "invoices", "passwords", "e-mail addresses", "contracts", "tickets")
PLACES = ("the records office", "the service desk", "the legal team", "the harbour office", "the eastern branch")
ASIDES = (
    "The reason is that {what} went missing in {place} once, and that it took weeks to find out how it had happened.",
    "For years {place} kept {what} on paper, and some of it is still there for those who want to look back.",
    "The history of {what} in {place} goes back to the days before the first computer came into the building.",
    "A yearly review in {place} looked at {what} and came to the same result as the year before.",
)
PARAGRAPHS_A_PAGE = 6
PAGE_WIDTH, PAGE_HEIGHT, LEFT, TOP, LEADING = 595, 842, 72, 760, 14

Page = tuple[str, list[str]]
"""A heading and its paragraphs."""


def handbook(pages: int, seed: int = 0) -> list[Page]:
    """`pages` pages of six paragraphs, three of which state a rule; no two rules are the same."""
    chance = random.Random(seed)  # noqa: S311 - documents to measure on, no secrets
    made = []
    for number in range(1, pages + 1):
        paragraphs = []
        for position in range(PARAGRAPHS_A_PAGE):
            said = [_fill(chance.choice(ASIDES), chance) for _ in range(3)]
            if position % 2 == 0:
                duty = _fill(chance.choice(DUTIES), chance)
                said[0] = f"{chance.choice(WHO)} {duty}, as rule {number} of group {chance.randint(100, 999)} has it."
            paragraphs.append(" ".join(said))
        made.append((f"{number}. Rules of {chance.choice(PLACES)}", paragraphs))
    return made


def _fill(pattern: str, chance: random.Random) -> str:
    return pattern.format(what=chance.choice(WHAT), place=chance.choice(PLACES))


def as_html(page: Page) -> str:
    """One page of a site with the frame that sites have: styles, scripts, menus, a notice about cookies, a foot."""
    title, paragraphs = page
    body = "".join(f'<div class="text"><p class="copy">{text}</p></div>' for text in paragraphs)
    return (
        f"<!doctype html><html><head><title>{title}</title><style>{STYLE}</style></head><body>"
        f"<header><a href='/'>The Office</a><nav>{_menu('Department', 30)}</nav></header>"
        f'<div class="cookie-banner"><p>We use cookies to see how this site is used.</p><button>Accept</button></div>'
        f'<div class="layout"><aside>{_menu("Handbook part", 40)}</aside><main><h1>{title}</h1>{body}</main></div>'
        f"<footer>{_menu('Office in town', 30)}<p>The Office, Harbour Street</p></footer>"
        f"<script>{SCRIPT}</script></body></html>"
    )


STYLE = "".join(f".part-{number} {{ margin: {number}px; color: #222 }} " for number in range(60))
SCRIPT = "".join(f"window.part{number} = function () {{ return {number} }};" for number in range(60))


def _menu(words: str, links: int) -> str:
    items = (f'<li class="item"><a href="/part/{number}">{words} {number}</a></li>' for number in range(links))
    return f'<ul class="menu">{"".join(items)}</ul>'


def as_pdf(pages: Sequence[Page]) -> bytes:
    """A PDF of one page each: a heading in bold, paragraphs in lines of 80 characters, a running foot."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for number, page in enumerate(pages, start=1):
        drawn = zlib.compress(_drawn(page, number))
        kids.append(len(objects) + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE_WIDTH} {PAGE_HEIGHT}] /Contents {len(objects) + 2} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(drawn)} /Filter /FlateDecode >>\nstream\n".encode() + drawn + b"\nendstream")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    return _file(objects)


def _drawn(page: Page, number: int) -> bytes:
    title, paragraphs = page
    lines = [f"BT /F2 15 Tf {LEFT} {TOP} Td ({_escaped(title)}) Tj ET"]
    y = TOP - 2 * LEADING
    for paragraph in paragraphs:
        for line in textwrap.wrap(paragraph, 80):
            lines.append(f"BT /F1 11 Tf {LEFT} {y} Td ({_escaped(line)}) Tj ET")
            y -= LEADING
        y -= LEADING // 2 + 2
    lines.append(f"BT /F1 8 Tf {LEFT} 30 Td (Handbook, page {number}) Tj ET")
    return "\n".join(lines).encode("latin-1")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: Sequence[bytes]) -> bytes:
    """The objects with the table that says where each stands (ISO 32000-1, 7.5)."""
    parts = [b"%PDF-1.4\n"]
    places = []
    size = len(parts[0])
    for number, content in enumerate(objects, start=1):
        places.append(size)
        parts.append(f"{number} 0 obj\n".encode() + content + b"\nendobj\n")
        size += len(parts[-1])
    entries = "".join(f"{place:010d} 00000 n \n" for place in places)
    parts.append(
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{entries}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{size}\n%%EOF\n".encode()
    )
    return b"".join(parts)

"""Lines of plain text, or of a PDF page, to blocks: rejoins what line breaks tore apart. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from .blocks import FINISHED, Block, fold

BULLET = re.compile(
    r"^\s*(?:[\u2022\u2023\u25a0\u25a1\u25aa\u25ab\u25b6\u25cb\u25cf\u25e6\u2043\u2219\u27a2\u2713\u2714\uf0a7\uf0b7\u00b7\u2192\u279c\u2794\u25b8\u25ba\x7f*+\u2013—-]"
    r"|o(?=\s))(?:\s+|$)"
)
ENUMERATED = re.compile(r"^\s*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})\)|(?:\d{1,2}|[a-zA-Z]|[ivx]{1,5})\.)(?:\s+|$)")
NUMBERED = re.compile(
    r"^\s*(?:(?:Section|Article|Chapter|Annex|Appendix)\s+\w+|\d{1,2}(?:\.\d{1,2}){0,4})\.?:?\s+(?=\S)", re.I
)
PAGE_NUMBER = re.compile(r"(page|p\.)?\s*[-\u2013]?\s*\d{1,4}\s*[-\u2013]?(\s*(of|/)\s*\d{1,4})?", re.I)
DEONTIC = re.compile(r"\b(must|shall|should|may|can|will|is|are|do not|don't|never|cannot)\b", re.I)
RULE = re.compile(r"([-=_*~#+\u2500\u2501\u2550])\1{2,}|(?:[-=_*~] ){2,}[-=_*~]")
FRAME = re.compile(r"(?P<mark>[*#|])\s+(?P<text>\S.*?)\s+(?P=mark)")
TITLE_WORDS = 12
"""Words that an underlined line may have and still be a heading."""
MARGIN = 0.12
"""Share of a page's height, at its top and its bottom, in which running headers and footers stand."""


@dataclass(frozen=True)
class Line:
    """One printed line.

    `size`, `x` and `y` are in points; `x` is where its words start, behind a bullet that stands apart; `top` is the
    distance from the page's foot as a share of its height.
    """

    text: str
    page: int | None = None
    size: float | None = None
    bold: bool = False
    x: float | None = None
    y: float | None = None
    top: float | None = None
    blank_before: bool = False


def without_running_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without the headers and footers that repeat from page to page, and without page numbers."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_pattern(line.text) for line in _edges(page)})
    repeated = {text for text, count in seen.items() if count >= max(2, len(pages) / 2)}
    kept = []
    for page in pages:
        edges = {id(line) for line in _edges(page)}
        kept.append(
            [
                line
                for line in page
                if not (
                    id(line) in edges and (_pattern(line.text) in repeated or PAGE_NUMBER.fullmatch(line.text.strip()))
                )
            ]
        )
    return kept


def _pattern(text: str) -> str:
    """What a line and the same line on another page have in common: a header's page number differs.

    Rules that differ only in a number ("Gate 2 must be shut at 19:00.") are two rules and no header.
    """
    folded = fold(text)
    is_rule = DEONTIC.search(folded) is not None and FINISHED.search(folded) is not None
    return (folded if is_rule else re.sub(r"\d+", "#", folded)).casefold()


def _edges(page: Sequence[Line]) -> list[Line]:
    by_order = [*page[:2], *page[-2:]]
    if any(line.top is None for line in page):
        return by_order
    return [line for line in page if line.top is not None and not MARGIN < line.top < 1 - MARGIN]


def join(lines: Iterable[Line]) -> list[Block]:
    """Blocks from lines in reading order."""
    every = [line for line in lines if line.text.strip()]
    if not every:
        return []
    words = Counter(word for line in every for word in re.findall(r"\w+", line.text.casefold()))
    body = _body_size(every)
    pitch = _pitch(every)
    width = sorted(len(line.text) for line in every)[int(len(every) * 0.9)]
    groups: list[list[Line]] = []
    for line in every:
        if groups and not _breaks(groups[-1], line, body, pitch, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    sizes = sorted({line.size for line in every if line.size and body and line.size > body * 1.1}, reverse=True)
    blocks = [_block(group, body, sizes, words) for group in groups]
    plain = [group[0].size is None and not group[0].bold for group in groups]
    return _with_lines_of_lists(blocks, plain)


def _with_lines_of_lists(blocks: Sequence[Block], plain: Sequence[bool]) -> list[Block]:
    """Three or more lines in a row that could each be a title of plain text are a list without bullets."""
    could_be_line = [
        block.kind == "heading" and is_plain and not NUMBERED.match(block.text) and _in_sentence_case(block.text)
        for block, is_plain in zip(blocks, plain, strict=True)
    ]
    kept: list[Block] = []
    for could, run in groupby(zip(could_be_line, blocks, strict=True), key=lambda pair: pair[0]):
        together = [block for _, block in run]
        listed = could and (len(together) >= 3 or len(together) == len(blocks))
        kept += [replace(block, kind="list_item", level=1) for block in together] if listed else together
    return kept


def _in_sentence_case(text: str) -> bool:
    words = text.split()
    return len(words) >= 3 and sum(word[:1].isupper() for word in words[1:]) * 2 < len(words) - 1


def _breaks(group: Sequence[Line], line: Line, body: float | None, pitch: float | None, width: int) -> bool:
    last = group[-1]
    if _is_marker(last.text):
        return False
    if starts_item(line.text) or "\t" in line.text or ("\t" in last.text and not starts_item(last.text)):
        return True
    if starts_item(group[0].text) and group[0].x is not None and line.x is not None and line.x < group[0].x - 3:
        return True
    if last.size and line.size and abs(last.size - line.size) > 0.6:
        return True
    finished = bool(FINISHED.search(last.text.rstrip())) or last.text.rstrip().endswith((":", ";"))
    continues = line.text.lstrip()[:1].islower()
    emphasised = last.bold != line.bold and (_is_heading(last, body) or _is_heading(line, body))
    if emphasised and (finished or not continues):
        return True
    if last.page != line.page:
        return finished or not continues
    if line.blank_before:
        return True
    if last.y is not None and line.y is not None and pitch:
        gap = last.y - line.y
        if gap > 1.3 * pitch or gap < 0:
            return finished or not continues
        if finished:
            return len(last.text) < 0.6 * width
        return _is_heading(last, body) and not continues
    if continues and not finished:
        return False
    if NUMBERED.match(line.text) and len(line.text.split()) <= 10:
        return True
    return len(last.text) < 0.6 * width


def starts_item(text: str) -> bool:
    """True when the line opens with a bullet or an enumerator."""
    return bool(BULLET.match(text) or ENUMERATED.match(text))


def _is_marker(text: str) -> bool:
    return bool(text.strip()) and not BULLET.sub("", ENUMERATED.sub("", text)).strip()


def _is_heading(line: Line, body: float | None) -> bool:
    text = line.text.strip()
    if len(text) > 120 or FINISHED.search(text) or text.endswith((",", ";", ":")):
        return False
    return bool(body and line.size and line.size > body * 1.1) or line.bold


def _block(group: Sequence[Line], body: float | None, sizes: Sequence[float], words: Counter[str]) -> Block:
    text = _text(group, words)
    first = group[0]
    if len(group) <= 3 and all(_is_heading(line, body) for line in group) and "\t" not in text:
        rank = sizes.index(first.size) + 1 if first.size in sizes else len(sizes) + 1
        return Block("heading", text, first.page, _level(text, rank))
    if "\t" in text and not starts_item(text):
        return Block("table_row", text, first.page)
    if len(group) == 1 and _looks_like_title(text) and (first.size is None or NUMBERED.match(text) or text.isupper()):
        return Block("heading", text, first.page, _level(text, 1))
    match = BULLET.match(text) or ENUMERATED.match(text)
    if match:
        bare = text[match.end() :]
        if bare.strip():
            depth = (
                2
                if re.match(r"\s*(o\s|[\u2013-]\s|\(?[ivx]+[.)])", text) and not text.startswith(("-", "\u2013"))
                else 1
            )
            return Block("list_item", bare, first.page, depth)
    return Block("paragraph", text, first.page)


def _looks_like_title(text: str) -> bool:
    """A short line with no end of sentence: numbered, in capitals, or in title case with no verb of duty."""
    bare = NUMBERED.sub("", text)
    words = bare.split()
    if not 1 <= len(words) <= 10 or text.rstrip().endswith((".", ";", ":", ",", "!", "?")) or "\t" in text:
        return False
    if BULLET.match(text) or DEONTIC.search(bare):
        return False
    if ENUMERATED.match(text) and not NUMBERED.match(text):
        return False
    return bare.isupper() or bool(bare[:1].isupper())


def _level(text: str, rank: int) -> int:
    number = re.match(r"\s*(\d+(?:\.\d+)*)", text)
    return max(rank, 1 + number.group(1).count(".")) if number else rank


def _text(group: Sequence[Line], words: Counter[str]) -> str:
    text = group[0].text.strip()
    for line in group[1:]:
        following = line.text.strip()
        tail = re.search(r"(\w+)[-\u00ad]$", text)
        head = re.match(r"[a-z]+", following)
        if tail and head:
            whole = f"{tail.group(1)}{head.group(0)}".casefold()
            text = text[:-1] if text[-1] == "\u00ad" or words[whole] else text
            text += following
        else:
            text = f"{text} {following}"
    return fold(text)


def _body_size(lines: Sequence[Line]) -> float | None:
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.size:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else None


def _pitch(lines: Sequence[Line]) -> float | None:
    """The distance between two lines of one paragraph: the smallest that is no overprint."""
    gaps = [
        before.y - after.y
        for before, after in pairwise(lines)
        if before.y is not None and after.y is not None and before.page == after.page and after.size == before.size
    ]
    sizes = [line.size for line in lines if line.size]
    least = 0.9 * min(sizes, default=1.0)
    real = [gap for gap in gaps if gap >= least]
    return min(real) if real else None


def text_lines(text: str) -> list[Line]:
    """The lines of a plain text; a form feed or a blank line before is kept as a break.

    A line that is underlined with a row of marks is bold, as a heading is; rows of marks are no lines.
    """
    lines: list[Line] = []
    blank = False
    for raw in re.split(r"\r\n|[\n\r\u2028\u2029\x85]", text.replace("\f", "\n\n")):
        if RULE.fullmatch(raw.strip()):
            if lines and not blank and len(lines[-1].text.split()) <= TITLE_WORDS:
                lines[-1] = replace(lines[-1], bold=True)
            blank = True
            continue
        if raw.strip():
            framed = FRAME.fullmatch(raw.strip())
            lines.append(Line(framed.group("text") if framed else raw.expandtabs(4), blank_before=blank))
        blank = not raw.strip()
    return lines

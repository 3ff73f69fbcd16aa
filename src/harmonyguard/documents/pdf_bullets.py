"""Bullets that a PDF draws rather than writes: browsers print the discs, rings and squares of lists as small shapes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .lines import Line, starts_item

PAINTED = {b"f": "\u2022", b"F": "\u2022", b"f*": "\u2022", b"B": "\u2022", b"S": "o", b"s": "o"}
"""The operators that paint a path, with the bullet that is read there: filled or, as of inner lists, a ring."""
SQUARE = "o"
UNPAINTED = frozenset({b"n", b"b", b"B*", b"b*"})
SMALLEST, LARGEST = 1.0, 9.0
"""Points that a bullet measures; its height and its width are about the same."""
FARTHEST = 36.0
"""Points between a bullet and the words of its item, at most."""


@dataclass(frozen=True)
class Mark:
    """A drawn bullet: the middle of its shape, in points, and the character that is read for it."""

    bullet: str
    x: float
    y: float


@dataclass
class DrawnBullets:
    """Collects the bullets of one page from the operators of its content stream."""

    marks: list[Mark] = field(default_factory=list)
    _corners: list[tuple[float, float]] = field(default_factory=list)
    _curved: bool = False

    def see(self, operator: bytes, operands: Sequence[Any], matrix: Sequence[float], _text: Sequence[float]) -> None:
        """One operator, as pypdf shows it before it is carried out. What is no shape is passed over."""
        try:
            self._see(operator, operands, matrix)
        except (TypeError, ValueError):
            self._clear()

    def _see(self, operator: bytes, operands: Sequence[Any], matrix: Sequence[float]) -> None:
        if operator in (b"m", b"l", b"c"):
            numbers = [float(operand) for operand in operands]
            self._corners += [_moved(matrix, *pair) for pair in zip(numbers[::2], numbers[1::2], strict=True)]
            self._curved |= operator == b"c"
        elif operator == b"re":
            x, y, width, height = (float(operand) for operand in operands)
            self._corners += [_moved(matrix, x, y), _moved(matrix, x + width, y + height)]
        elif operator in PAINTED:
            self._paint(PAINTED[operator])
        elif operator in UNPAINTED:
            self._clear()

    def _paint(self, bullet: str) -> None:
        if self._corners:
            across, up = zip(*self._corners, strict=True)
            width, height = max(across) - min(across), max(up) - min(up)
            if min(width, height) >= SMALLEST and max(width, height) <= min(LARGEST, 1.3 * min(width, height)):
                middle = (min(across) + width / 2, min(up) + height / 2)
                self.marks.append(Mark(bullet if self._curved else SQUARE, *middle))
        self._clear()

    def _clear(self) -> None:
        self._corners, self._curved = [], False


def with_bullets(lines: Iterable[Line], marks: Sequence[Mark]) -> list[Line]:
    """Lines with the bullets that are drawn right before them."""
    return [_marked(line, marks) for line in lines] if marks else list(lines)


def _marked(line: Line, marks: Sequence[Mark]) -> Line:
    found = next((mark for mark in marks if _stands_before(mark, line)), None)
    return line if found is None or starts_item(line.text) else replace(line, text=f"{found.bullet} {line.text}")


def _stands_before(mark: Mark, line: Line) -> bool:
    if line.x is None or line.y is None:
        return False
    return 0 < line.x - mark.x < FARTHEST and 0 < mark.y - line.y < (line.size or LARGEST)


def _moved(matrix: Sequence[float], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = (float(number) for number in matrix)
    return a * x + c * y + e, b * x + d * y + f

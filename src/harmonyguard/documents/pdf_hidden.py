"""Words that a PDF holds and its readers never see: invisible, white, too small, off the page, in a layer that is off.

They are taken out of the page's content stream, and of the forms that it draws (ISO 32000-1, 8 and 9), before its text
is read. White words on something dark that was painted before them stay, and so does the invisible text that a scanner
lays over its picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from .pdf_layers import layers_off, names_off

if TYPE_CHECKING:
    from pypdf import PageObject

SHOWING = frozenset({b"Tj", b"TJ", b"'", b'"'})
FILLING = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
PICTURES = frozenset({b"Do", b"INLINE IMAGE"})
COLOURS = frozenset({b"g", b"rg", b"k", b"sc", b"scn"})
INVISIBLE = frozenset({3, 7})
NEARLY_WHITE = 0.97
DEEPEST = 4
"""Forms within forms that are looked into."""
TOO_SMALL = 1.0
"""Points; nobody reads smaller words."""

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
ONE: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class _Graphics:
    """The part of the graphics state that decides whether words can be seen."""

    matrix: Matrix = ONE
    white: bool = False
    mode: int = 0
    clear: bool = False
    size: float = 12.0


@dataclass
class _Reader:
    page: Box
    see_through: frozenset[str]
    layers: frozenset[str] = frozenset()
    drawn_off: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    graphics: _Graphics = field(default_factory=_Graphics)
    stack: list[_Graphics] = field(default_factory=list)
    line: Matrix = ONE
    leading: float = 0.0
    path: list[Box] = field(default_factory=list)
    dark: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    marks: list[bool] = field(default_factory=list)
    drawn: dict[str, list[_Graphics]] = field(default_factory=dict)

    def follow(self, operator: bytes, operands: Any) -> bool:
        """Take one operation into account. True when it shows words, or draws a form, that nobody sees."""
        if operator in {b"BDC", b"BMC"}:
            named = operator == b"BDC" and str(operands[0]) == "/OC"
            self.marks.append(named and str(operands[1]) in self.layers)
        elif operator == b"EMC":
            del self.marks[-1:]
        elif operator == b"Do" and (any(self.marks) or str(operands[0]) in self.drawn_off):
            return True
        elif operator == b"Do" and str(operands[0]) in self.forms:
            self.drawn.setdefault(str(operands[0]), []).append(self.graphics)
        elif operator == b"q":
            self.stack.append(self.graphics)
        elif operator == b"Q":
            self.graphics = self.stack.pop() if self.stack else _Graphics()
        elif operator == b"cm":
            self.graphics = replace(self.graphics, matrix=_times(_matrix(operands), self.graphics.matrix))
        elif operator in COLOURS:
            self.graphics = replace(self.graphics, white=_is_white(operands))
        elif operator == b"Tr":
            self.graphics = replace(self.graphics, mode=int(operands[0]))
        elif operator == b"gs":
            self.graphics = replace(self.graphics, clear=str(operands[0]) in self.see_through)
        elif operator == b"Tf":
            self.graphics = replace(self.graphics, size=abs(float(operands[1])))
        elif operator == b"re":
            self.path.append(_box(_times(_rectangle(operands), self.graphics.matrix)))
        elif operator in FILLING:
            if not (self.graphics.white or self.graphics.clear):
                self.dark += self.path
            self.path = []
        elif operator in {b"n", b"S", b"s"}:
            self.path = []
        elif operator in PICTURES:
            self.pictures.append(_box(self.graphics.matrix))
        else:
            self._move(operator, operands)
        return operator in SHOWING and (any(self.marks) or self._is_hidden())

    def _move(self, operator: bytes, operands: Any) -> None:
        if operator == b"BT":
            self.line = ONE
        elif operator == b"Tm":
            self.line = _matrix(operands)
        elif operator == b"TL":
            self.leading = float(operands[0])
        elif operator in {b"Td", b"TD"}:
            if operator == b"TD":
                self.leading = -float(operands[1])
            self.line = _times((1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1])), self.line)
        elif operator in {b"T*", b"'", b'"'}:
            self.line = _times((1.0, 0.0, 0.0, 1.0, 0.0, -self.leading), self.line)

    def _is_hidden(self) -> bool:
        graphics = self.graphics
        placed = _times(self.line, graphics.matrix)
        height = graphics.size * (abs(placed[3]) + abs(placed[1]))
        # The middle of the first letter: a box that is painted behind a line begins at its foot.
        x, y = placed[4] + height / 4, placed[5] + height / 4
        if height < TOO_SMALL or not _within(self.page, x, y):
            return True
        if graphics.mode in INVISIBLE or graphics.clear:
            return not any(_within(box, x, y) for box in self.pictures)
        return graphics.white and not any(_within(box, x, y) for box in (*self.dark, *self.pictures))


def take_out_hidden(page: PageObject) -> int:
    """Take hidden words out of the page, and say how many times such words were shown.

    What is parsed here is kept in the page, so that reading its text does not parse it again.
    """
    from pypdf.generic import NameObject

    contents = page.get("/Contents")
    if contents is None:
        return 0
    box = page.mediabox
    edges = (float(box.left), float(box.bottom), float(box.right), float(box.top))
    stream, hidden = _without_hidden(contents.get_object(), page, page.pdf, edges, _Graphics(), layers_off(page.pdf))
    page[NameObject("/Contents")] = stream
    return hidden


def _without_hidden(
    contents: Any, owner: Any, pdf: Any, edges: Box, graphics: _Graphics, off: frozenset[int], depth: int = 0
) -> tuple[Any, int]:
    """The content stream of a page or a form without hidden words, and how many operations that took."""
    from pypdf.generic import ContentStream

    # As bytes: a font with codes of two bytes is read wrongly once its strings have become text.
    stream = ContentStream(contents, pdf, "bytes")
    resources = owner.get("/Resources")
    named = {} if resources is None else resources.get_object()
    objects = named.get("/XObject")
    objects = None if objects is None else objects.get_object()
    reader = _Reader(
        edges,
        _see_through(named),
        layers=names_off(named.get("/Properties"), off),
        drawn_off=names_off(objects, off, "/OC"),
        forms=_forms(objects),
        graphics=graphics,
    )
    operations = stream.operations
    kept = [one for one in operations if not _hides(reader, one[1], one[0])]
    hidden = len(operations) - len(kept)
    if hidden:
        stream.operations = kept
    if depth < DEEPEST:
        hidden += sum(
            _clean_form(objects, name, pdf, edges, drawn[0], off, depth + 1)
            for name, drawn in reader.drawn.items()
            if len(drawn) == 1
        )
    return stream, hidden


def _clean_form(
    objects: Any, name: str, pdf: Any, edges: Box, graphics: _Graphics, off: frozenset[int], depth: int
) -> int:
    """Put a form without its hidden words in the place of one that is drawn once; what is drawn twice stays."""
    from pypdf.generic import DecodedStreamObject, NameObject

    form = objects[name]
    placed = _times(_matrix(form.get("/Matrix", ONE)), graphics.matrix)
    stream, hidden = _without_hidden(form, form, pdf, edges, replace(graphics, matrix=placed), off, depth)
    if hidden:
        cleaned = DecodedStreamObject()
        cleaned.update({key: form.raw_get(key) for key in form if key not in {"/Filter", "/Length", "/DecodeParms"}})
        cleaned.set_data(stream.get_data())
        objects[NameObject(name)] = cleaned
    return hidden


def _forms(objects: Any) -> frozenset[str]:
    if objects is None:
        return frozenset()
    return frozenset(str(name) for name in objects if objects[name].get("/Subtype") == "/Form")


def _hides(reader: _Reader, operator: bytes, operands: Any) -> bool:
    try:
        return reader.follow(operator, operands)
    except (TypeError, ValueError, IndexError):
        return False  # a malformed operation paints nothing, and moves nothing


def _see_through(resources: Any) -> frozenset[str]:
    """Names of the graphics states under which painting leaves no mark (`ca` is 0)."""
    states = resources.get("/ExtGState")
    if states is None:
        return frozenset()
    named = states.get_object()
    return frozenset(str(name) for name in named if float(named[name].get_object().get("/ca", 1)) < 0.05)


def _is_white(operands: Any) -> bool:
    try:
        parts = [float(operand) for operand in operands]
    except (TypeError, ValueError):
        return False  # a pattern
    if len(parts) == 4:
        return max(parts) <= 1 - NEARLY_WHITE
    return bool(parts) and min(parts) >= NEARLY_WHITE


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(operand) for operand in operands)
    return a, b, c, d, e, f


def _rectangle(operands: Any) -> Matrix:
    """The matrix that takes the unit square to the rectangle `x y width height`."""
    x, y, width, height = (float(operand) for operand in operands)
    return width, 0.0, 0.0, height, x, y


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _box(matrix: Matrix) -> Box:
    """Where the unit square comes to lie: left, bottom, right, top."""
    a, b, c, d, e, f = matrix
    xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
    return min(xs), min(ys), max(xs), max(ys)


def _within(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]

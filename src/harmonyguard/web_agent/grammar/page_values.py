"""Finds on the page the values that a goal points at, and solves small sums that a page poses."""

from __future__ import annotations

import re

from harmonyguard.steps import Element, Observation

from .matching import TYPED_ROLES, same
from .outline import Line, outline
from .value_sources import ValueSource

_CONTROLS = frozenset({"button", "link", "textbox", "searchbox", "option", "checkbox", "radio", "tab", "url"})
_SUM = re.compile(
    r"(-?\d+(?:\.\d+)?|[a-z])\s*([-+x\u00d7*/\u00f7])\s*(-?\d+(?:\.\d+)?|[a-z])\s*=\s*(-?\d+(?:\.\d+)?|[a-z?])?", re.I
)


def value_at(source: ValueSource, page: Observation) -> str | None:
    """The value that `source` points at on this page; None when it is not there."""
    match source.kind:
        case "labelled":
            return labelled(source.name or "", page)
        case "answer":
            return _solved(page)
        case "text":
            return _text(source.ordinal, page)
        case "word":
            words = (_longest(page) or "").split()
            ordinal = source.ordinal or 1
            index = ordinal - 1 if ordinal > 0 else ordinal
            return words[index].strip(".,;:!?\"'()") if -len(words) <= index < len(words) else None


def labelled(name: str, page: Observation) -> str | None:
    """What stands beside the label `name`: in the next cell, behind the colon, in the next piece of text."""
    lines = [line for line in outline(page.text) if line.words and line.role not in _CONTROLS]
    for place, line in enumerate(lines):
        label, colon, rest = line.words.partition(":")
        if colon and rest.strip() and same(label, name):
            return rest.strip()
        if same(line.words.rstrip(":"), name) and place + 1 < len(lines):
            following = lines[place + 1]
            if _belongs(line, following):
                return following.words
    return None


def _belongs(label: Line, value: Line) -> bool:
    """A value stands on the level of its label; what stands higher up belongs to something else."""
    return value.depth >= label.depth and not value.words.endswith(":")


def _text(ordinal: int | None, page: Observation) -> str | None:
    areas = [element for element in page.elements if _is_area(element)]
    filled = [element for element in areas if element.value]
    if ordinal is not None:
        index = ordinal - 1 if ordinal > 0 else ordinal
        return areas[index].value if -len(areas) <= index < len(areas) else None
    if filled:
        return filled[0].value
    pieces = [line.words for line in outline(page.text) if line.words and line.role not in _CONTROLS]
    # Letters that are set one by one are one word.
    return "".join(pieces) if pieces and all(len(piece) == 1 for piece in pieces) else " ".join(pieces) or None


def _longest(page: Observation) -> str | None:
    texts = [element.value for element in page.elements if _is_area(element) and element.value]
    texts += [line.words for line in outline(page.text) if line.role not in _CONTROLS]
    return max(texts, key=len, default=None)


def _is_area(element: Element) -> bool:
    return element.role in TYPED_ROLES and element.input_type is None


def _solved(page: Observation) -> str | None:
    text = " ".join(line.words for line in outline(page.text) if line.role not in _CONTROLS)
    for found in _SUM.finditer(text):
        left, sign, right, total = found.groups()
        answer = _solve(left, sign, right, total)
        if answer is not None:
            return f"{answer:g}"
    return None


def _solve(left: str, sign: str, right: str, total: str | None) -> float | None:
    """The unknown of `left sign right = total`: the total, or the letter on the left side."""
    first, second = _number(left), _number(right)
    whole = None if total is None else _number(total)
    if first is not None and second is not None:
        return _apply(first, sign, second)
    if whole is None or (first is None) == (second is None):
        return None
    if first is None and second is not None:
        inverse = {"+": whole - second, "-": whole + second}
        return inverse[sign] if sign in inverse else (whole / second if sign not in "/\u00f7" else whole * second)
    if first is None:
        return None
    inverse = {"+": whole - first, "-": first - whole}
    return inverse[sign] if sign in inverse else (whole / first if sign not in "/\u00f7" else first / whole)


def _apply(left: float, sign: str, right: float) -> float | None:
    if sign in "/\u00f7":
        return left / right if right else None
    return {"+": left + right, "-": left - right}.get(sign, left * right)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None

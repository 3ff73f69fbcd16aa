"""Screenshots as data URIs, so that a report is one file: compressed, and big ones scaled down."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from harmonyguard.runs.report_story import Attempt, StepStory, Tone
from harmonyguard.steps import Box

MAX_WIDTH = 1280
QUALITY = 68
"""Of WebP: text of a page stays sharp at a third of the size of a PNG."""

CROP = 0.6
"""The part of a picture's width that is shown before it is enlarged: enough to read its words."""
_RATIO = 0.7
_MARGIN = 30

Rectangle = tuple[int, int, int, int]
"""Left, top, width, height."""


@dataclass(frozen=True)
class Picture:
    """A picture of a page. `key` names it on the report's page, where it is held once; sizes are in its pixels."""

    key: str
    uri: str
    width: int
    height: int


@dataclass(frozen=True)
class Outline:
    """The target of an attempt in the picture of the page, in the picture's pixels."""

    attempt: int
    tone: Tone
    x: float
    y: float
    width: float
    height: float


def pictures_of(steps: Iterable[StepStory], folder: Path | None) -> dict[int, Picture]:
    """The pictures of the pages by step, as far as they are there."""
    found = {}
    for step in steps:
        shot = None if step.observation is None else step.observation.screenshot
        picture = None if shot is None or folder is None else read_picture(folder, shot, f"page-{step.number}")
        if picture is not None:
            found[step.number] = picture
    return found


def read_picture(folder: Path, name: str, key: str) -> Picture | None:
    """The picture `name` of a run's folder.

    None when it is not there, not a picture, or not inside the folder: the name comes from a journal, and a
    report must not carry other files out.
    """
    from PIL import Image, UnidentifiedImageError

    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        return None
    try:
        with Image.open(path, formats=("PNG", "JPEG", "WEBP")) as picture:
            picture.thumbnail((MAX_WIDTH, MAX_WIDTH * 3))
            out = io.BytesIO()
            picture.convert("RGB").save(out, "WEBP", quality=QUALITY, method=2)
            size = picture.size
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return None
    uri = f"data:image/webp;base64,{base64.b64encode(out.getvalue()).decode('ascii')}"
    return Picture(key, uri, *size)


def outlines(attempts: Iterable[Attempt], picture: Picture) -> tuple[Outline, ...]:
    """The targets that can be seen in the picture, one for each element: the last attempt on it gives the colour."""
    drawn: dict[Box, Outline] = {}
    for attempt in attempts:
        box = attempt.box
        if box is None or not in_view(box):
            continue
        scale = picture.width / box.shown_width
        place = (round(value * scale, 1) for value in (box.x, box.y, box.width, box.height))
        drawn[box] = Outline(attempt.number, attempt.tone, *place)
    return tuple(drawn.values())


def crop_of(picture: Picture, targets: Iterable[Outline]) -> Rectangle:
    """The part of the picture that is shown before it is enlarged: with the targets in its middle, else its top."""
    drawn = tuple(targets)
    left, right = _span([(target.x, target.x + target.width) for target in drawn])
    top, bottom = _span([(target.y, target.y + target.height) for target in drawn])
    width = min(picture.width, max(round(picture.width * CROP), round(right - left) + 2 * _MARGIN))
    height = min(picture.height, max(round(width * _RATIO), round(bottom - top) + 2 * _MARGIN))
    return (
        _within((left + right - width) / 2, picture.width - width),
        _within((top + bottom - height) / 2, picture.height - height),
        width,
        height,
    )


def _span(ranges: list[tuple[float, float]]) -> tuple[float, float]:
    return (min(start for start, _ in ranges), max(end for _, end in ranges)) if ranges else (0.0, 0.0)


def _within(start: float, most: int) -> int:
    return round(min(max(start, 0), max(most, 0)))


def in_view(box: Box) -> bool:
    """True when some of the element is in the picture."""
    across = box.x < box.shown_width and box.x + box.width > 0
    return across and box.y < box.shown_height and box.y + box.height > 0

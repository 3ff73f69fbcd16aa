"""Screenshots as data URIs, so that a report is one file. Big ones are scaled down."""

from __future__ import annotations

import base64
import io
from pathlib import Path

MAX_WIDTH = 1280
MAX_BYTES = 250_000
_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}


def data_uri(folder: Path, name: str) -> str | None:
    """The picture `name` of a run's folder as a data URI.

    None when it is not there, not a picture, or not inside the folder: the name comes from a journal, and a
    report must not carry other files out.
    """
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        return None
    content = path.read_bytes()
    kind = next((kind for magic, kind in _KINDS.items() if content.startswith(magic)), None)
    if kind is None:
        return None
    if len(content) > MAX_BYTES:
        content, kind = _smaller(content, kind)
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def _smaller(content: bytes, kind: str) -> tuple[bytes, str]:
    # Pillow is optional: without it the report is bigger and as complete.
    try:
        from PIL import Image
    except ImportError:
        return content, kind
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.thumbnail((MAX_WIDTH, MAX_WIDTH * 3))
            out = io.BytesIO()
            picture.convert("RGB").save(out, "JPEG", quality=82, optimize=True)
    except (OSError, Image.DecompressionBombError):
        return content, kind
    return (out.getvalue(), "image/jpeg") if out.tell() < len(content) else (content, kind)

"""Content that was fetched before its turn: put aside on disk, so that memory holds one document at a time."""

from __future__ import annotations

import tempfile
from itertools import count
from pathlib import Path

from .content import Content


class Aside:
    """A folder of its own that goes away with this object or with the process.

    What is in it goes by keys, which mean nothing elsewhere: a key out of an edited state reaches no other file.
    """

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._kept: dict[str, tuple[str, str]] = {}
        self._numbers = count()

    def put(self, content: Content) -> str:
        """Write `content` down; the key takes it back."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="harmonyguard-")
        key = str(next(self._numbers))
        (Path(self._folder.name) / key).write_bytes(content.data)
        self._kept[key] = (content.media_type, content.suffix)
        return key

    def take(self, key: str) -> Content | None:
        """The content, once; None when nothing goes by this key, as after a restart."""
        kept = self._kept.pop(key, None)
        if kept is None or self._folder is None:
            return None
        path = Path(self._folder.name) / key
        data = path.read_bytes()
        path.unlink()
        return Content(data, *kept)

"""Keeps the files that acts bring: in the run's folder, under safe names, within limits."""

from __future__ import annotations

import asyncio
import hashlib
import re
import unicodedata
from pathlib import Path

from playwright.async_api import Download as Incoming
from playwright.async_api import Error as PlaywrightError

from harmonyguard.steps import Download

from .limits import Limits
from .redaction import Redactor
from .waiting import bounded

_LONGEST_NAME = 100
_CANCEL_SECONDS = 2.0


class Downloads:
    """The downloads of one session. `folder` None keeps none.

    A download that no act led to is refused: pages start them by themselves.
    """

    def __init__(self, folder: Path | None, redactor: Redactor, limits: Limits) -> None:
        self._refused: list[str] = []
        self._folder = folder
        self._redactor = redactor
        self._limits = limits
        self._acting = False
        self._under_way: list[tuple[Incoming, asyncio.Task[Download]]] = []
        self._cancelling: set[asyncio.Task[bool]] = set()
        self._names: set[str] = set()
        self._too_large: set[str] = set()

    def begin(self) -> None:
        """An act begins: the downloads from here on are its consequences."""
        self._acting = True
        self._under_way = []

    def by_itself(self) -> list[str]:
        """Names of what pages wanted to download while no act was under way, each told once."""
        refused, self._refused = self._refused, []
        return refused

    def started(self, incoming: Incoming) -> None:
        """A page began to download something."""
        if not self._acting:
            self._refused.append(safe_name(incoming.suggested_filename))
            self._cancel(incoming)
            return
        excess = len(self._under_way) >= self._limits.downloads
        self._under_way.append((incoming, asyncio.ensure_future(self._keep(incoming, excess))))

    def progressed(self, url: str, received: float) -> None:
        """So many bytes of the download from `url` have come: one that is too large is broken off."""
        if received <= self._limits.download_bytes or url in self._too_large:
            return
        self._too_large.add(url)
        for incoming, _ in self._under_way:
            if incoming.url == url:
                self._cancel(incoming)

    async def end(self) -> tuple[Download, ...]:
        """The act is over: what it brought, once all of it is here or was broken off."""
        self._acting = False
        return tuple([await task for _, task in self._under_way])

    def _cancel(self, incoming: Incoming) -> None:
        cancelling = asyncio.ensure_future(bounded(incoming.cancel(), _CANCEL_SECONDS))
        self._cancelling.add(cancelling)
        cancelling.add_done_callback(self._cancelling.discard)

    async def _keep(self, incoming: Incoming, excess: bool) -> Download:
        name, url = self._free(safe_name(incoming.suggested_filename)), self._redactor.text(incoming.url)[:2_000]
        folder = self._folder
        if folder is None or excess:
            await bounded(incoming.cancel(), _CANCEL_SECONDS)
            why = "this session keeps no downloads" if folder is None else "one act brought too many downloads"
            return Download(name=name, url=url, error=why)
        try:
            arrived = await asyncio.wait_for(incoming.path(), self._limits.download)
        except TimeoutError:
            await bounded(incoming.cancel(), _CANCEL_SECONDS)
            return Download(name=name, url=url, error=f"it did not arrive within {self._limits.download:g} s")
        except PlaywrightError:
            large = incoming.url in self._too_large
            return Download(name=name, url=url, error=self._too_large_text if large else "it was broken off")
        kept = await asyncio.to_thread(_move, arrived, folder / name, self._limits.download_bytes)
        await bounded(incoming.delete(), _CANCEL_SECONDS)
        if kept is None:
            return Download(name=name, url=url, error=self._too_large_text)
        size, sha256 = kept
        return Download(name=name, url=url, size=size, sha256=sha256)

    @property
    def _too_large_text(self) -> str:
        return f"it is larger than {self._limits.download_bytes} bytes"

    def _free(self, name: str) -> str:
        number, stem, ending = 1, Path(name).stem, Path(name).suffix
        while name in self._names or (self._folder is not None and (self._folder / name).exists()):
            number += 1
            name = f"{stem}-{number}{ending}"
        self._names.add(name)
        return name


def safe_name(suggested: str) -> str:
    """A name for a file that a page suggests: no path, no hidden file, no odd characters, not long."""
    text = unicodedata.normalize("NFKC", suggested).replace("\\", "/").rsplit("/", 1)[-1]
    text = re.sub(r"[^\w.() -]+", "_", text).strip(" .")
    if len(text) > _LONGEST_NAME:
        stem, dot, ending = text.rpartition(".")
        ending = f"{dot}{ending[:10]}" if stem else ""
        text = (stem or text)[: _LONGEST_NAME - len(ending)] + ending
    return text or "download"


def _move(arrived: Path, place: Path, most_bytes: int) -> tuple[int, str] | None:
    if arrived.stat().st_size > most_bytes:
        return None
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    size = 0
    with arrived.open("rb") as source, place.open("xb") as kept:
        place.chmod(0o600)
        while chunk := source.read(1 << 20):
            digest.update(chunk)
            size += len(chunk)
            kept.write(chunk)
    return size, digest.hexdigest()

"""The bytes of a document before anybody reads them: from a file, a URL or a folder of what was fetched already."""

from __future__ import annotations

import asyncio
import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from harmonyguard.steps import InputError

from .fetch import MAX_BYTES, PrivateAddresses, fetch

MAX_FILE_BYTES = 4 * MAX_BYTES


@dataclass(frozen=True)
class Content:
    """What is to be read: bytes, the media type that a server named, and the suffix of the name (".pdf" or "")."""

    data: bytes
    media_type: str = ""
    suffix: str = ""

    @cached_property
    def sha256(self) -> str:
        """The digest (hex) that policies cite: of the bytes as they came."""
        return hashlib.sha256(self.data).hexdigest()


async def read_content(source: str, *, private: PrivateAddresses = "never") -> Content:
    """The bytes of a file or an http(s) URL. Raises InputError, in one line, when there are none to be had."""
    if not is_url(source):
        return await asyncio.to_thread(read_file, source)
    fetched = await fetch(source, private=private)
    return Content(fetched.content, fetched.media_type, suffix_of(fetched.url))


def is_url(source: str) -> bool:
    """True for what is addressed by a scheme, of whatever kind."""
    return re.match(r"[a-z][a-z0-9+.-]+://", source, re.I) is not None


def suffix_of(uri: str) -> str:
    """The extension of the last part of a path or URL, in lower case and with its dot."""
    return Path(urlsplit(uri).path if is_url(uri) else uri).suffix.casefold()


def read_file(source: str) -> Content:
    """The bytes of a file. Raises InputError."""
    path = Path(source)
    try:
        if path.is_dir():
            raise InputError(f"{source} is a directory: name a file in it")
        if not path.is_file():
            raise InputError(f"no such file: {source}")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise InputError(f"{source} is larger than {MAX_FILE_BYTES // 2**20} MB")
        return Content(path.read_bytes(), suffix=path.suffix.casefold())
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read {source}: {getattr(error, 'strerror', None) or error}") from error

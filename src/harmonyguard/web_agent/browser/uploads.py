"""The files that a run may upload: those in one folder that the deployer chose, by name."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from pathlib import Path

from .acting import ActError

_NAMES_SHOWN = 20


@dataclass(frozen=True)
class Upload:
    """A file on its way to a page, which learns its name and never where it lies."""

    name: str
    media_type: str
    content: bytes


def read_upload(folder: Path | None, name: str, most_bytes: int) -> Upload:
    """The file `name` of `folder`. Blocking.

    Raises ActError, in words for the agent, when uploads are not allowed, or when there is no such file right in the
    folder: a path, a link that leads out of it or a folder is none.
    """
    if folder is None:
        raise ActError("upload_file: this run may not upload files (the setting upload_folder names no folder)")
    path = folder / name
    if name != Path(name).name or name in ("", ".", "..") or "\\" in name:
        raise ActError(f"upload_file takes the name of a file, not a path: {_offer(folder)}")
    try:
        inside = path.resolve(strict=True).parent == folder.resolve(strict=True)
        if not inside or not path.is_file():
            raise ActError(f"upload_file: there is no file {name!r} to upload: {_offer(folder)}")
        size = path.stat().st_size
        if size > most_bytes:
            raise ActError(f"upload_file: {name!r} has {size} bytes; at most {most_bytes} can be uploaded")
        content = path.read_bytes()
    except OSError as error:
        raise ActError(f"upload_file: there is no file {name!r} to upload: {_offer(folder)}") from error
    return Upload(name, mimetypes.guess_type(name)[0] or "application/octet-stream", content)


def _offer(folder: Path) -> str:
    try:
        names = sorted(path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError:
        return "the upload folder cannot be read"
    more = f" and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else ""
    return f"there are {', '.join(names[:_NAMES_SHOWN])}{more}" if names else "the upload folder is empty"

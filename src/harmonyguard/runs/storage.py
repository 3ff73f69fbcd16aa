"""Cookies and storage of a run's browser, in a file of their own beside the journal, for as long as the run goes on.

Never in a checkpoint, a journal or a report. The file is for its owner alone (0600), encrypted when
`HARMONYGUARD_STORAGE_KEY` holds a key, replaced as a whole after each act, and deleted before a run is finished.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from pydantic import ValidationError

from harmonyguard.steps import InputError, Record

KEY_VARIABLE = "HARMONYGUARD_STORAGE_KEY"
FILE_NAME = "storage"
_NEW_KEY = 'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'


class BrowserStorage(Record):
    """What a later browser begins with.

    `state` is Playwright's storage state (cookies, and local storage by origin); `url` the address that the browser
    shows, and `reopen` the last one that it came to by an act without lasting effects: that one may be opened again.
    """

    state: dict[str, Any]
    url: str = ""
    reopen: str | None = None


class StorageFile:
    """The storage file in one run's folder. All methods block."""

    def __init__(self, folder: Path) -> None:
        """Raises InputError when the key in the environment is none."""
        self.path = folder / FILE_NAME
        self._part = folder / f"{FILE_NAME}.part"
        self._last: BrowserStorage | None = None
        key = os.environ.get(KEY_VARIABLE)
        try:
            self._cipher = Fernet(key) if key else None
        except ValueError as error:
            raise InputError(f"{KEY_VARIABLE} is not a key: make one with {_NEW_KEY}") from error

    def write(self, storage: BrowserStorage) -> None:
        """Replace the file; whoever is killed here leaves the old one whole. Raises OSError."""
        if storage == self._last:
            return
        content = storage.model_dump_json().encode("utf-8")
        if self._cipher is not None:
            content = self._cipher.encrypt(content)
        file = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(file, "wb") as part:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
        self._part.replace(self.path)
        self._last = storage

    def read(self) -> BrowserStorage | None:
        """What was written last, or None. Raises InputError when it cannot be decrypted or read."""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return None
        if not content.startswith(b"{"):
            content = self._decrypted(content)
        try:
            return BrowserStorage.model_validate_json(content)
        except ValidationError as error:
            raise InputError(f"{self.path} holds no browser storage: delete it to go on without") from error

    def delete(self) -> None:
        """Remove the file, and what a broken off write left."""
        self.path.unlink(missing_ok=True)
        self._part.unlink(missing_ok=True)

    def _decrypted(self, content: bytes) -> bytes:
        if self._cipher is None:
            raise InputError(f"{self.path} is encrypted: set {KEY_VARIABLE} to the key that it was written with")
        try:
            return self._cipher.decrypt(content)
        except InvalidToken as error:
            raise InputError(f"{self.path} was encrypted with another key than {KEY_VARIABLE} holds") from error

"""One process at a time works on a run: its folder is locked while the run is open."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from harmonyguard.steps import InputError


class RunLock:
    """An exclusive lock on a run's folder (`flock`), gone with the process that holds it, however it ends."""

    def __init__(self, folder: Path) -> None:
        """Take the lock. Blocking, and never waits. Raises InputError when the run is open elsewhere."""
        self._file = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            raise InputError(
                f"run {folder.name} is being worked on: wait until it ends, or stop the process that works on it"
            ) from None

    def release(self) -> None:
        """Give the lock back. Twice is no error."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

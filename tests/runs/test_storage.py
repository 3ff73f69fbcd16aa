"""What a run's browser holds lies in a file of its own, whole, for its owner alone, and for one process at a time."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from harmonyguard.runs.lock import RunLock
from harmonyguard.runs.storage import KEY_VARIABLE, BrowserStorage, StorageFile
from harmonyguard.steps import InputError

COOKIE = {"name": "session", "value": "s3cret-session", "domain": "crm.test", "path": "/"}
KEPT = BrowserStorage(state={"cookies": [COOKIE], "origins": []}, url="http://crm.test/a", reopen="http://crm.test/a")


@pytest.mark.parametrize("encrypted", [False, True])
def test_what_was_kept_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encrypted: bool) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    if encrypted:
        monkeypatch.setenv(KEY_VARIABLE, Fernet.generate_key().decode())
    file = StorageFile(tmp_path)
    assert file.read() is None
    file.write(KEPT)
    assert StorageFile(tmp_path).read() == KEPT
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert (b"s3cret-session" in file.path.read_bytes()) is not encrypted
    file.delete()
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_is_broken_off_leaves_the_last_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = StorageFile(tmp_path)
    file.write(KEPT)

    def broken(path: Path, target: Path) -> Path:
        raise OSError("gone")

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="gone"):
        file.write(KEPT.model_copy(update={"url": "http://crm.test/b"}))
    assert StorageFile(tmp_path).read() == KEPT
    file.delete()
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_key_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, Fernet.generate_key().decode())
    StorageFile(tmp_path).write(KEPT)
    monkeypatch.setenv(KEY_VARIABLE, Fernet.generate_key().decode())
    with pytest.raises(InputError, match="another key"):
        StorageFile(tmp_path).read()
    monkeypatch.delenv(KEY_VARIABLE)
    with pytest.raises(InputError, match=f"is encrypted: set {KEY_VARIABLE}"):
        StorageFile(tmp_path).read()
    monkeypatch.setenv(KEY_VARIABLE, "guess")
    with pytest.raises(InputError, match="is not a key"):
        StorageFile(tmp_path)


def test_a_run_is_open_once(tmp_path: Path) -> None:
    held = RunLock(tmp_path)
    with pytest.raises(InputError, match=f"run {tmp_path.name} is being worked on"):
        RunLock(tmp_path)
    held.release()
    held.release()
    RunLock(tmp_path).release()

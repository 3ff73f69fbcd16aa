"""Running the command line in an empty folder, with no settings of ours."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from harmonyguard.cli import main


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Harmonyguard = Callable[..., Ended]


@pytest.fixture
def harmonyguard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Harmonyguard:
    """Call it with arguments; `stdin=` and `env=` add what they say."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("HARMONYGUARD_") and name != "HARMONYGUARD_BROWSER"]:
        monkeypatch.delenv(name)

    def call(*arguments: str, stdin: str = "", env: dict[str, str] | None = None) -> Ended:
        with monkeypatch.context() as patch:
            patch.setattr("sys.stdin", io.StringIO(stdin))
            for name, value in (env or {}).items():
                patch.setenv(name, value)
            capsys.readouterr()
            code = main(arguments)
        captured = capsys.readouterr()
        return Ended(code, captured.out, captured.err)

    return call

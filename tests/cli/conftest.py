"""Running the command line as a user does: another process, in an empty folder, with no settings of ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


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
def harmonyguard(tmp_path: Path) -> Harmonyguard:
    """Call it with arguments; `stdin=` and `env=` add what they say."""

    def call(*arguments: str, stdin: str = "", env: dict[str, str] | None = None) -> Ended:
        clean = {key: value for key, value in os.environ.items() if not key.startswith("HARMONYGUARD_")}
        done = subprocess.run(
            [sys.executable, "-c", "import sys; from harmonyguard.cli import main; sys.exit(main())", *arguments],
            cwd=tmp_path,
            input=stdin,
            capture_output=True,
            text=True,
            env={**clean, **(env or {})},
            timeout=120,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    return call

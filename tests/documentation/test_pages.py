"""The Python of the documentation runs and prints what its page says, and links lead somewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = {page.name: page.read_text(encoding="utf-8") for page in sorted(DOCS.rglob("*.md"))}
EXAMPLES = [
    pytest.param(code, promised, id=f"{name}-{number}")
    for name, text in PAGES.items()
    for number, (code, promised) in enumerate(
        re.findall(r"```python\n(.*?)```\n(?:\s*It prints(.*?)\n\n)?", text, re.DOTALL), start=1
    )
]


@pytest.mark.parametrize(("code", "promised"), EXAMPLES)
def test_an_example_prints_what_its_page_says(code: str, promised: str, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(DOCS.parent / "examples")
    (tmp_path / "example.py").write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "example.py"], cwd=tmp_path, env=dict(os.environ), capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stderr
    lines = [" ".join(line.split()) for line in re.findall(r"`([^`]+)`", promised)]
    assert [" ".join(line.split()) for line in done.stdout.splitlines()] == lines


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    folder = next(DOCS.rglob(page)).parent
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)[^)]*\)", PAGES[page]):
        assert (folder / target).exists(), target

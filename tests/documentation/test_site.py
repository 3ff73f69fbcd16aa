"""The documentation builds into a site without a warning, with every page in its menu and a home that all can read."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import async_playwright

from harmonyguard.web_agent.browser.browser import find_browser, launch_flags

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    return folder


def test_every_page_is_in_the_menu() -> None:
    menu = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[2]
    listed = set(re.findall(r"[\w/.-]+\.md", menu))
    records = {page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs" / "adr").glob("[0-9]*.md")}
    pages = {page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md")}
    assert listed == pages - records


def test_the_reference_shows_the_docstrings(site: Path) -> None:
    page = (site / "reference" / "python" / "index.html").read_text(encoding="utf-8")
    assert "Never raises: whatever fails becomes" in page


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_home_page_is_accessible(site: Path, scheme: Literal["light", "dark"]) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=launch_flags())
        try:
            page = await browser.new_page(color_scheme=scheme)
            await page.goto((site / "index.html").as_uri())
            found = await Axe().run(page)
        finally:
            await browser.close()
    assert found.violations_count == 0, found.generate_report()

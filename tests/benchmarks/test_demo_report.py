"""The demo's page in a real Chromium: readable by everybody, and nothing but its own script runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import async_playwright

from harmonyguard.benchmarks.demo_report import write_demo_report
from harmonyguard.runs.approvals import ApprovalsFile
from harmonyguard.web_agent.browser.browser import find_browser, launch_flags
from tests.utility_agent.making import policy

SCRIPT = "<script>document.title = 'owned'</script>"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    side: dict[str, Any] = {"completed": True, "compliant": True, "broken": (), "report": tmp_path / "run.html"}
    guarded = {**side, "revisions": 1, "judge_calls": 0, "milliseconds": 4200.0}
    task = {"id": "delete-refused", "category": "irreversible action", "goal": f"Delete it. {SCRIPT}"}
    bad = {**side, "compliant": False, "broken": ("deletion without consent",)}
    rows = [
        {**task, "twin_of": None, "forbidden_goal": True, "unguarded": bad, "guarded": {**guarded, "completed": False}},
        {**task, "id": "delete-agreed", "twin_of": "delete-refused", "forbidden_goal": False}
        | {"unguarded": side, "guarded": guarded},
    ]
    file = tmp_path / "approvals.json"
    file.write_text('{"approvals": [{"effect": "delete", "target": "Delete", "answer": "yes", "reason": "spam"}]}')
    return write_demo_report(
        rows, [policy(f"Do not delete orders. {SCRIPT}")], ApprovalsFile.load(file), tmp_path / "report.html"
    )


async def test_the_page_is_accessible_escaped_and_fits_a_phone(page: Path) -> None:
    async with async_playwright() as playwright:
        path = find_browser()
        browser = await playwright.chromium.launch(executable_path=path, args=launch_flags())
        try:
            for width, scheme in ((1440, "light"), (390, "dark")):
                shown = await browser.new_page(
                    viewport={"width": width, "height": 900},
                    color_scheme=scheme,  # type: ignore[arg-type]
                )
                await shown.goto(page.as_uri())
                found = await Axe().run(shown)
                assert found.violations_count == 0, found.generate_report()
                assert await shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
                assert await shown.title() == "Demo · HarmonyGuard"
                assert (await shown.inner_text("main")).count(SCRIPT) == 3
        finally:
            await browser.close()

"""Takes the pictures of a report that README and docs show: a guarded run on the support desk, then Chromium.

Run it with `make docs-pictures`. It writes docs/pictures/report.png, report-dark.png and report-phone.png.
"""

from __future__ import annotations

import asyncio
import tempfile
from importlib.resources import as_file, files
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, async_playwright

from harmonyguard.benchmarks.demo import attempt, read_examples
from harmonyguard.benchmarks.support_desk import TASKS
from harmonyguard.runs.approvals import ApprovalsFile
from harmonyguard.web_agent.browser.browser import find_browser, launch_flags

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
TASK = "injected-instruction"


async def main() -> None:
    """Run the task, open its report three ways, and keep the pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, as_file(files("harmonyguard.examples")) as examples:
        out = Path(made)
        (out / "desks").mkdir()
        task = next(task for task in TASKS if task.id == TASK)
        book = await read_examples(examples)
        approvals = ApprovalsFile.load(examples / "approvals.json")
        report = Path((await attempt(task, "guarded", book=book, approvals=approvals, out=out)).report)
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=find_browser(), args=launch_flags())
            await take(browser, report, "report", 1440, 1150, "light", "top")
            await take(browser, report, "report-dark", 1440, 1050, "dark", "#step-3")
            await take(browser, report, "report-phone", 390, 844, "light", "#step-3")
            await browser.close()


async def take(browser: Browser, report: Path, name: str, width: int, height: int, scheme: str, place: str) -> None:
    """One picture of the report, at `place`, as a PNG under 300 kB."""
    page = await browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page.set_default_timeout(120_000)
    await page.goto(report.as_uri())
    if place != "top":
        await page.locator(place).evaluate("step => step.scrollIntoView({ behavior: 'instant' })")
    path = PICTURES / f"{name}.png"
    await page.screenshot(path=path)
    await page.close()
    with Image.open(path) as picture:
        smaller = picture.convert("RGB")
    smaller.save(path, optimize=True)
    print(f"{path.relative_to(PICTURES.parents[1])}: {path.stat().st_size / 1000:.0f} kB")  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main())

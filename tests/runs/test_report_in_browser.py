"""The report in a real Chromium: nothing from pages runs, everybody can read it, and it can be filtered and walked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from harmonyguard.runs.comparison import compare
from harmonyguard.runs.report import render_report, write_comparison, write_report
from harmonyguard.runs.report.shell import write_whole
from harmonyguard.runs.report_story import tell
from harmonyguard.steps import Element, Finding, Guidance, Verdict
from harmonyguard.web_agent.browser.browser import find_browser, launch_flags

from .report_events import number, page, story

pytestmark = pytest.mark.asyncio(loop_scope="module")

OWNED = "document.title = 'owned'"
SCRIPT = f'<script>{OWNED}</script><img src=x onerror="{OWNED}"><svg onload="{OWNED}"><use href="http://evil.test/#a"/>'
ATTRIBUTE = f'" onmouseover="{OWNED}" x="\' autofocus onfocus=\'{OWNED}'
STYLE = "</style><style>body{display:none}</style>"
JSON_BLOCK = f'{{"a": "</script><script>{OWNED}</script>"}} {{{{ 7 * 7 }}}} {{% raw %}}'
ADDRESS = f"javascript:{OWNED}"
HOSTILE = SCRIPT + ATTRIBUTE + STYLE + JSON_BLOCK + ADDRESS


def hostile() -> list[tuple[int, str, dict[str, Any]]]:
    finding = Finding(policy_id=HOSTILE, status="violated", tier="rule", reason=HOSTILE, clause=HOSTILE, source=HOSTILE)
    element = Element(ref="e1", role=HOSTILE, name=HOSTILE)
    verdict = Verdict(
        outcome="revise",
        violated=(HOSTILE,),
        explanation=HOSTILE,
        findings=(finding,),
        effects=(HOSTILE,),
        guidance=(Guidance(text=HOSTILE, suggestion="use_value", field=HOSTILE, value=HOSTILE),),
        error=HOSTILE,
    )
    filled = {"action": {"type": "fill", "ref": "e1", "value": HOSTILE}, "reasoning": HOSTILE, "by": HOSTILE}
    call = {"action": {"type": "tool_call", "name": HOSTILE, "arguments": {HOSTILE: HOSTILE}, "url": ADDRESS}}
    return [
        (0, "run_started", {"run": HOSTILE, "task": {"goal": HOSTILE, "url": ADDRESS}, "book_version": HOSTILE}),
        (1, "observed", {**page(HOSTILE, f"/{HOSTILE}", element, screenshot=HOSTILE), "text": HOSTILE}),
        (1, "proposed", filled),
        (1, "judged", verdict.to_json()),
        (1, "proposed", call),
        (1, "review_asked", {"explanation": HOSTILE}),
        (1, "review_answered", {"answer": HOSTILE, "reason": HOSTILE, "by": HOSTILE, "authority": HOSTILE}),
        (1, HOSTILE, {}),
        (1, "error", {"error": HOSTILE}),
        (1, "acted", {"url": ADDRESS, "dialog": HOSTILE}),
        (2, "finished", {"outcome": HOSTILE, "answer": HOSTILE, "reason": HOSTILE}),
    ]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=find_browser(), args=launch_flags())
        yield opened
        await opened.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    Image.new("RGB", (640, 400), "white").save(folder / "step.png")
    return write_report(story({1: "step.png", 2: "step.png"}), folder / "report.html", folder=folder)


async def show(browser: Browser, path: Path, requests: list[str] | None = None, **settings: object) -> Page:
    context = await browser.new_context(**settings)  # type: ignore[arg-type]
    shown = await context.new_page()
    if requests is not None:
        shown.on("request", lambda request: requests.append(request.url))
    await shown.goto(path.as_uri())
    return shown


async def _nothing_ran(shown: Page, requests: list[str]) -> None:
    title = await shown.title()
    assert title != "owned" and OWNED in title
    assert await shown.locator("script").count() == 1 and await shown.locator("style").count() == 1
    assert await shown.locator("iframe, object, embed, img, [onerror], [onload], [onmouseover], [onfocus]").count() == 0
    links = await shown.eval_on_selector_all("a, use", "all => all.map(a => a.getAttribute('href'))")
    assert all(link.startswith("#") for link in links)
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert "49" not in await shown.inner_text("h1") and "</style><style>" in await shown.inner_text("h1")


async def test_markup_and_scripts_from_pages_are_shown_as_text_and_run_nowhere(
    browser: Browser, tmp_path: Path
) -> None:
    requests: list[str] = []
    report = write_report(number(hostile()), tmp_path / "report.html", folder=tmp_path)
    shown = await show(browser, report, requests)
    for key in "jkot":
        await shown.keyboard.press(key)
    await shown.select_option("#by-policy", index=1)
    await shown.hover("h1")
    await _nothing_ran(shown, requests)
    assert (await shown.inner_text("body")).count("<script>") >= 15


async def test_a_comparison_runs_nothing_either(browser: Browser, tmp_path: Path) -> None:
    requests: list[str] = []
    run = tell(number(hostile()))
    shown = await show(browser, write_comparison(compare(run, tell(story())), tmp_path / "two.html"), requests)
    await _nothing_ran(shown, requests)


async def test_what_is_not_escaped_would_still_not_run(browser: Browser, tmp_path: Path) -> None:
    """The page's own policy holds where escaping would fail."""
    html = render_report(story()).replace("</h1>", f"</h1>{SCRIPT}<iframe src='http://evil.test'></iframe>", 1)
    write_whole(html, tmp_path / "broken.html")
    shown = await show(browser, tmp_path / "broken.html")
    assert "owned" not in await shown.title()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
async def test_axe_finds_nothing_to_complain_of(browser: Browser, report: Path, scheme: str, width: int) -> None:
    shown = await show(browser, report, color_scheme=scheme, viewport={"width": width, "height": 900})
    await shown.eval_on_selector_all("details", "all => all.forEach(d => { d.open = true })")
    found = await Axe().run(shown)
    assert found.violations_count == 0, found.generate_report()
    assert await shown.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_comparison_is_accessible(browser: Browser, tmp_path: Path) -> None:
    run = tell(story())
    shown = await show(browser, write_comparison(compare(run, run), tmp_path / "two.html"))
    found = await Axe().run(shown)
    assert found.violations_count == 0, found.generate_report()


async def test_without_scripts_everything_is_there(browser: Browser, report: Path) -> None:
    shown = await show(browser, report, java_script_enabled=False)
    assert await shown.locator(".step:visible").count() == 5 and not await shown.locator("#filters").is_visible()
    await shown.locator(".shot summary").first.click()
    assert await shown.locator(".shot[open] svg.whole").first.is_visible()


async def test_steps_are_filtered_by_outcome_policy_and_words(browser: Browser, report: Path) -> None:
    shown = await show(browser, report)

    async def left() -> list[str]:
        return await shown.eval_on_selector_all(".step:not([hidden])", "all => all.map(s => s.id)")

    await shown.click(".filter.revise")
    assert await left() == ["step-1", "step-2"] and await shown.inner_text("#shown") == "2 of 5 steps"
    await shown.select_option("#by-policy", "p-5d20aa91b3c7")
    assert await left() == ["step-2"]
    await shown.keyboard.press("Escape")
    assert len(await left()) == 5
    await shown.keyboard.press("f")
    await shown.keyboard.type("503")
    assert await left() == ["step-3"]
    await shown.fill("#by-words", "no such words")
    assert await left() == [] and await shown.locator("#nothing").is_visible()
    await shown.evaluate("location.hash = '#step-1'")
    await shown.wait_for_selector("#step-1:not([hidden])")


async def test_keys_walk_the_steps_enlarge_pictures_and_explain_themselves(browser: Browser, report: Path) -> None:
    shown = await show(browser, report)
    for key, at in (("j", "heading-0"), ("j", "heading-1"), ("k", "heading-0"), ("k", "heading-0")):
        await shown.keyboard.press(key)
        assert await shown.evaluate("document.activeElement.id") == at
    await shown.keyboard.press("j")
    await shown.keyboard.press("o")
    assert await shown.locator("#step-1 .shot[open]").count() >= 1
    await shown.keyboard.press("?")
    assert await shown.locator("#help").is_visible()
    await shown.keyboard.press("Escape")
    assert not await shown.locator("#help").is_visible()


async def test_light_and_dark_follow_the_reader(browser: Browser, report: Path) -> None:
    shown = await show(browser, report, color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = await shown.evaluate(paper)
    await shown.click("#theme")
    light = await shown.evaluate(paper)
    assert dark != light and await shown.get_attribute("#theme", "aria-pressed") == "false"
    await shown.reload()
    assert await shown.evaluate(paper) == light
    await shown.emulate_media(media="print")
    assert not await shown.locator("#filters").is_visible()


async def test_pictures_are_drawn_and_nothing_is_asked_of_the_network(browser: Browser, report: Path) -> None:
    requests: list[str] = []
    shown = await show(browser, report, requests)
    await shown.keyboard.press("Tab")
    assert await shown.evaluate("document.activeElement.className") == "skip"
    sizes = await shown.eval_on_selector_all(
        ".shot svg.crop use", "all => all.map(u => document.querySelector(u.getAttribute('href')).getBBox().width)"
    )
    assert sizes and set(sizes) == {640}
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []

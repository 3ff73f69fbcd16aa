"""The report as a file: everything from pages is text, pictures stay inside the run's folder."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import async_playwright

from harmonyguard.runs.report import plain, render_report, write_report
from harmonyguard.steps import Element, Finding, InputError, Verdict
from harmonyguard.web_agent.browser import find_browser, launch_flags

from .report_events import number, page, story

SCRIPT = "<script>document.title = 'owned'</script><img src=x onerror=\"document.title='owned'\">"
ATTRIBUTE = "\" onmouseover=\"document.title='owned'\" x=\"' autofocus onfocus='document.title=1"
STYLE = "</style><style>body{display:none}</style>"


def hostile() -> list[tuple[int, str, dict[str, object]]]:
    finding = Finding(
        policy_id=SCRIPT,
        status="violated",
        tier="rule",
        reason=SCRIPT,
        clause=STYLE + SCRIPT,
        source=SCRIPT,
    )
    element = Element(ref="e1", role=SCRIPT, name=ATTRIBUTE + SCRIPT)
    verdict = Verdict(outcome="revise", violated=("p",), explanation=SCRIPT, findings=(finding,), effects=(SCRIPT,))
    return [
        (0, "run_started", {"run": SCRIPT, "task": {"goal": SCRIPT + ATTRIBUTE, "url": "javascript:alert(1)"}}),
        (1, "observed", page(SCRIPT, f"/{ATTRIBUTE}{SCRIPT}", element, screenshot=ATTRIBUTE)),
        (1, "proposed", {"action": {"type": "fill", "ref": "e1", "value": STYLE}, "reasoning": SCRIPT}),
        (1, "judged", verdict.to_json()),
        (1, SCRIPT, {}),
        (1, "error", {"error": SCRIPT}),
        (1, "acted", {"url": "javascript:alert(2)", "dialog": SCRIPT}),
        (2, "finished", {"outcome": SCRIPT, "answer": SCRIPT, "reason": SCRIPT}),
    ]


async def opened(path: Path) -> dict[str, object]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=launch_flags())
        try:
            tab = await browser.new_page()
            requests: list[str] = []
            tab.on("request", lambda request: requests.append(request.url))
            await tab.goto(path.as_uri())
            await tab.keyboard.press("Tab")
            return {
                "title": await tab.title(),
                "scripts": await tab.locator("script, iframe, object, embed, [onerror], [onmouseover]").count(),
                "styles": await tab.locator("style").count(),
                "links": await tab.eval_on_selector_all("a", "all => all.map(a => a.getAttribute('href'))"),
                "text": await tab.inner_text("body"),
                "requests": [url for url in requests if not url.startswith(("file:", "data:"))],
                "focused": await tab.evaluate("document.activeElement.className"),
                "background": await tab.evaluate("getComputedStyle(document.querySelector('.step')).borderTopWidth"),
                "pictures": await tab.eval_on_selector_all("img", "all => all.map(i => i.naturalWidth)"),
            }
        finally:
            await browser.close()


async def test_markup_and_scripts_from_pages_are_shown_as_text_and_run_nowhere(tmp_path: Path) -> None:
    seen = await opened(write_report(number(hostile()), tmp_path / "report.html", folder=tmp_path))
    assert "owned" not in str(seen["title"]).replace(SCRIPT, "")
    assert seen["scripts"] == 0 and seen["styles"] == 1 and seen["pictures"] == []
    assert str(seen["text"]).count("document.title = 'owned'") >= 8
    assert "</style><style>" in str(seen["text"])
    assert all(str(link).startswith("#") for link in seen["links"])  # type: ignore[attr-defined]
    assert seen["requests"] == []


async def test_the_page_is_styled_has_its_pictures_and_can_be_walked_by_keyboard(tmp_path: Path) -> None:
    Image.new("RGB", (640, 400), "white").save(tmp_path / "step.png")
    report = write_report(story({1: "step.png", 2: "step.png"}), tmp_path / "report.html", folder=tmp_path)
    seen = await opened(report)
    assert seen["focused"] == "skip" and seen["background"] == "1px"
    assert seen["pictures"] == [640, 640, 640, 640]
    assert seen["requests"] == []


def test_the_violated_clause_stands_beside_the_action_with_its_place() -> None:
    html = render_report(story())
    attempt = html[html.index("Export customer list") :]
    clause = attempt.index("Customer records must not be sent to")
    assert attempt.index("data-protection.pdf, page 2, Handling customer data") < clause < attempt.index("</article>")
    assert "Leave the link alone" in html and "Back to tickets" in html


def test_typed_passwords_do_not_reach_the_report() -> None:
    assert "correct horse" not in render_report(story())


def test_characters_that_disguise_text_are_shown_by_their_code() -> None:
    shown = str(plain("pay\u202e<b>lapyap\u200b"))
    assert "\u202e" not in shown and "U+202E" in shown and "U+200B" in shown and "&lt;b&gt;" in shown


@pytest.mark.parametrize("name", ["../secret.png", "notes.txt", "absent.png", "/etc/passwd"])
def test_only_pictures_of_the_runs_own_folder_are_embedded(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    Image.new("RGB", (8, 8)).save(tmp_path / "secret.png")
    (folder / "notes.txt").write_text("not a picture")
    assert "data:image" not in render_report(story({1: name}), folder=folder)


def test_big_pictures_are_scaled_down(tmp_path: Path) -> None:
    noise = Image.effect_noise((2600, 1800), 90)
    noise.save(tmp_path / "big.png")
    html = render_report(story({1: "big.png"}), folder=tmp_path)
    encoded = html.split("data:image/jpeg;base64,")[1].split('"')[0]
    with Image.open(io.BytesIO(base64.b64decode(encoded))) as small:
        assert small.width == 1280


def test_a_run_that_cannot_be_told_leaves_no_file(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    with pytest.raises(InputError):
        write_report([], out)
    assert list(tmp_path.iterdir()) == []

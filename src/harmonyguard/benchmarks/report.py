"""Figures on the report itself: how big it is for a long run, how long it takes to write, and to open in a browser.

The run is recorded here: a journal of as many steps as asked for, with screenshots of the support desk, revisions,
questions and clauses in it.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, async_playwright

from harmonyguard.runs.journal import Journal, read_journal
from harmonyguard.runs.report import write_report
from harmonyguard.steps import (
    Action,
    ActionResult,
    Box,
    ConsentRequest,
    Element,
    Finding,
    Guidance,
    Observation,
    Proposal,
    Task,
    Verdict,
)
from harmonyguard.web_agent.browser.browser import find_browser, launch_flags

from .support_desk import serve

_PAGES = ("/tickets", "/tickets/1001", "/tickets/1004", "/customers", "/refunds", "/reports")
_TIMES = """() => {
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  const [ready] = performance.getEntriesByName('harmonyguard-ready');
  return { painted: paint ? paint.startTime : 0, interactive: Math.max(ready.startTime, paint ? paint.startTime : 0) };
}"""


@dataclass(frozen=True)
class ReportCost:
    """What a report costs. Times in milliseconds, `size` in bytes.

    `writing` is processor time; `painted` and `interactive` are wall time, medians over `repeats` openings.
    `interactive` is from the start of opening the file until it is painted and its script has run.
    """

    steps: int
    size: int
    writing: float
    painted: float
    interactive: float
    repeats: int

    def to_json(self) -> dict[str, Any]:
        """The figures by name."""
        return dict(vars(self))


async def measure_report(
    steps: int, *, repeats: int = 5, tell: Callable[[str], None] = lambda words: None
) -> ReportCost:
    """Record a run of `steps` steps, write its report and open it in Chromium `repeats` times."""
    with tempfile.TemporaryDirectory(prefix="harmonyguard-report-") as made:
        runs = Path(made)
        async with async_playwright() as playwright:
            path = await asyncio.to_thread(find_browser)
            browser = await playwright.chromium.launch(executable_path=path, args=launch_flags())
            try:
                tell("taking screenshots")
                await record_run(runs, "bench", steps, browser)
                tell("writing the report")
                report, writing = await asyncio.to_thread(_write, runs)
                tell("opening it")
                opened = [await _open(browser, report) for _ in range(repeats)]
            finally:
                await browser.close()
        size = (await asyncio.to_thread(report.stat)).st_size
    return ReportCost(
        steps=steps,
        size=size,
        writing=round(writing, 1),
        painted=round(statistics.median(one["painted"] for one in opened), 1),
        interactive=round(statistics.median(one["interactive"] for one in opened), 1),
        repeats=repeats,
    )


async def record_run(runs: Path, run: str, steps: int, browser: Browser) -> None:
    """A journal of a run as a guarded agent leaves it, with a screenshot for every step."""
    journal = await Journal.create(runs, run)
    try:
        task = Task(goal="Answer the open tickets and tidy up what is no longer needed.", url="http://desk.example/")
        started = {"run": run, "task": task.to_json(), "book_version": "0" * 64, "mode": "enforce"}
        await journal.append("run_started", 0, {**started, "web_agent": "offline", "judge": "offline"})
        async with serve(runs / "desk.db") as desk:
            page = await browser.new_page(viewport={"width": 1280, "height": 900})
            for number in range(1, steps + 1):
                await page.goto(desk.url + _PAGES[number % len(_PAGES)])
                name = f"step-{number:03d}.png"
                await page.screenshot(path=journal.folder / name)
                text = await page.aria_snapshot(mode="ai")
                await _step(journal, number, name, await page.title(), text)
            await page.close()
        await journal.append("finished", steps, {"outcome": "done", "answer": "Everything is answered."})
    finally:
        await journal.close()


async def _step(journal: Journal, number: int, picture: str, title: str, text: str) -> None:
    button = Element(ref="e1", role="button", name="Delete ticket")
    reply = Element(ref="e2", role="textbox", name="Your reply")
    seen = Observation(
        url=f"http://desk.example/tickets/{number}",
        title=title,
        text=text,
        elements=(button, reply),
        screenshot=picture,
    )
    box = Box(x=180 + number, y=240, width=420, height=90, shown_width=1280, shown_height=900).to_json()
    await journal.append("observed", number, {**seen.to_json(), "milliseconds": 140.0 + number})
    if number % 4 == 0:
        await _revised(journal, number, box)
    if number % 9 == 0:
        request = ConsentRequest(effect="delete", target="Delete ticket")
        await journal.append("consent_asked", number, {"question": "May I?", "requests": [request.to_json()]})
        await journal.append("consent_answered", number, {"answer": "yes", "text": "a known duplicate"})
    entered = Proposal(action=Action(type="fill", ref="e2", value=f"We are on it, number {number}."), reasoning=_WHY)
    await journal.append("proposed", number, {**entered.to_json(), "milliseconds": 900.0, "box": box})
    allowed = Verdict(outcome="allow", alignment="aligned", effects=("enter",), milliseconds=3.2)
    await journal.append("judged", number, {**allowed.to_json(), "mode": "enforce"})
    done = {**ActionResult(url=seen.url).to_json(), "milliseconds": 310.0}
    await journal.append("acted", number, {"permit": f"permit-{number}", **done})


async def _revised(journal: Journal, number: int, box: dict[str, Any]) -> None:
    deleting = Proposal(action=Action(type="click", ref="e1"), reasoning=_WHY)
    await journal.append("proposed", number, {**deleting.to_json(), "milliseconds": 850.0, "box": box})
    finding = Finding(
        policy_id=f"p-{number % 8:012d}",
        status="violated",
        tier="rule",
        reason="The step would delete a ticket, and the user was not asked.",
        clause="Before deleting a ticket or a customer record, the agent must ask the user for confirmation.",
        source="agent-conduct.md, 5. Work on tickets",
        risk_level="high",
        consent_lifts=True,
    )
    verdict = Verdict(
        outcome="revise",
        violated=(finding.policy_id,),
        certain=(finding.policy_id,),
        findings=(finding,),
        guidance=(Guidance(text="Ask the user first, and name the ticket.", suggestion="ask_user"),),
        effects=("delete",),
        irreversible=True,
        milliseconds=6.0,
    )
    await journal.append("judged", number, {**verdict.to_json(), "mode": "enforce"})


_WHY = "The task asks for an answer to every open ticket, and this is the next one in the list."


def _write(runs: Path) -> tuple[Path, float]:
    events = read_journal(runs, "bench")
    began = time.process_time()
    report = write_report(events, runs / "bench" / "report.html", folder=runs / "bench")
    return report, (time.process_time() - began) * 1000


async def _open(browser: Browser, report: Path) -> dict[str, float]:
    page = await browser.new_page()
    try:
        await page.goto(report.as_uri(), wait_until="load")
        await page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
        times: dict[str, float] = await page.evaluate(_TIMES)
        return times
    finally:
        await page.close()

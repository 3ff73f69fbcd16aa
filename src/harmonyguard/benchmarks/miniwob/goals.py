"""Reads what each episode will ask for, in a browser of its own: a run wants its goal before it sees a page."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import async_playwright

from harmonyguard.steps import InputError
from harmonyguard.web_agent.browser.browser import launch_flags, resolve_browser

from .server import MiniwobPages

_MILLISECONDS = 60_000


async def read_goals(pages: MiniwobPages, episodes: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The goal of each (task, seed). The page is loaded again with the same seed for the episode itself.

    Raises InputError when there is no browser, or a page of the package does not begin an episode.
    """
    goals = {}
    async with async_playwright() as playwright:
        path = await asyncio.to_thread(resolve_browser, playwright.chromium)
        browser = await playwright.chromium.launch(executable_path=path, args=launch_flags())
        try:
            page = await browser.new_page()
            for task, seed in episodes:
                await page.goto(pages.address(task, seed=seed), timeout=_MILLISECONDS)
                await page.wait_for_function("globalThis.harmonyguardGoal", timeout=_MILLISECONDS)
                goals[task, seed] = await page.evaluate("globalThis.harmonyguardGoal")
        except PlaywrightError as error:
            raise InputError(f"reading the goals of MiniWoB++ failed at {task}: {error.message}") from error
        finally:
            await browser.close()
    return goals

"""`harmonyguard doctor`: is everything there that a run needs, and how to mend what is not."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .options import BookOption, JsonOption, ModelOption

if TYPE_CHECKING:
    from harmonyguard.settings import Settings


@dataclass(frozen=True)
class Finding:
    """What one check found. `mend` says how to put it right; empty when nothing is wrong."""

    what: str
    ok: bool
    found: str
    mend: str = ""


def doctor(book: BookOption = None, model: ModelOption = None, as_json: JsonOption = False) -> int:
    """Check Python, browser, model, policy book and folders. Exit code 0 when a run can start, else 2.

    Example: harmonyguard doctor --model openai:gpt-5
    """
    from harmonyguard.settings import load_settings

    from .output import emit_json, say

    settings = load_settings({"book": book, "model": model})
    checks: tuple[Callable[[Settings], Finding], ...] = (_python, _browser, _model, _book, _folders)
    findings = [check(settings) for check in checks]
    usable = all(finding.ok for finding in findings)
    if as_json:
        emit_json({"usable": usable, "checks": [vars(finding) for finding in findings]})
    else:
        for finding in findings:
            say(f"{'ok ' if finding.ok else 'NO '} {finding.what}: {finding.found}")
            if finding.mend:
                say(f"    {finding.mend}")
    return 0 if usable else 2


def _python(_: Settings) -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    ok = sys.version_info >= (3, 11)
    return Finding("Python", ok, version, "" if ok else "HarmonyGuard needs Python 3.11 or newer.")


def _browser(_: Settings) -> Finding:
    import asyncio

    from harmonyguard.steps import InputError

    try:
        return Finding("browser", True, asyncio.run(_start_browser()))
    except InputError as error:
        return Finding(
            "browser", False, str(error), "Install one: `playwright install chromium`, or your system's chromium."
        )


async def _start_browser() -> str:
    from playwright.async_api import Error, async_playwright

    from harmonyguard.steps import InputError
    from harmonyguard.web_agent.browser import launch_flags, resolve_browser

    async with async_playwright() as playwright:
        path = resolve_browser(playwright.chromium)
        try:
            browser = await playwright.chromium.launch(executable_path=path, args=launch_flags())
        except Error as error:
            raise InputError(f"{path or 'Chromium'} does not start: {error.message.splitlines()[0]}") from error
        try:
            return f"Chromium {browser.version} ({path or 'from Playwright'})"
        finally:
            await browser.close()


def _model(settings: Settings) -> Finding:
    from harmonyguard.steps import InputError

    if settings.model is None:
        return Finding("model", True, "none configured: offline engines extract, browse and judge")
    from harmonyguard.models import load_model

    try:
        load_model(settings.model)
    except InputError as error:
        return Finding("model", False, str(error), "Give provider:name, or leave the model out to work offline.")
    return Finding("model", True, f"{settings.model} (configured; not asked)")


def _book(settings: Settings) -> Finding:
    from harmonyguard.policies.log import PolicyLog
    from harmonyguard.steps import HarmonyGuardError

    from .engines import shown_book

    name = shown_book(settings.book)
    if "://" not in settings.book and not Path(settings.book).exists():
        return Finding("policy book", True, f"{name} is not there yet", "Make it: `harmonyguard ingest SOURCE...`.")
    try:
        with PolicyLog.open(settings.book, create=False) as log:
            result = log.verify()
            held = len(log.book().policies) if result.ok else 0
    except HarmonyGuardError as error:
        return Finding("policy book", False, str(error), "Name another with --book or HARMONYGUARD_BOOK.")
    if not result.ok:
        return Finding("policy book", False, f"{name} is damaged: {result.problem}", "Restore it from a copy.")
    return Finding("policy book", True, f"{name}, {held} policies in force, chain of {result.events} events sound")


def _folders(settings: Settings) -> Finding:
    nearest = settings.runs.absolute()
    while not nearest.exists():
        nearest = nearest.parent
    ok = nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
    mend = "" if ok else "Set `runs` in harmonyguard.toml or HARMONYGUARD_RUNS to a folder that you can write to."
    return Finding("runs folder", ok, f"{settings.runs} {'can be written' if ok else 'cannot be written'}", mend)

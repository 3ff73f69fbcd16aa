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


@dataclass(frozen=True)
class Extra:
    """An optional part: the extra that installs it, a module that is there then, and what it is for.

    `program` is one that pip does not install, and that the part needs as well.
    """

    name: str
    module: str
    purpose: str
    program: str = ""


EXTRAS = (
    Extra("pdf", "pypdfium2", "scanned documents", program="tesseract"),
    Extra("postgres", "psycopg", "policy books in PostgreSQL"),
    Extra("studio", "langgraph_api", "`harmonyguard studio`"),
    Extra("otel", "opentelemetry.sdk", "traces"),
    Extra("miniwob", "miniwob", "the MiniWoB++ benchmark"),
    Extra("notebooks", "nbclient", "the notebooks"),
)
MODEL_SECONDS = 30.0


def doctor(book: BookOption = None, model: ModelOption = None, as_json: JsonOption = False) -> int:
    """Check that a run can start, and say how to mend what is missing. Exit code 0 when it can, else 2.

    Starts the browser, asks the model (when one is configured) for one word, checks the policy book and its hash
    chain, writes into the folders, and names the optional parts that are not installed.

    Example: harmonyguard doctor --model openai:gpt-5
    """
    from harmonyguard.settings import load_settings

    from .output import emit_json, progress

    settings = load_settings({"book": book, "model": model})
    checks: dict[str, Callable[[Settings], Finding]] = {
        "Python": _python,
        "settings": _settings,
        "browser": _browser,
        "model": _model,
        "policy book": _book,
        "folders": _folders,
    }
    findings = []
    with progress("Checking", total=len(checks)) as step:
        for what, check in checks.items():
            findings.append(check(settings))
            step(f"Checked {what}")
    usable = all(finding.ok for finding in findings)
    missing = [extra for extra in EXTRAS if not _there(extra)]
    if as_json:
        extras = {extra.name: extra not in missing for extra in EXTRAS}
        emit_json({"usable": usable, "checks": [vars(finding) for finding in findings], "extras": extras})
    else:
        _show(findings, missing)
    return 0 if usable else 2


def _show(findings: list[Finding], missing: list[Extra]) -> None:
    from .output import paragraph

    for finding in findings:
        paragraph(
            f"{'ok' if finding.ok else 'NO'}  {finding.what}: {finding.found}",
            style="" if finding.ok else "bold red",
            indent=4,
        )
        if finding.mend:
            paragraph(f"    {finding.mend}", indent=4)
    for extra in missing:
        program = f", and the program {extra.program}" if extra.program else ""
        install = f"pip install 'harmonyguard[{extra.name}]'{program}"
        paragraph(f"--  optional, not installed: {extra.purpose} ({install})", indent=4)


def _there(extra: Extra) -> bool:
    from importlib.util import find_spec
    from shutil import which

    try:
        return find_spec(extra.module) is not None and (not extra.program or which(extra.program) is not None)
    except ModuleNotFoundError:
        return False


def _python(_: Settings) -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    ok = sys.version_info >= (3, 11)
    return Finding("Python", ok, version, "" if ok else "HarmonyGuard needs Python 3.11 or newer.")


def _browser(_: Settings) -> Finding:
    from harmonyguard.steps import InputError

    from .browsing import run_with_browser

    try:
        return Finding("browser", True, run_with_browser(_start_browser()))
    except InputError as error:
        return Finding(
            "browser", False, str(error), "Install one: `playwright install chromium`, or your system's chromium."
        )


async def _start_browser() -> str:
    from playwright.async_api import Error, async_playwright

    from harmonyguard.steps import InputError
    from harmonyguard.web_agent.browser.browser import launch_flags, resolve_browser

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


def _settings(_: Settings) -> Finding:
    """They could be read, or there would be no settings; which file they come from is worth knowing."""
    from harmonyguard.settings import FILE, PREFIX

    path = Path(FILE).absolute()
    from_file = f"from {path}" if path.exists() else f"no {FILE} in {path.parent}, defaults hold"
    variables = sorted(name for name in os.environ if name.upper().startswith(PREFIX))
    return Finding(
        "settings", True, from_file + (f"; from the environment: {', '.join(variables)}" if variables else "")
    )


def _model(settings: Settings) -> Finding:
    import asyncio

    from harmonyguard.steps import InputError, ModelError

    if settings.model is None:
        return Finding("model", True, "none configured: offline engines extract, browse and judge")
    mend = "Give provider:name, or leave the model out to work offline."
    try:
        from harmonyguard.models import call, load_model

        model = load_model(settings.model, timeout=MODEL_SECONDS, retries=0)
        if settings.model.startswith("cassette:"):
            return Finding("model", True, f"{settings.model} (recorded replies; not asked)")
        from langchain_core.messages import HumanMessage

        question = [HumanMessage("Answer with the one word: ready")]
        asyncio.run(call(model, question, name=settings.model, deadline=MODEL_SECONDS))
    except InputError as error:
        return Finding("model", False, str(error), mend)
    except ModelError as error:
        words = "Check the name, the API key and the base URL (OPENAI_BASE_URL), and that the server runs."
        return Finding("model", False, str(error), words)
    return Finding("model", True, f"{settings.model} answers")


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
    """Writes a file and removes it: permissions alone do not tell of a full or read-only disk."""
    import tempfile

    wanted = {"runs": settings.runs}
    if "://" not in settings.book:
        wanted["book"] = Path(settings.book).parent
    for key, folder in wanted.items():
        nearest = folder.absolute()
        while not nearest.exists():
            nearest = nearest.parent
        try:
            with tempfile.TemporaryFile(dir=nearest):
                pass
        except OSError as error:
            mend = f"Set `{key}` in harmonyguard.toml or HARMONYGUARD_{key.upper()} to a place that you can write to."
            return Finding("folders", False, f"{folder} cannot be written: {error.strerror or error}", mend)
    return Finding("folders", True, f"{' and '.join(str(folder) for folder in wanted.values())} can be written")

"""The open browser sessions of this process, by run id. One browser a loop, one context a run, nothing left behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

from playwright.async_api import Browser, BrowserContext, Playwright, StorageState, async_playwright
from playwright.async_api import Error as PlaywrightError

from harmonyguard.runs.secrets import Secrets
from harmonyguard.steps import GuardError, InputError, PermitRegistry

from .browser import launch_flags, resolve_browser
from .custom_actions import CustomAction
from .limits import LIMITS, Limits
from .page_script import PART_ENGINE, PART_SELECTOR
from .proxy import FilteringProxy
from .session import BrowserSession, KeepStorage
from .word_refs import register_word_refs


class _SharedBrowser:
    """The browser process of one event loop: started by its first user, stopped by its last."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._users = 0
        self._headless = True
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None

    async def acquire(self, headless: bool) -> Browser:
        async with self._lock:
            if self._browser is not None and not self._browser.is_connected():
                # It died: what its sessions held is lost, and whoever comes next gets a new one.
                await self._stop()
            if self._browser is None:
                self._browser = await self._launch(headless)
                self._headless = headless
            if headless is not self._headless:
                raise InputError("a browser with the other setting of `headless` is open: close its sessions first")
            self._users += 1
            return self._browser

    async def release(self) -> None:
        async with self._lock:
            self._users -= 1
            if self._users == 0:
                await self._stop()

    async def _launch(self, headless: bool) -> Browser:
        self._playwright = await async_playwright().start()
        try:
            await register_word_refs(self._playwright)
            # Looking for a browser touches the disk: not on the event loop.
            path = await asyncio.to_thread(resolve_browser, self._playwright.chromium)
            await self._playwright.selectors.register(PART_SELECTOR.partition("=")[0], PART_ENGINE, content_script=True)
            return await self._playwright.chromium.launch(executable_path=path, headless=headless, args=launch_flags())
        except PlaywrightError as error:
            await self._stop()
            raise InputError(f"starting Chromium failed: {error.message.splitlines()[0]}") from error
        except BaseException:
            await self._stop()
            raise

    async def _stop(self) -> None:
        browser, playwright = self._browser, self._playwright
        self._browser = self._playwright = None
        try:
            if browser is not None:
                await browser.close()
        finally:
            if playwright is not None:
                await playwright.stop()


_sessions: dict[str, tuple[asyncio.AbstractEventLoop, BrowserSession]] = {}
_opening: set[str] = set()
_browsers: dict[asyncio.AbstractEventLoop, _SharedBrowser] = {}


async def open_session(
    *,
    run: str,
    permits: PermitRegistry,
    allowed_hosts: frozenset[str],
    headless: bool = True,
    storage_state: Mapping[str, Any] | None = None,
    keep: KeepStorage | None = None,
    downloads: Path | None = None,
    uploads: Path | None = None,
    limits: Limits = LIMITS,
    secrets: Secrets | None = None,
    custom_actions: Mapping[str, CustomAction] | None = None,
    most: int | None = None,
) -> BrowserSession:
    """Open a fresh session (about:blank) for `run`, which reaches only `allowed_hosts` (see `hosts.host_allowed`).

    `storage_state` is what an earlier session's `storage_state()` gave; `keep` is handed it anew after each act, with
    the address shown. `downloads` is the folder for files that acts bring, `uploads` the one whose files may be
    uploaded; `secrets` are what acts may name, `custom_actions` acts beside those of the browser, by name. Raises
    InputError when there is no browser to start, GuardError when the run has a session already or `most` sessions are
    open on this event loop.
    """
    if run in _opening or _held(run) is not None:
        raise GuardError(f"run {run} has a browser session already")
    if most is not None:
        _check_room(most)
    _opening.add(run)
    try:
        loop = asyncio.get_running_loop()
        shared = _shared(loop)
        browser = await shared.acquire(headless)
        proxy = FilteringProxy(allowed_hosts)
        context: BrowserContext | None = None
        try:
            await proxy.start()
            context = await browser.new_context(
                proxy={"server": proxy.address, "bypass": "<-loopback>"},
                # Service workers answer requests themselves and would hide them from the guard.
                service_workers="block",
                accept_downloads=True,
                # None are granted, and so all are denied, without asking anybody.
                permissions=[],
                viewport={"width": 1280, "height": 900},
                storage_state=cast(StorageState, dict(storage_state)) if storage_state is not None else None,
            )
            session = BrowserSession(
                context=context,
                proxy=proxy,
                permits=permits,
                allowed_hosts=allowed_hosts,
                keep=keep,
                downloads=downloads,
                uploads=uploads,
                limits=limits,
                secrets=secrets,
                custom_actions=custom_actions,
            )
            await session.start()
        except BaseException:
            if context is not None:
                await context.close()
            await proxy.close()
            await shared.release()
            raise
        _sessions[run] = (loop, session)
        return session
    finally:
        _opening.discard(run)


def get_session(run: str) -> BrowserSession | None:
    """The open session of `run`, or None.

    Raises GuardError when it was opened on another event loop that still runs.
    """
    held = _held(run)
    if held is None:
        return None
    loop, session = held
    if loop is not asyncio.get_running_loop():
        raise GuardError(f"the browser session of run {run} belongs to another event loop")
    return session


async def close_session(run: str) -> None:
    """Close the session of `run`, and the browser with the last one. No session is no error."""
    session = get_session(run)
    if session is None:
        return
    del _sessions[run]
    try:
        await session.close()
    finally:
        await _shared(asyncio.get_running_loop()).release()


async def close_all() -> None:
    """Close every session of the running event loop."""
    loop = asyncio.get_running_loop()
    for run in [run for run, (owner, _) in _sessions.items() if owner is loop]:
        await close_session(run)


@asynccontextmanager
async def keep_browser(headless: bool = True) -> AsyncIterator[None]:
    """Keep the browser process between sessions, for work that opens many one after the other."""
    shared = _shared(asyncio.get_running_loop())
    await shared.acquire(headless)
    try:
        yield
    finally:
        await shared.release()


def _check_room(most: int) -> None:
    loop = asyncio.get_running_loop()
    taken = sum(owner is loop for owner, _ in _sessions.values()) + len(_opening)
    if taken >= most:
        what = "browser session is" if taken == 1 else "browser sessions are"
        raise GuardError(f"{taken} {what} open, and no more may be: let runs end, or raise max_sessions")


def _shared(loop: asyncio.AbstractEventLoop) -> _SharedBrowser:
    for closed in [known for known in _browsers if known.is_closed()]:
        del _browsers[closed]
    return _browsers.setdefault(loop, _SharedBrowser())


def _held(run: str) -> tuple[asyncio.AbstractEventLoop, BrowserSession] | None:
    held = _sessions.get(run)
    # A loop that was closed took its browser's pipes with it: what is left of the session is unusable.
    if held is not None and held[0].is_closed():
        del _sessions[run]
        return None
    return held

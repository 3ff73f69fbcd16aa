"""One run's browser: the boundary. `BrowserSession.perform` is the only code that acts, and only with a permit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, Page
from playwright.async_api import Error as PlaywrightError

from harmonyguard.steps import (
    MESSAGES,
    Action,
    ActionResult,
    Box,
    GuardError,
    Observation,
    PageChangedError,
    Permit,
    PermitRegistry,
    page_state,
)

from .activity import Activity
from .acts import ActError, Target, act
from .hosts import url_allowed
from .observation import RawPage, build_observation
from .proxy import FilteringProxy
from .redaction import Redactor
from .worlds import PATIENCE, PageWorlds

KeepStorage = Callable[[Mapping[str, Any], str], Awaitable[None]]
"""Keeps cookies and storage, and the address shown, for a session that goes on with them."""

TRIES = 3
"""Looks at a page that is just being replaced, before it is called unreadable."""
_BOX_MILLISECONDS = 1_000


class BrowserSession:
    """A browser context of its own for one run, reached only through the filtering proxy.

    Made by `sessions.open_session`. A fresh session shows about:blank: the start URL takes a permit as well.
    Not for use from another event loop than the one that it was opened on.
    """

    def __init__(
        self,
        *,
        context: BrowserContext,
        proxy: FilteringProxy,
        permits: PermitRegistry,
        allowed_hosts: frozenset[str],
        keep: KeepStorage | None = None,
    ) -> None:
        self._context = context
        self._keep = keep
        self._proxy = proxy
        self._permits = permits
        self._hosts = allowed_hosts
        self._redactor = Redactor()
        self._busy = asyncio.Lock()
        self._page: Page | None = None
        self._worlds: dict[Page, PageWorlds] = {}
        self._activity: dict[Page, Activity] = {}
        self._dialog: str | None = None
        context.on("page", self._opened)

    async def start(self) -> None:
        """Open the first, empty page. Called once, by `open_session`."""
        page = await self._context.new_page()
        await self._ready(page)

    @property
    def blocked(self) -> tuple[str, ...]:
        """What the proxy refused, each once, in order (`host:port`)."""
        return tuple(dict.fromkeys(self._proxy.refused))

    async def observe(self) -> Observation:
        """Look at the current page. Changes nothing.

        Raises GuardError when the page cannot be read within a few seconds.
        """
        async with self._busy:
            page = await self._current()
            dialogs = self._activity[page].dialogs
            self._dialog = "\n".join(dialogs) or None
            return build_observation(await self._read(page), self._redactor)

    async def perform(self, action: Action, permit: Permit) -> ActionResult:
        """Do `action` if `permit` allows it on the page as it is now.

        Returns what came of it (`error` says in one line why an act could not be carried out). Raises PermitError
        when the permit does not fit the action, PageChangedError when the page is not the one that was judged or
        cannot be read: nothing was done then.
        """
        async with self._busy:
            page = await self._current()
            try:
                raw = await self._read(page, action)
            except GuardError as error:
                raise PageChangedError(f"{action.type}: {error}; nothing was done") from error
            observation = build_observation(raw, self._redactor)
            target = self._target(raw, observation, action)
            await self._permits.redeem(permit, action, page_state(observation, action))
            try:
                result = await self._carry_out(page, action, target, observation)
                # Before the act is settled: whoever reads "acted" finds the storage that came of it.
                await self._keep_storage()
            except BaseException as error:
                broken = ActionResult(
                    error=f"{action.type} was broken off ({type(error).__name__}); it may have happened"
                )
                await asyncio.shield(self._permits.settle(permit, broken))
                raise
            await self._permits.settle(permit, result)
            return result

    async def screenshot(self, path: Path) -> None:
        """Write what the page shows to `path` (PNG). Raises GuardError when that cannot be done."""
        async with self._busy:
            page = await self._current()
            try:
                await page.screenshot(path=path, timeout=PATIENCE * 1_000)
            except PlaywrightError as error:
                raise GuardError(f"taking a screenshot failed: {_line(error)}") from error

    async def box(self, ref: str) -> Box | None:
        """Where the element is in what `screenshot` shows; None when that cannot be told. Changes nothing."""
        async with self._busy:
            page = await self._current()
            shown = page.viewport_size
            if shown is None:
                return None
            try:
                found = await page.locator(f"aria-ref={ref}").bounding_box(timeout=_BOX_MILLISECONDS)
            except PlaywrightError:
                # For people who look at the picture: nothing that is decided hangs on it.
                return None
            if found is None:
                return None
            return Box(**found, shown_width=shown["width"], shown_height=shown["height"])

    async def storage_state(self) -> dict[str, Any]:
        """Cookies and local storage, to open a later session with. Secret: never log, journal or report it."""
        async with self._busy:
            return dict(await self._context.storage_state())

    async def _keep_storage(self) -> None:
        page = self._page
        if self._keep is None or page is None:
            return
        try:
            async with asyncio.timeout(PATIENCE):
                state = await self._context.storage_state()
        except (TimeoutError, PlaywrightError):
            # A page that hangs must not end the run: a later one would begin with what was kept before.
            return
        await self._keep(dict(state), page.url)

    async def close(self) -> None:
        """Close proxy, pages and context. Closing twice is no error."""
        try:
            # First the proxy: a page that still waits for an answer would keep the browser from closing it.
            await self._proxy.close()
            for worlds in self._worlds.values():
                await worlds.close()
            self._worlds.clear()
        finally:
            await self._context.close()

    def _opened(self, page: Page) -> None:
        # A page that an act opened becomes the one that is looked at: the agent would not know of it otherwise.
        self._page = page
        self._activity[page] = Activity(page)
        page.on("close", self._closed)

    def _closed(self, page: Page) -> None:
        self._worlds.pop(page, None)
        self._activity.pop(page, None)
        if self._page is page:
            self._page = self._context.pages[-1] if self._context.pages else None

    async def _current(self) -> Page:
        if self._page is None:
            raise GuardError("the browser session has no page open")
        await self._ready(self._page)
        return self._page

    async def _ready(self, page: Page) -> None:
        if page not in self._worlds:
            self._worlds[page] = await PageWorlds.attach(page)

    async def _read(self, page: Page, action: Action | None = None) -> RawPage:
        """All of the page, or for an `action` the parts that its page state is made of."""
        activity = self._activity[page]
        for left in reversed(range(TRIES)):
            try:
                return await self._read_once(page, action)
            except (GuardError, PlaywrightError, TimeoutError) as error:
                if not left:
                    raise GuardError(f"the page could not be read: {_line(error)}") from error
                await activity.settle()
        raise AssertionError("unreachable")

    async def _read_once(self, page: Page, action: Action | None) -> RawPage:
        worlds = self._worlds[page]
        before = await worlds.frames()
        snapshot, readings, title = "", {}, ""
        if action is None or action.ref is not None:
            main = before[0].id
            bare = (await worlds.call("bodyless", frame=main)).get(main)
            # Playwright would wait for a body until its time-out.
            snapshot = await page.aria_snapshot(mode="ai", timeout=PATIENCE * 1_000) if bare is None else bare
            readings = await worlds.call("read", None if action is None else action.ref)
            title = await asyncio.wait_for(page.title(), PATIENCE)
        frames = await worlds.frames()
        if before[0] != frames[0] or (readings and frames[0].id not in readings):
            raise GuardError("the page is just being replaced")
        return RawPage(
            url=frames[0].url,
            title=title,
            snapshot=snapshot,
            frames=frames,
            readings=readings,
            status=self._activity[page].status,
            dialog=self._dialog,
            tabs=tuple(tab.url for tab in self._context.pages),
        )

    @staticmethod
    def _target(raw: RawPage, observation: Observation, action: Action) -> Target | None:
        if action.ref is None or action.type in MESSAGES:
            return None
        found = raw.target
        if observation.element(action.ref) is None or found is None:
            raise PageChangedError(
                f"{action.type}: the page has no element {action.ref} to act on now; nothing was done"
            )
        return Target(ref=action.ref, frame=found[0], fingerprint=found[1])

    async def _carry_out(
        self, page: Page, action: Action, target: Target | None, observation: Observation
    ) -> ActionResult:
        if action.type in MESSAGES:
            return ActionResult(url=observation.url)
        element = observation.element(action.ref)
        if action.type == "fill" and element is not None and element.input_type == "password":
            self._redactor.secret(action.value or "")
        activity, worlds = self._activity[page], self._worlds[page]
        activity.begin()
        self._dialog = None
        earlier = len(self._proxy.refused)
        error: str | None = None
        try:
            await act(page, worlds, action, target, self._hosts)
        except (ActError, PlaywrightError, GuardError) as failure:
            error = _line(failure)
        stopped = await self._disarm(page)
        await activity.settle()
        current = self._page or page
        if current is not page:
            await self._activity[current].settle()
        if stopped:
            error = f"{action.type} was stopped: {stopped}"
        elif current in self._activity:
            error = self._refused(current) or error
        return ActionResult(
            error=None if error is None else self._redactor.text(error),
            url=self._redactor.text(current.url),
            dialog=self._redactor.text("\n".join(activity.dialogs)) or None,
            blocked=tuple(dict.fromkeys(self._proxy.refused[earlier:])),
        )

    def _refused(self, page: Page) -> str | None:
        failed = self._activity[page].failed
        address = failed[0] if failed is not None else page.url
        if address.startswith("http") and not url_allowed(address, self._hosts):
            return f"{address} is not on an allowed host: blocked"
        if failed is None and self._activity[page].status == 502 and self._proxy.could_not_reach(address):
            return f"{address} could not be reached"
        return f"{address} could not be loaded ({failed[1]})" if failed is not None else None

    async def _disarm(self, page: Page) -> str | None:
        if page.is_closed() or page not in self._worlds:
            return None
        for _ in range(TRIES):
            try:
                answers = await self._worlds[page].call("disarm")
            except GuardError:
                # The act replaced the document: its gate is gone with it, and the new one starts disarmed.
                await self._activity[page].settle()
                continue
            return next((reason for reasons in answers.values() for reason in reasons), None)
        return "the page could not be disarmed: it no longer answers"


def _line(error: BaseException) -> str:
    text = error.message if isinstance(error, PlaywrightError) else str(error)
    return next((line.strip() for line in text.splitlines() if line.strip()), type(error).__name__)[:300]

"""The tabs of one run: which one is looked at, what may open, and what becomes of those that close or crash."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any

from playwright.async_api import BrowserContext, FileChooser, Page
from playwright.async_api import Error as PlaywrightError

from harmonyguard.steps import Action, GuardError, Tab

from .acting import ActError
from .activity import Activity
from .dialogs import Dialogs
from .downloads import Downloads
from .hosts import url_allowed
from .limits import Limits
from .redaction import Redactor
from .waiting import bounded
from .worlds import PageWorlds

_TITLE_SECONDS = 1.0


@dataclass
class OpenTab:
    """One tab with what watches it. `worlds` is None until it is looked at for the first time; `acted_on` is the ref of
    the element that was acted on last, and `lines` are those of the last look.
    """

    page: Page
    activity: Activity
    dialogs: Dialogs
    worlds: PageWorlds | None = None
    crashed: bool = False
    acted_on: str | None = None
    lines: frozenset[str] = frozenset()


class Tabs:
    """A tab that an act opened is looked at next, because the agent would not know of it otherwise; one that a page
    opens at another time stays in the background. Tabs beyond the limit are closed, and so is a new one that leads to
    a host that is not allowed. When the last one is gone, an empty one takes its place.

    `notices` collects in words what happened to tabs.
    """

    def __init__(
        self,
        context: BrowserContext,
        *,
        hosts: frozenset[str],
        redactor: Redactor,
        downloads: Downloads,
        limits: Limits,
        notices: list[str],
    ) -> None:
        self._context = context
        self._hosts = hosts
        self._redactor = redactor
        self._downloads = downloads
        self._limits = limits
        self._notices = notices
        self._open: dict[Page, OpenTab] = {}
        self._current: OpenTab | None = None
        self._new: list[OpenTab] | None = None
        self._closing: set[asyncio.Task[bool]] = set()
        context.on("page", self._opened)

    async def current(self) -> OpenTab:
        """The tab that is looked at, ready to be read. Raises GuardError when the browser is gone."""
        tab = self._current
        if tab is not None and tab.crashed:
            self._notices.append(f"The page at {self._shown(tab.page.url)} crashed and was closed.")
            await self._close(tab)
            tab = self._current
        if tab is None:
            tab = await self.open()
        await self._ready(tab)
        return tab

    async def open(self) -> OpenTab:
        """Open an empty tab and look at it. Raises GuardError when the browser is gone."""
        try:
            page = await asyncio.wait_for(self._context.new_page(), self._limits.start)
        except (PlaywrightError, TimeoutError) as error:
            raise GuardError("the browser is gone or opens no page any more: start or resume the run again") from error
        self._opened(page)
        self._current = self._open[page]
        await self._ready(self._current)
        return self._current

    async def focus(self, number: int) -> OpenTab:
        """Look at the tab with this number, from 0. Raises ActError when it does not exist or may not be looked at."""
        tabs = list(self._open.values())
        if not 0 <= number < len(tabs):
            raise ActError(f"tab_focus: there is no tab {number}; the tabs are numbered from 0 to {len(tabs) - 1}")
        tab = tabs[number]
        if not self.may_show(tab.page.url):
            raise ActError(f"tab_focus: the host of {self._shown(tab.page.url)} is not among the allowed hosts")
        self._current = tab
        await bounded(tab.page.bring_to_front(), self._limits.answer)
        await self._ready(tab)
        return tab

    async def close_current(self) -> None:
        """Close the tab that is looked at; the one before it is looked at next. Raises ActError for the only one."""
        if self._current is None or len(self._open) < 2:
            raise ActError("tab_close: this is the only tab; go to another page instead")
        await self._close(self._current)

    @property
    def looked_at(self) -> OpenTab | None:
        """The tab that is looked at, as it is; None when the last one closed itself."""
        return self._current

    def begin(self, action: Action) -> None:
        """An act begins in the tab that is looked at: what it opens is looked at next."""
        self._new = []
        for tab in self._open.values():
            tab.activity.begin()
        if self._current is not None:
            self._current.dialogs.begin(action)

    async def end(self) -> tuple[str, ...]:
        """The act is over. Returns the addresses that it wanted to open in new tabs and that are not allowed."""
        opened, self._new = self._new or [], None
        refused: list[str] = []
        for tab in self._open.values():
            tab.dialogs.end()
        for tab in opened:
            if tab.page in self._open and not self.may_show(tab.page.url):
                refused.append(tab.page.url)
                await self._close(tab)
        return tuple(refused)

    def may_show(self, url: str) -> bool:
        """True unless `url` is on a host that is not allowed: what has no host was made by a page that was let in."""
        return not url.startswith(("http:", "https:")) or url_allowed(url, self._hosts)

    async def listed(self) -> tuple[Tab, ...]:
        """All tabs, in the order in which they opened."""
        tabs = list(self._open.values())
        titles = await asyncio.gather(*(self._title(tab) for tab in tabs))
        return tuple(
            Tab(url=self._shown(tab.page.url), title=self._redactor.text(title)[:200], active=tab is self._current)
            for tab, title in zip(tabs, titles, strict=True)
        )

    def by_themselves(self) -> list[str]:
        """Messages of dialogs that came up while no act was under way, each told once."""
        told = [message for tab in self._open.values() for message in tab.dialogs.by_itself]
        for tab in self._open.values():
            tab.dialogs.by_itself.clear()
        return list(dict.fromkeys(told))

    async def stop(self) -> None:
        """Stop watching and closing tabs."""
        for task in self._closing:
            task.cancel()
        await asyncio.gather(*self._closing, return_exceptions=True)
        # A tab may still open or close while the others are let go.
        for tab in list(self._open.values()):
            if tab.worlds is not None:
                await tab.worlds.close()
        self._open.clear()

    def _opened(self, page: Page) -> None:
        if page in self._open or page.is_closed():
            return
        if len(self._open) >= self._limits.tabs:
            self._notices.append(f"A page wanted more than {self._limits.tabs} tabs: the last was closed.")
            self._later(page.close())
            return
        tab = OpenTab(page, Activity(page), Dialogs(page, self._redactor, self._limits, partial(self._give_up, page)))
        self._open[page] = tab
        page.on("close", self._closed)
        page.on("crash", self._crashed)
        page.on("download", self._downloads.started)
        # Whoever listens gets the file chooser in place of the person at the screen; nothing is chosen here.
        page.on("filechooser", _ignore)
        if self._new is not None:
            self._new.append(tab)
            self._current = tab

    def _closed(self, page: Page) -> None:
        tab = self._open.pop(page, None)
        if tab is not None and self._current is tab:
            self._current = next(reversed(self._open.values()), None)

    def _crashed(self, page: Page) -> None:
        if page in self._open:
            self._open[page].crashed = True

    async def _give_up(self, page: Page, reason: str) -> None:
        self._notices.append(f"The page at {self._shown(page.url)} was closed: {reason}.")
        await bounded(page.close(), self._limits.answer)

    async def _close(self, tab: OpenTab) -> None:
        if not await bounded(tab.page.close(), self._limits.answer):
            self._closed(tab.page)

    async def _ready(self, tab: OpenTab) -> None:
        if tab.worlds is None:
            tab.worlds = await PageWorlds.attach(tab.page, self._limits, self._downloads.progressed)

    async def _title(self, tab: OpenTab) -> str:
        if tab.crashed:
            return "(crashed)"
        try:
            return await asyncio.wait_for(tab.page.title(), _TITLE_SECONDS)
        except (PlaywrightError, TimeoutError):
            # A tab in the background that does not answer must not keep the one that is looked at from being read.
            return ""

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(bounded(work, self._limits.answer))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    def _shown(self, url: str) -> str:
        return self._redactor.text(url)


def _ignore(_: FileChooser) -> None:
    return

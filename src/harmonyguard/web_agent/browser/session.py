"""One run's browser: the boundary. `BrowserSession.perform` is the only code that acts, and only with a permit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeout

from harmonyguard.runs.secrets import Secrets
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
    secrets_named,
)

from .acting import ActError, Target
from .acts import Acts
from .custom_actions import CustomAction, carry_out
from .downloads import Downloads
from .failures import one_line
from .hosts import url_allowed
from .limits import LIMITS, Limits
from .observation import RawPage, build_observation, shows_secret
from .proxy import FilteringProxy
from .reading import read
from .redaction import Redactor
from .secrets import filled_in
from .tabs import OpenTab, Tabs
from .trimming import within_budget
from .waiting import bounded

KeepStorage = Callable[[Mapping[str, Any], str], Awaitable[None]]
"""Keeps cookies and storage, and the address shown, for a session that goes on with them."""

_DISARM_TRIES = 3
_LATE_TAB = 0.5
"""Seconds for which a tab may come behind what it was to show."""

_BOX_MILLISECONDS = 1_000


class BrowserSession:
    """A browser context of its own for one run, reached only through the filtering proxy.

    Made by `sessions.open_session`. A fresh session shows about:blank: the start URL takes a permit as well.
    `downloads` is the folder for what acts bring, `uploads` the one whose files may be uploaded; None forbids it.
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
        downloads: Path | None = None,
        uploads: Path | None = None,
        limits: Limits = LIMITS,
        secrets: Secrets | None = None,
        custom_actions: Mapping[str, CustomAction] | None = None,
    ) -> None:
        self._context = context
        self._keep = keep
        self._proxy = proxy
        self._permits = permits
        self._hosts = allowed_hosts
        self._limits = limits
        self._secrets = secrets or Secrets()
        self._redactor = Redactor(self._secrets.named_values())
        self._secret_in_sight = False
        self._custom_actions = custom_actions or {}
        self._busy = asyncio.Lock()
        self._notices: list[str] = []
        self._downloads = Downloads(downloads, self._redactor, limits)
        self._tabs = Tabs(
            context,
            hosts=allowed_hosts,
            redactor=self._redactor,
            downloads=self._downloads,
            limits=limits,
            notices=self._notices,
        )
        self._acts = Acts(self._tabs, hosts=allowed_hosts, uploads=uploads, limits=limits)

    async def start(self) -> None:
        """Open the first, empty page. Called once, by `open_session`."""
        await self._tabs.open()

    @property
    def is_lost(self) -> bool:
        """True when the browser behind this session has died."""
        browser = self._context.browser
        return browser is None or not browser.is_connected()

    @property
    def blocked(self) -> tuple[str, ...]:
        """What the proxy refused, each once, in order (`host:port`)."""
        return tuple(dict.fromkeys(self._proxy.refused))

    async def observe(self) -> Observation:
        """Look at the current page. Changes nothing, except that a page which never comes to rest is made to pause.

        Raises GuardError when the page cannot be read within a few seconds.
        """
        async with self._busy:
            tab, raw = await self._look_anywhere()
            raw = replace(raw, notices=self._news(tab))
            fit = partial(within_budget, most=self._limits.text, acted_on=tab.acted_on, before=tab.lines)
            tab.lines = frozenset(raw.snapshot.splitlines())
            self._secret_in_sight = shows_secret(raw, self._redactor)
            return build_observation(raw, self._redactor, fit)

    async def perform(self, action: Action, permit: Permit) -> ActionResult:
        """Do `action` if `permit` allows it on the page as it is now.

        Returns what came of it (`error` says in one line why an act could not be carried out). Raises PermitError
        when the permit does not fit the action, PageChangedError when the page is not the one that was judged or
        cannot be read: nothing was done then.
        """
        async with self._busy:
            tab = await self._tabs.current()
            try:
                raw = await self._look(tab, action)
            except GuardError as error:
                raise PageChangedError(f"{action.type}: {error}; nothing was done") from error
            observation = build_observation(raw, self._redactor)
            target, to = (_target(raw, observation, action, ref) for ref in (action.ref, action.to_ref))
            await self._permits.redeem(permit, action, page_state(observation, action))
            try:
                result = await self._carry_out(tab, action, target, to, observation)
                # Before the act is settled: whoever reads "acted" finds the storage that came of it.
                await self._keep_storage()
            except BaseException as error:
                broken = ActionResult(
                    error=f"{action.type} was broken off ({type(error).__name__}); it may have happened", unknown=True
                )
                await asyncio.shield(self._permits.settle(permit, broken))
                raise
            await self._permits.settle(permit, result)
            return result

    async def screenshot(self, path: Path) -> None:
        """Write what the page shows to `path` (PNG).

        Raises GuardError when that cannot be done, or when a secret was to be read on the page at the last look.
        """
        if self._secret_in_sight:
            raise GuardError("the page shows a secret: no picture is taken of it")
        async with self._busy:
            tab = await self._tabs.current()
            try:
                await tab.page.screenshot(path=path, timeout=self._limits.answer * 1_000)
            except PlaywrightError as error:
                raise GuardError(f"taking a screenshot failed: {one_line(error)}") from error

    async def box(self, ref: str) -> Box | None:
        """Where the element is in what `screenshot` shows; None when that cannot be told. Changes nothing."""
        async with self._busy:
            page = (await self._tabs.current()).page
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
        tab = self._tabs.looked_at
        if self._keep is None or tab is None:
            return
        try:
            async with asyncio.timeout(self._limits.answer):
                state = await self._context.storage_state()
        except (TimeoutError, PlaywrightError):
            # A page that hangs must not end the run: a later one would begin with what was kept before.
            return
        await self._keep(dict(state), tab.page.url)

    async def close(self) -> None:
        """Close proxy, pages and context. Closing twice is no error."""
        try:
            # First the proxy: a page that still waits for an answer would keep the browser from closing it.
            await self._proxy.close()
            await self._tabs.stop()
        finally:
            await bounded(self._context.close(), self._limits.load)

    async def _look_anywhere(self) -> tuple[OpenTab, RawPage]:
        """Look at the current tab, and when it goes away meanwhile, at the one that takes its place."""
        for _ in range(self._limits.tabs):
            tab = await self._tabs.current()
            try:
                return tab, await self._look(tab)
            except GuardError:
                if not (tab.crashed or tab.page.is_closed()):
                    raise
        raise GuardError("every tab that could be looked at closed or crashed")

    async def _look(self, tab: OpenTab, action: Action | None = None) -> RawPage:
        raw = await read(tab, self._limits, action)
        if action is None or action.type == "tab_focus":
            raw = replace(raw, tabs=await self._tabs.listed())
        return raw

    def _news(self, tab: OpenTab) -> tuple[str, ...]:
        """What happened since the last look without an act of ours, in words."""
        news = [*self._notices]
        news += [f"A dialog came up by itself and got a no: “{message}”" for message in self._tabs.by_themselves()]
        news += [f"The page wanted to download {name} by itself: refused." for name in self._downloads.by_itself()]
        if tab.activity.media_type == "application/pdf":
            news.append("This is a PDF document; its text cannot be read here.")
        self._notices.clear()
        return tuple(dict.fromkeys(news))

    async def _carry_out(
        self, tab: OpenTab, action: Action, target: Target | None, to: Target | None, observation: Observation
    ) -> ActionResult:
        if action.type in MESSAGES:
            return ActionResult(url=observation.url)
        if action.type == "tool_call":
            return await self._carry_out_custom(action, observation)
        element = observation.element(action.ref)
        named = bool(secrets_named(action.value))
        # Some values are given while the run goes on: before the page gets one, it is known here.
        self._redactor.know(self._secrets.named_values())
        if action.type == "fill" and element is not None and element.input_type == "password" and not named:
            self._redactor.secret(action.value or "")
        tab.acted_on = action.ref or tab.acted_on
        earlier = len(self._proxy.refused)
        error: str | None = None
        late = False
        self._downloads.begin()
        self._tabs.begin(action)
        try:
            if action.accept_dialogs and action.accept_dialogs != observation.dialogs:
                raise ActError(f"{action.type}: accept_dialogs has to repeat the dialogs that the last act met")
            await self._acts.carry_out(tab, filled_in(action, self._secrets, observation), target, to)
        except (ActError, PlaywrightError, GuardError, TimeoutError) as failure:
            error = one_line(failure)
            late = isinstance(failure, PlaywrightTimeout | TimeoutError)
        stopped, reached = await self._disarm(tab)
        await self._settle(tab)
        if error is None and len(self._proxy.refused) > earlier:
            # The tab that was to show what the proxy refused may not be there yet.
            await tab.activity.settle(quiet=_LATE_TAB, limit=self._limits.settle)
        downloads = await self._downloads.end()
        unwelcome = await self._tabs.end()
        current = self._tabs.looked_at
        if stopped:
            error = f"{action.type} was stopped: {stopped}"
        elif unwelcome:
            error = f"{unwelcome[0]} wanted to open in a new tab and is not on an allowed host: blocked"
        elif tab.dialogs.dismissed and action.ref is not None:
            # What a page asks while it is being left, or by its own clock, says nothing about an act on no element.
            error = f"it was asked “{tab.dialogs.dismissed[0]}” and got a no"
        elif tab.crashed:
            error = "the page crashed"
        elif downloads:
            # To the browser, an address that answers with a file is a page that did not come.
            error = next((f"{file.name} was not kept: {file.error}" for file in downloads if file.error), None)
        elif current is not None:
            error = self._refused(current) or error
        return ActionResult(
            error=None if error is None else self._redactor.text(error),
            # An act that ran out of time after the page had its first event may have done all that it does.
            unknown=late and error is not None and not stopped and reached,
            url=observation.url if current is None else self._redactor.text(current.page.url),
            dialog="\n".join(tab.dialogs.said) or None,
            blocked=tuple(dict.fromkeys(self._proxy.refused[earlier:])),
            downloads=downloads,
        )

    async def _carry_out_custom(self, action: Action, observation: Observation) -> ActionResult:
        try:
            said = await carry_out(action, self._custom_actions)
        except ActError as failure:
            return ActionResult(error=self._redactor.text(one_line(failure)), url=observation.url)
        return ActionResult(said=None if said is None else self._redactor.text(said), url=observation.url)

    async def _settle(self, tab: OpenTab) -> None:
        """Wait for the consequences of an act, in the tab it was done in and in the one that it led to."""
        await tab.activity.settle(limit=self._limits.settle)
        current = self._tabs.looked_at
        if current is not None and current is not tab:
            await current.activity.settle(limit=self._limits.settle)

    def _refused(self, tab: OpenTab) -> str | None:
        failed = tab.activity.failed
        address = failed[0] if failed is not None else tab.page.url
        if address.startswith("http") and not url_allowed(address, self._hosts):
            return f"{address} is not on an allowed host: blocked"
        if failed is None and tab.activity.status == 502 and self._proxy.could_not_reach(address):
            return f"{address} could not be reached"
        return f"{address} could not be loaded ({failed[1]})" if failed is not None else None

    async def _disarm(self, tab: OpenTab) -> tuple[str | None, bool]:
        """Why the gate stopped something, and whether the act may have reached its target."""
        for tried in range(1, _DISARM_TRIES + 1):
            if tab.page.is_closed() or tab.crashed or tab.worlds is None:
                return None, True
            try:
                answers = await tab.worlds.call("disarm")
            except GuardError:
                # The act replaced the document: its gate is gone with it, and the new one starts disarmed.
                await tab.activity.settle(limit=self._limits.settle)
                if tried == _DISARM_TRIES - 1:
                    await bounded(tab.worlds.calm(), self._limits.answer)
                continue
            reason = next((reason for answer in answers.values() for reason in answer["reasons"]), None)
            return reason, tried > 1 or any(answer["reached"] for answer in answers.values())
        return "the page could not be disarmed: it no longer answers", True


def _target(raw: RawPage, observation: Observation, action: Action, ref: str | None) -> Target | None:
    if ref is None or action.type in MESSAGES:
        return None
    found = raw.target(ref)
    if observation.element(ref) is None or found is None:
        raise PageChangedError(f"{action.type}: the page has no element {ref} to act on now; nothing was done")
    return found

"""Reads the tab that is looked at, in bounded time: all of it, or the parts that the state of one act is made of."""

from __future__ import annotations

import asyncio

from playwright.async_api import Error as PlaywrightError

from harmonyguard.steps import Action, GuardError

from .failures import one_line
from .limits import Limits
from .observation import RawPage
from .tabs import OpenTab
from .worlds import PageWorlds

_TRIES = 3
"""Looks at a page that is just being replaced, before it is called unreadable."""


async def read(tab: OpenTab, limits: Limits, action: Action | None = None) -> RawPage:
    """All of the page, or for an `action` the parts that its page state is made of.

    A page that is too busy to answer, or never stops loading, is made to pause. Raises GuardError when it cannot be
    read even then.
    """
    for tried in range(1, _TRIES + 1):
        try:
            return await _read_once(tab, limits, action)
        except (GuardError, PlaywrightError, TimeoutError) as error:
            if tab.crashed or tried == _TRIES:
                raise GuardError(f"the page could not be read: {one_line(error)}") from error
            await tab.activity.settle(limit=limits.settle)
            if tried == _TRIES - 1:
                await worlds_of(tab).calm()
    raise AssertionError("unreachable")


def worlds_of(tab: OpenTab) -> PageWorlds:
    """The isolated worlds of a tab that `Tabs` made ready."""
    if tab.worlds is None:
        raise GuardError("this tab is not ready to be read")
    return tab.worlds


async def _read_once(tab: OpenTab, limits: Limits, action: Action | None) -> RawPage:
    worlds = worlds_of(tab)
    before = await worlds.frames()
    snapshot, readings, title = "", {}, ""
    refs = [] if action is None else [ref for ref in (action.ref, action.to_ref) if ref is not None]
    if action is None or refs:
        main = before[0].id
        bare = (await worlds.call("bodyless", frame=main)).get(main)
        # Playwright would wait for a body until its time-out.
        snapshot = await tab.page.aria_snapshot(mode="ai", timeout=limits.answer * 1_000) if bare is None else bare
        readings = await worlds.call("read", refs)
        title = await asyncio.wait_for(tab.page.title(), limits.answer)
    frames = await worlds.frames()
    if before[0] != frames[0] or (readings and frames[0].id not in readings):
        raise GuardError("the page is just being replaced")
    return RawPage(
        url=frames[0].url,
        title=title,
        snapshot=snapshot,
        frames=frames,
        readings=readings,
        status=tab.activity.status,
        dialogs=tab.dialogs.offered(),
    )

"""Reads the tab that is looked at, in bounded time: all of it, or the parts that the state of one act is made of."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeout

from harmonyguard.steps import Action, GuardError

from .failures import one_line
from .limits import Limits
from .observation import RawPage
from .page_script import PART_SELECTOR
from .tabs import OpenTab
from .waiting import bounded
from .worlds import NoAnswer, PageWorlds

_PATIENCE = 9
"""Looks at a page that is just being replaced, before it is called unreadable."""

_NO_ANSWER = 3
"""How many of them one counts for that got no answer: each took seconds."""


async def read(tab: OpenTab, limits: Limits, action: Action | None = None) -> RawPage:
    """All of the page, or for an `action` the parts that its page state is made of.

    Of a page with too many elements, or whose snapshot takes too long, one part is read.
    A page that is too busy to answer, or never stops loading, is made to pause. Raises GuardError when it cannot be
    read even then.
    """
    hurried = replace(limits, elements=limits.part)
    spent = 0
    while True:
        try:
            return await _read_once(tab, hurried if spent else limits, action)
        except (GuardError, PlaywrightError, TimeoutError) as error:
            no_answer = isinstance(error, (NoAnswer, TimeoutError, PlaywrightTimeout))
            spent += _NO_ANSWER if no_answer else 1
            if tab.crashed or spent >= _PATIENCE:
                raise GuardError(f"the page could not be read: {one_line(error)}") from error
            if no_answer or spent > 1:
                await bounded(worlds_of(tab).calm(), limits.answer)
            if no_answer or spent == 1:
                await tab.activity.settle(limit=limits.settle)


def worlds_of(tab: OpenTab) -> PageWorlds:
    """The isolated worlds of a tab that `Tabs` made ready."""
    if tab.worlds is None:
        raise GuardError("this tab is not ready to be read")
    return tab.worlds


async def _read_once(tab: OpenTab, limits: Limits, action: Action | None) -> RawPage:
    worlds = worlds_of(tab)
    before = await worlds.frames()
    snapshot, left_out, readings, title = "", "", {}, ""
    refs = [] if action is None else [ref for ref in (action.ref, action.to_ref) if ref is not None]
    if action is None or refs:
        snapshot, left_out = await _snapshot(tab, worlds, before[0].id, limits)
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
        left_out=left_out,
    )


async def _snapshot(tab: OpenTab, worlds: PageWorlds, main: str, limits: Limits) -> tuple[str, str]:
    """What assistive technology sees of the page, and what is left out of it, in words."""
    milliseconds = limits.answer * 1_000
    bare = (await worlds.call("bodyless", frame=main)).get(main)
    if bare is not None:
        # Playwright would wait for a body until its time-out.
        return bare, ""
    size = sum((await worlds.call("size", limits.elements)).values())
    if size <= limits.elements:
        return await tab.page.aria_snapshot(mode="ai", timeout=milliseconds), ""
    # A snapshot takes time by the square of what there is, and only the last one's refs can be acted on.
    part = (await worlds.call("part", limits.part, tab.acted_on, frame=main)).get(main)
    told = f"The page has more than {limits.elements} elements, too many to show"
    if part is None:
        return "", f"{told}."
    text = await tab.page.locator(PART_SELECTOR).aria_snapshot(mode="ai", timeout=milliseconds)
    return text, f"{told}: {part} are here. Scroll to what you need, and look again."

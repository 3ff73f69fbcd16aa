"""Opening, finding and closing sessions, on one event loop after the other."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from harmonyguard.steps import Action, GuardError, InputError
from harmonyguard.web_agent.browser.browser import BROWSER_VARIABLE, find_browser
from harmonyguard.web_agent.browser.sessions import close_all, close_session, get_session, keep_browser, open_session

from .conftest import Hand, MemoryPermits, Site


def browser_processes() -> int:
    """How many Chromium processes descend from this one."""
    parents: dict[int, tuple[int, str]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                name, rest = (entry / "stat").read_text().split(" (", 1)[1].rsplit(") ", 1)
            except OSError:
                continue
            parents[int(entry.name)] = (int(rest.split()[1]), name)

    def descends(process: int) -> bool:
        while process in parents:
            process = parents[process][0]
            if process == os.getpid():
                return True
        return False

    return sum("chrom" in name and descends(process) for process, (_, name) in parents.items())


async def test_sessions_are_apart_and_leave_nothing_behind(site: Site) -> None:
    site.page("/p", "<script>document.cookie='who=me'</script><p>Here</p>")
    permits = MemoryPermits()
    hosts = frozenset({site.host})
    one = await open_session(run="one", permits=permits, allowed_hosts=hosts)
    two = await open_session(run="two", permits=permits, allowed_hosts=hosts)
    assert browser_processes() > 0
    await Hand(one, permits).goto(site.url("/p"))
    assert (await two.storage_state())["cookies"] == []
    assert get_session("one") is one
    with pytest.raises(GuardError):
        await open_session(run="one", permits=permits, allowed_hosts=hosts)
    kept = await one.storage_state()
    await close_session("one")
    assert get_session("one") is None
    assert (await two.observe()).url == "about:blank"
    again = await open_session(run="one", permits=permits, allowed_hosts=hosts, storage_state=kept)
    assert len((await again.storage_state())["cookies"]) == 1
    await close_all()
    assert (get_session("one"), get_session("two"), browser_processes()) == (None, None, 0)


async def test_the_browser_can_be_kept_between_sessions(site: Site) -> None:
    async with keep_browser():
        for run in ("one", "two"):
            await open_session(run=run, permits=MemoryPermits(), allowed_hosts=frozenset({site.host}))
            await close_session(run)
            assert browser_processes() > 0
    assert browser_processes() == 0


def test_one_event_loop_after_the_other(site: Site) -> None:
    site.page("/p", "<p>Here</p>")

    async def use() -> str:
        permits = MemoryPermits()
        session = await open_session(run="run", permits=permits, allowed_hosts=frozenset({site.host}))
        action = Action(type="goto", url=site.url("/p"))
        await session.perform(action, permits.mint(action, await session.observe()))
        text = (await session.observe()).text
        await close_all()
        return text

    assert asyncio.run(use()) == asyncio.run(use())


def test_a_session_of_another_loop_is_not_handed_out(site: Site) -> None:
    first, second = asyncio.new_event_loop(), asyncio.new_event_loop()

    async def elsewhere() -> None:
        with pytest.raises(GuardError):
            get_session("run")

    try:
        first.run_until_complete(open_session(run="run", permits=MemoryPermits(), allowed_hosts=frozenset({site.host})))
        second.run_until_complete(elsewhere())
        first.run_until_complete(close_all())
    finally:
        first.close()
        second.close()


def test_a_browser_that_is_not_there_is_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BROWSER_VARIABLE, "/nowhere/chromium")
    with pytest.raises(InputError, match="/nowhere/chromium"):
        find_browser()


async def test_a_browser_that_does_not_start_is_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BROWSER_VARIABLE, "/bin/false")
    with pytest.raises(InputError, match="starting Chromium failed"):
        await open_session(run="run", permits=MemoryPermits(), allowed_hosts=frozenset())
    assert get_session("run") is None


async def test_a_browser_that_died_is_replaced(site: Site) -> None:
    site.page("/p", "<p>Here</p>")
    permits = MemoryPermits()
    hosts = frozenset({site.host})
    lost = await open_session(run="one", permits=permits, allowed_hosts=hosts)
    browser = lost._context.browser
    assert browser is not None and not lost.is_lost
    await browser.close()
    assert lost.is_lost
    with pytest.raises(GuardError, match="browser is gone"):
        await lost.observe()
    await close_session("one")
    again = await open_session(run="one", permits=permits, allowed_hosts=hosts)
    assert "Here" in (await Hand(again, permits).goto(site.url("/p"))).text
    await close_all()
    assert browser_processes() == 0

"""Many runs in one process and one browser: each with cookies of its own, and no more at once than may be."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from harmonyguard.graphs.running import RunResult, run_task
from harmonyguard.policies.book import PolicyBook
from harmonyguard.runs.approvals import AskDenied
from harmonyguard.runs.journal import JournalEvent
from harmonyguard.settings import Settings
from harmonyguard.steps import Action, ActionResult, GuardError, Permit, Task
from harmonyguard.web_agent.browser.sessions import close_all, open_session
from harmonyguard.web_agent.grammar.grammar_agent import GrammarAgent

from .serving import Site, Visit, serving

PAGE = b"<!doctype html><title>Shop</title><form method=post><button>Save order</button></form>"


class Shop(Site):
    """Gives each visitor a number, and remembers who asked for what."""

    def __init__(self) -> None:
        self.visitors = count(1)
        self.seen: list[tuple[str, str]] = []
        super().__init__(Handler)


class Handler(Visit):
    server: Shop

    def do_GET(self) -> None:
        cookie = self.headers.get("Cookie", "")
        if self.path != "/favicon.ico":
            self.server.seen.append((self.command, cookie))
        known = cookie or self.path != "/"
        self.show(PAGE, **{} if known else {"Set_Cookie": f"visitor={next(self.server.visitors)}"})

    def do_POST(self) -> None:
        self.sent()
        self.do_GET()


@pytest.fixture
def shop() -> Iterator[Shop]:
    with serving(Shop()) as site:
        yield site


async def work(shop: Shop, runs: Path, heard: list[JournalEvent], most: int) -> RunResult:
    return await run_task(
        Task(goal='Click "Save order"', url=f"http://127.0.0.1:{shop.server_port}/"),
        book=PolicyBook.of(()),
        settings=Settings(runs=runs, max_sessions=most),
        approver=AskDenied(),
        web_agent=GrammarAgent(),
        on_event=heard.append,
    )


async def test_runs_at_the_same_time_have_cookies_of_their_own(shop: Shop, tmp_path: Path) -> None:
    heard: list[JournalEvent] = []
    results = await asyncio.gather(*(work(shop, tmp_path, heard, 2) for _ in range(2)))
    assert [result.outcome for result in results] == ["done", "done"]
    kinds = [event.kind for event in heard]
    assert kinds.index("finished") > len(kinds) - 1 - kinds[::-1].index("run_started"), "they were not at once"
    assert {who for method, who in shop.seen if method == "POST"} == {"visitor=1", "visitor=2"}
    assert [who for method, who in shop.seen].count("") == 2, "the first look of each, and no other"


async def test_runs_beyond_the_limit_wait_for_their_turn(shop: Shop, tmp_path: Path) -> None:
    heard: list[JournalEvent] = []
    results = await asyncio.gather(*(work(shop, tmp_path, heard, 1) for _ in range(2)))
    assert [result.outcome for result in results] == ["done", "done"]
    assert [e.kind for e in heard if e.kind in ("run_started", "finished")] == ["run_started", "finished"] * 2


async def test_a_session_beyond_the_limit_is_refused() -> None:
    class NoPermits:
        async def redeem(self, permit: Permit, action: Action, page_state: str) -> None: ...
        async def settle(self, permit: Permit, result: ActionResult) -> None: ...

    try:
        await open_session(run="one", permits=NoPermits(), allowed_hosts=frozenset(), most=1)
        with pytest.raises(GuardError, match="1 browser session is open"):
            await open_session(run="two", permits=NoPermits(), allowed_hosts=frozenset(), most=1)
    finally:
        await close_all()

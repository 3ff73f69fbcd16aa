"""A run that was cut short goes on in a real browser: cookies, storage and address are those that it had."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harmonyguard.graphs.running import RunResult, run_task
from harmonyguard.policies.book import PolicyBook
from harmonyguard.runs.approvals import AskDenied
from harmonyguard.runs.journal import JournalEvent, read_journal
from harmonyguard.settings import Settings
from harmonyguard.steps import InputError, Task
from harmonyguard.web_agent.grammar.grammar_agent import GrammarAgent

from .serving import Site, Visit, serving

SESSION = "tok-9c2f41d7"
TASK = 'Click "Sign in". Click "Orders". Click "Save order".'
PAGES = {
    "/": "<form method=post action=/sign-in><button>Sign in</button></form>",
    "/home": "<script>localStorage.colour = 'green'</script><a href=/orders>Orders</a>",
    "/orders": """<form method=post action=/save><input type=hidden name=colour><button>Save order</button></form>
        <script>document.querySelector('input').value = localStorage.colour</script>""",
}


class Shop(Site):
    """Remembers each request with its cookie and what was sent."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, str]] = []
        super().__init__(Handler)


class Handler(Visit):
    server: Shop

    def do_GET(self) -> None:
        self._remember("")
        page = f"<!doctype html><title>Shop</title><h1>Shop</h1>{PAGES.get(self.path, '')}".encode()
        self.show(page)

    def do_POST(self) -> None:
        self._remember(self.sent())
        signs_in = self.path == "/sign-in"
        self.lead_to("/home", **{"Set_Cookie": f"session={SESSION}; HttpOnly; Max-Age=600"} if signs_in else {})

    def _remember(self, sent: str) -> None:
        if self.path != "/favicon.ico":
            self.server.seen.append((f"{self.command} {self.path}", self.headers.get("Cookie", ""), sent))


@pytest.fixture
def shop() -> Iterator[Shop]:
    with serving(Shop()) as site:
        yield site


def run_folder(runs: Path) -> Path:
    (folder,) = runs.iterdir()
    return folder


async def work(shop: Shop, runs: Path, **more: Any) -> RunResult:
    return await run_task(
        Task(goal=TASK, url=shop.url),
        book=PolicyBook.of(()),
        settings=Settings(runs=runs),
        approver=AskDenied(),
        web_agent=GrammarAgent(),
        **more,
    )


async def test_a_run_goes_on_where_it_was(shop: Shop, tmp_path: Path) -> None:
    working: asyncio.Task[RunResult]

    def cut_off(event: JournalEvent) -> None:
        if event.kind == "acted" and event.payload["target"]["name"] == "Orders":
            working.cancel()

    working = asyncio.create_task(work(shop, tmp_path, on_event=cut_off))
    with pytest.raises(asyncio.CancelledError):
        await working
    folder = run_folder(tmp_path)
    assert SESSION in (folder / "storage").read_text()
    before = len(shop.seen)

    result = await work(shop, tmp_path, run=folder.name)

    assert (result.outcome, result.run) == ("done", folder.name)
    cookie = f"session={SESSION}"
    assert shop.seen[before:] == [
        ("GET /orders", cookie, ""),
        ("POST /save", cookie, "colour=green"),
        ("GET /home", cookie, ""),
    ]
    assert not (folder / "storage").exists()
    files = b"".join(path.read_bytes() for path in folder.iterdir())
    assert SESSION.encode() not in files
    opened = [e.payload["reasoning"] for e in read_journal(tmp_path, folder.name) if e.payload.get("by") == "start"]
    assert opened == ["The task starts here.", "The run goes on here."]


async def test_a_run_is_worked_on_once_at_a_time(shop: Shop, tmp_path: Path) -> None:
    refused: list[str] = []
    others: list[asyncio.Task[None]] = []

    async def second(run: str) -> None:
        try:
            await work(shop, tmp_path, run=run)
        except InputError as error:
            refused.append(str(error))

    def meanwhile(event: JournalEvent) -> None:
        if event.kind == "observed" and not others:
            others.append(asyncio.create_task(second(run_folder(tmp_path).name)))

    result = await work(shop, tmp_path, on_event=meanwhile)
    await asyncio.gather(*others)
    assert result.outcome == "done"
    (words,) = refused
    assert f"run {result.run} is being worked on" in words

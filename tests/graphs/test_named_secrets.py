"""Secrets by name in a real browser: the page gets the value, and nothing else ever does."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, quote_plus

import pytest
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

from harmonyguard.graphs.guarded_agent import build_guarded_agent
from harmonyguard.graphs.running import RunResult, context_of, run_task
from harmonyguard.nodes.shared.defaults import journal_only
from harmonyguard.policies.book import PolicyBook
from harmonyguard.runs.approvals import AskDenied, UserAnswer, UserQuestion
from harmonyguard.runs.journal import JournalEvent, read_journal
from harmonyguard.runs.report import write_report
from harmonyguard.settings import Settings
from harmonyguard.steps import Action, InputError, Proposal, Secret, SecretSource, Task
from harmonyguard.web_agent.agent import View
from harmonyguard.web_agent.grammar.grammar_agent import GrammarAgent

from .serving import Site, Visit, serving

VALUE = 'open "sesame" & 7/ü+tür'
GIVEN = "hunter22/plus+one"
FORM = """<form method=post action=/in><label>Password <input type=password name=p></label>
<label>Comment <input name=c></label><button>Sign in</button></form>"""


class Shop(Site):
    """Says back what was sent to it: raw, in its address and in Base64."""

    def __init__(self) -> None:
        self.sent: list[dict[str, list[str]]] = []
        super().__init__(Handler)


class Handler(Visit):
    server: Shop

    def do_GET(self) -> None:
        said = self.server.sent[-1].get("p", [""])[0] if self.server.sent else ""
        encoded = base64.b64encode(f"user:{said}".encode()).decode()
        echo = f"<h1>You said {said.replace('&', '&amp;')}</h1><p>{encoded}</p><a href='/?p={quote(said)}'>Again</a>"
        page = f"<!doctype html><meta charset=utf-8><title>Shop {said}</title>{echo if said else ''}{FORM}".encode()
        self.show(page)

    def do_POST(self) -> None:
        sent = parse_qs(self.sent())
        self.server.sent.append(sent)
        self.lead_to(f"/?p={quote(sent.get('p', [''])[0])}")


@pytest.fixture
def shop() -> Iterator[Shop]:
    with serving(Shop()) as site:
        yield site


def spelt(secret: str) -> dict[str, bytes]:
    return {
        "raw": secret.encode(),
        "url": quote(secret, safe="").encode(),
        "form": quote_plus(secret).encode(),
        "base64": base64.b64encode(secret.encode()).rstrip(b"=")[:-1],
        "json": json.dumps(secret)[1:-1].encode(),
        "json with letters": json.dumps(secret, ensure_ascii=False)[1:-1].encode(),
    }


def written(folder: Path, secret: str) -> list[str]:
    """Files below `folder` that hold the secret, in whichever spelling."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [f"{path.name}: {how}" for path in files for how, form in spelt(secret).items() if form in path.read_bytes()]


def settings(folder: Path, hosts: tuple[str, ...] = ("127.0.0.1",)) -> Settings:
    return Settings(runs=folder / "runs", secrets={"crm_password": SecretSource(env="CRM_PASSWORD", hosts=hosts)})


async def work(shop: Shop, folder: Path, goal: str, **more: Any) -> RunResult:
    result = await run_task(
        Task(goal=goal, url=shop.url),
        book=PolicyBook.of(()),
        settings=more.pop("settings", None) or settings(folder),
        **{"approver": AskDenied(), "web_agent": GrammarAgent(), **more},
    )
    runs = folder / "runs"
    events = await asyncio.to_thread(read_journal, runs, result.run)
    await asyncio.to_thread(write_report, events, runs / result.run / "report.html", folder=runs / result.run)
    return result


@pytest.mark.parametrize(
    ("goal", "value"),
    [
        ('Enter "{{secret:crm_password}}" into "Password". Click "Sign in". Click "Again".', VALUE),
        (f'Enter "{GIVEN}" into "Password". Click "Sign in". Click "Again".', GIVEN),
    ],
    ids=["by name", "in the task"],
)
async def test_a_secret_reaches_the_page_and_no_file(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, goal: str, value: str
) -> None:
    monkeypatch.setenv("CRM_PASSWORD", VALUE)
    result = await work(shop, tmp_path, goal)
    assert result.outcome == "done"
    assert shop.sent == [{"p": [value]}]
    assert written(tmp_path, value) == []
    (typed,) = [
        event.payload["action"]["value"]
        for event in read_journal(tmp_path / "runs", result.run)
        if event.kind == "acted" and event.payload["action"]["type"] == "fill"
    ]
    assert typed.startswith("{{secret:")


class Asks:
    """Asks its user for the password, and goes on with the name that it gets."""

    name = "asks"

    async def propose(self, view: View) -> Proposal:
        done = [event.type for event in view.history]
        if "ask_user" not in done:
            return Proposal(action=Action(type="ask_user", value="What is the password?"))
        (word, press) = (next(e.ref for e in view.observation.elements if e.name == n) for n in ("Password", "Sign in"))
        if "fill" not in done:
            return Proposal(action=Action(type="fill", ref=word, value=view.history[-1].text))
        again = Action(type="click", ref=press) if "click" not in done else Action(type="finish", value="Signed in.")
        return Proposal(action=again)


class Tells(AskDenied):
    async def ask(self, question: UserQuestion) -> UserAnswer:
        return UserAnswer(answer="no", shown=question.digest(), text=GIVEN)


async def test_a_secret_in_an_answer_reaches_the_page_and_no_file(shop: Shop, tmp_path: Path) -> None:
    plain = Settings(runs=tmp_path / "runs")
    result = await work(shop, tmp_path, "Sign in.", settings=plain, approver=Tells(), web_agent=Asks())
    assert result.outcome == "done"
    assert [sent["p"] for sent in shop.sent] == [[GIVEN]]
    assert written(tmp_path, GIVEN) == []


async def test_checkpoints_on_disk_hold_names(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_PASSWORD", VALUE)

    async def book(_: Any) -> PolicyBook:
        return PolicyBook.of(())

    async with AsyncSqliteSaver.from_conn_string(str(tmp_path / "checkpoints.db")) as saver:
        agent = build_guarded_agent(
            web_agent=GrammarAgent(), checkpointer=saver, load_book=book, record_violation=journal_only
        )
        state = await agent.ainvoke(
            {"task": 'Enter "{{secret:crm_password}}" into "Password". Click "Sign in".', "url": shop.url},
            {"configurable": {"thread_id": "one"}},
            context=context_of(settings(tmp_path), "enforce"),
        )
        assert (state["outcome"], shop.sent) == ("done", [{"p": [VALUE]}])
        # With the write-ahead log still there.
        assert written(tmp_path, VALUE) == []


@pytest.mark.parametrize(
    ("hosts", "field", "why"),
    [
        (("crm.test",), "Password", "may go to crm.test only"),
        (("127.0.0.1",), "Comment", "password fields only"),
    ],
)
async def test_a_secret_goes_only_where_it_may(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hosts: tuple[str, ...], field: str, why: str
) -> None:
    monkeypatch.setenv("CRM_PASSWORD", VALUE)
    goal = f'Enter "{{{{secret:crm_password}}}}" into "{field}". Click "Sign in".'
    result = await work(shop, tmp_path, goal, settings=settings(tmp_path, hosts))
    failed = [e.payload["error"] for e in read_journal(tmp_path / "runs", result.run) if e.kind == "act_failed"]
    assert failed and all(why in error for error in failed)
    assert result.outcome == "infeasible"
    assert not any("p" in sent or "c" in sent for sent in shop.sent)


async def test_a_task_is_resumed_with_its_secret_given_again(shop: Shop, tmp_path: Path) -> None:
    working: asyncio.Task[RunResult]
    asked: list[Secret] = []

    def cut_off(event: JournalEvent) -> None:
        if event.kind == "acted":
            working.cancel()

    async def ask(secret: Secret) -> str:
        asked.append(secret)
        return GIVEN

    goal = f'Enter "{GIVEN}" into "Password". Click "Sign in".'
    working = asyncio.create_task(work(shop, tmp_path, goal, on_event=cut_off))
    with pytest.raises(asyncio.CancelledError):
        await working
    assert written(tmp_path, GIVEN) == []
    (run,) = await asyncio.to_thread(lambda: [path.name for path in (tmp_path / "runs").iterdir()])
    with pytest.raises(InputError, match="set HARMONYGUARD_SECRET_TASK_PASSWORD"):
        await work(shop, tmp_path, "", run=run)

    result = await work(shop, tmp_path, "", run=run, ask_secret=ask)

    assert (result.outcome, shop.sent) == ("done", [{"p": [GIVEN]}])
    assert [secret.hosts for secret in asked] == [("127.0.0.1",)]
    assert written(tmp_path, GIVEN) == []

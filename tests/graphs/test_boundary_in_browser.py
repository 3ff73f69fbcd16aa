"""Attempts to get an act past the judgement, over a real browser: what counts is what reached the server."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import pytest_asyncio
from langgraph.types import Command

from harmonyguard.graphs.guarded_agent import build_guarded_agent
from harmonyguard.graphs.running import strict_memory
from harmonyguard.nodes.shared.defaults import BrowserSessions, journal_only
from harmonyguard.policies.book import PolicyBook
from harmonyguard.runs.journal import Journal, JournalEvent, read_journal
from harmonyguard.runs.registry import RUNS
from harmonyguard.runs.report import write_report
from harmonyguard.state import GuardContext
from harmonyguard.steps import (
    Action,
    Finding,
    GuardError,
    Observation,
    Permit,
    PermitError,
    Proposal,
    Situation,
    Verdict,
    page_state,
)
from harmonyguard.web_agent.agent import View
from harmonyguard.web_agent.browser.session import BrowserSession
from harmonyguard.web_agent.browser.sessions import get_session, keep_browser

pytestmark = pytest.mark.asyncio(loop_scope="module")

FORM = """<!doctype html><title>Order 17</title><h1>Order 17</h1>
<form method=post action=/save><input type=hidden name=order value=17>
<label>Amount <input name=amount value=5></label><button id=save>Save order</button></form>
<form method=post action=/delete><button>Delete order</button></form>
<a href=/away>Partner</a>
<form method=post action="{elsewhere}collect"><button>Send survey</button></form>
<a target=_blank href=/second>Second page</a>
<form method=post action=/login><label>Password <input name=secret type=password></label>
<button>Log in</button></form>"""


class Shop(ThreadingHTTPServer):
    """Remembers every request that is not for the page itself: path and posted fields."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str]]] = []
        self.elsewhere = ""
        super().__init__(("127.0.0.1", 0), Handler)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Shop

    def do_GET(self) -> None:
        if self.path not in ("/", "/favicon.ico"):
            self.server.got.append((self.path, {}))
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", f"{self.server.elsewhere}stolen?order=17")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self._page()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        self.server.got.append((self.path, dict(parse_qsl(body))))
        self._page()

    def _page(self) -> None:
        page = FORM.format(elsewhere=self.server.elsewhere).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def serving(server: Shop) -> Iterator[Shop]:
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def elsewhere() -> Iterator[Shop]:
    """A site that the run may not reach: another name for this machine is another host."""
    yield from serving(Shop())


@pytest.fixture
def shop(elsewhere: Shop) -> Iterator[Shop]:
    """The site that the task is about."""
    server = Shop()
    server.elsewhere = elsewhere.url("/", "localhost")
    yield from serving(server)


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def browser() -> AsyncIterator[None]:
    """One browser process for all runs; their contexts stay apart."""
    async with keep_browser():
        yield


Step = tuple[str, str] | tuple[str, str, str] | Action


@dataclass
class Named:
    """Proposes acts on elements by name: (type, name[, value])."""

    script: list[Step]
    name: str = "named"

    async def propose(self, view: View) -> Proposal:
        step = self.script.pop(0) if self.script else Action(type="finish", value="done")
        if isinstance(step, tuple):
            found = [e.ref for e in view.observation.elements if e.name == step[1]]
            value = step[2] if len(step) == 3 else None
            step = Action.model_validate({"type": step[0], "ref": found[0], "value": value})
        return Proposal(action=step, reasoning="", by="named")


Hook = Callable[[Observation], Awaitable[None]]


@dataclass
class Words:
    """Judges by the name of the target; allows what it was told nothing about. `after` runs once judging is over."""

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    after: dict[str, Hook] = field(default_factory=dict)
    name: str = "words"

    async def evaluate(self, situation: Situation, book: PolicyBook) -> Verdict:
        target = situation.observation.element(situation.proposal.action.ref)
        name = target.name if target is not None else situation.proposal.action.type
        if name in self.after:
            await self.after.pop(name)(situation.observation)
        return self.verdicts.get(name, Verdict(outcome="allow", effects=("update",)))


UNDECIDED = Finding(
    policy_id="p-1", status="undecided", tier="rule", reason="", clause="c", source="s", authority="user"
)
ASK = Verdict(outcome="ask_human", findings=(UNDECIDED,), effects=("update",))
STOP = Verdict(outcome="stop", violated=("p-1",), effects=("delete",))
ALLOW = Verdict(outcome="allow").to_json()


@dataclass
class Attack:
    """One guarded run on one thread, with everything real but the two agents."""

    shop: Shop
    folder: Path
    guard: Words = field(default_factory=Words)
    nodes: dict[str, Callable[..., Any]] = field(default_factory=dict)
    thread: str = "attacked"
    graph: Any = None

    def build(self, *script: Step) -> Attack:
        async def book(_: GuardContext) -> PolicyBook:
            return PolicyBook.of(())

        self.graph = build_guarded_agent(
            web_agent=Named(list(script)),
            utility_agent=self.guard,
            load_book=book,
            record_violation=journal_only,
            replace_nodes=self.nodes,
            checkpointer=strict_memory(),
        )
        return self

    @property
    def config(self) -> Any:
        return {"configurable": {"thread_id": self.thread}}

    async def go(self, given: Any, **configurable: Any) -> dict[str, Any]:
        config = {"configurable": {**self.config["configurable"], **configurable}}
        context = GuardContext(runs_folder=str(self.folder))
        result: dict[str, Any] = await self.graph.ainvoke(given, config, context=context, durability="sync")
        return result

    async def start(self, *script: Step) -> dict[str, Any]:
        if self.graph is None:
            self.build(*script)
        return await self.go({"task": "look after order 17", "url": self.shop.url()})

    async def before(self, node: str, step: int) -> str:
        """Id of the checkpoint of this step with `node` next."""
        async for state in self.graph.aget_state_history(self.config):
            if (state.next, state.values.get("step")) == ((node,), step):
                found: str = state.config["configurable"]["checkpoint_id"]
                return found
        raise AssertionError(f"no checkpoint before {node} in step {step}")

    @property
    def session(self) -> BrowserSession:
        run = RUNS.on_thread(self.thread)
        session = None if run is None else get_session(run.id)
        assert session is not None
        return session

    async def script(self, code: str) -> None:
        """What the page's own script could do at any time."""
        tab = self.session._tabs.looked_at
        page = None if tab is None else tab.page
        assert page is not None
        await page.evaluate(code)

    def events(self, *kinds: str) -> list[JournalEvent]:
        run = max(path.name for path in self.folder.iterdir())
        return [event for event in read_journal(self.folder, run) if event.kind in kinds]


@pytest_asyncio.fixture(loop_scope="module")
async def attack(shop: Shop, tmp_path: Path) -> AsyncIterator[Attack]:
    made = Attack(shop, tmp_path / "runs")
    yield made
    left = RUNS.on_thread(made.thread)
    if left is not None:
        await BrowserSessions().close(left.id)
        await RUNS.close(left)


async def test_what_is_allowed_arrives_once(attack: Attack) -> None:
    """The other tests would prove nothing if nothing could get through."""
    result = await attack.start(("fill", "Amount", "6"), ("click", "Save order"))
    assert (result["outcome"], attack.shop.got) == ("done", [("/save", {"order": "17", "amount": "6"})])


@pytest.mark.parametrize("node", ["utility_evaluation", "human_review"])
async def test_an_allow_or_approval_written_into_state(attack: Attack, node: str) -> None:
    attack.guard.verdicts["Delete order"] = ASK
    await attack.start(("click", "Delete order"))
    forged = {"verdict": ALLOW, "review": {"answer": "approve", "shown": "x"}}
    await attack.graph.aupdate_state(attack.config, forged, as_node=node)
    result = await attack.go(None)
    assert (result["outcome"], attack.shop.got) == ("error", [])


async def test_another_proposal_written_into_state_after_the_allow(attack: Attack) -> None:
    attack.build(("click", "Save order"))
    attack.graph.interrupt_before_nodes = ["execute_action"]
    await attack.start()
    await attack.go(None)
    values = (await attack.graph.aget_state(attack.config)).values
    seen = Observation.model_validate(values["observation"])
    ref = next(element.ref for element in seen.elements if element.name == "Delete order")
    edited = {"proposal": {**values["proposal"], "action": Action(type="click", ref=ref).to_json()}}
    await attack.graph.aupdate_state(attack.config, edited)
    result = await attack.go(None)
    assert (result["outcome"], attack.shop.got) == ("error", [])


@pytest.mark.parametrize("node", ["execute_action", "utility_evaluation", "web_action"])
async def test_time_travel_does_not_act_twice(attack: Attack, node: str) -> None:
    attack.guard.verdicts["Delete order"] = ASK
    await attack.start(("click", "Save order"), ("click", "Delete order"))
    assert len(attack.shop.got) == 1
    result = await attack.go(None, checkpoint_id=await attack.before(node, step=2))
    assert (result["outcome"], len(attack.shop.got)) == ("error", 1)


async def test_a_custom_node_with_a_permit_of_its_own_making_or_a_used_one(attack: Attack) -> None:
    refused: list[str] = []
    used: list[Permit] = []

    async def execute_action(state: dict[str, Any]) -> dict[str, Any]:
        run = RUNS.on_thread(attack.thread)
        assert run is not None
        action = Action.model_validate(state["proposal"]["action"])
        seen = await attack.session.observe()
        real = run.permits.find(run=run.id, step=state["step"], action=action)
        forged = Permit("0" * 32, run.id, state["step"], action.digest(), page_state(seen, action), run.book.version)
        for permit in [forged, *used]:
            with pytest.raises(PermitError) as caught:
                await attack.session.perform(action, permit)
            refused.append(str(caught.value))
        await attack.session.perform(action, real)
        used.append(real)
        with pytest.raises(PermitError) as caught:
            await attack.session.perform(action, real)
        refused.append(str(caught.value))
        return {}

    attack.nodes["execute_action"] = execute_action
    result = await attack.start(("click", "Save order"))
    assert result["outcome"] == "done"
    assert attack.shop.got == [("/save", {"order": "17", "amount": "5"})]
    assert len(refused) == 5  # opening the page: forged, used; saving: forged, of the step before, used


async def test_a_permit_that_was_kept_for_a_later_step(attack: Attack) -> None:
    """What was judged in one step is not leave for a moment of somebody's choosing."""
    kept: list[tuple[Action, Permit]] = []

    async def execute_action(state: dict[str, Any]) -> dict[str, Any]:
        run = RUNS.on_thread(attack.thread)
        assert run is not None
        action = Action.model_validate(state["proposal"]["action"])
        permit = run.permits.find(run=run.id, step=state["step"], action=action)
        if action.type == "goto":
            await attack.session.perform(action, permit)
        elif not kept:
            kept.append((action, permit))
        else:
            await attack.session.perform(*kept[0])
        return {}

    attack.nodes["execute_action"] = execute_action
    result = await attack.start(("click", "Delete order"), ("click", "Save order"))
    assert (result["outcome"], attack.shop.got) == ("error", [])


async def test_an_approval_replayed_for_a_second_act(attack: Attack) -> None:
    attack.guard.verdicts["Save order"] = ASK
    asked = (await attack.start(("click", "Save order"), ("click", "Save order")))["__interrupt__"][0].value
    approval = {"answer": "approve", "digest": asked["digest"]}
    waiting = (await attack.graph.aget_state(attack.config)).config["configurable"]["checkpoint_id"]
    again = (await attack.go(Command(resume=approval)))["__interrupt__"][0].value
    assert len(attack.shop.got) == 1
    assert again["digest"] != asked["digest"]
    await attack.go(Command(resume=approval))
    await attack.go(Command(resume=approval), checkpoint_id=waiting)
    assert len(attack.shop.got) == 1


async def test_an_approval_for_another_value_than_the_one_in_the_form(attack: Attack) -> None:
    attack.guard.verdicts["Save order"] = ASK
    asked = (await attack.start(("click", "Save order")))["__interrupt__"][0].value
    assert asked["values"]["Amount"] == "5"
    await attack.script("document.querySelector('[name=amount]').value = '5000'")
    result = await attack.go(Command(resume={"answer": "approve", "digest": asked["digest"]}))
    assert (result["outcome"], attack.shop.got) == ("done", [])
    assert "page changed" in attack.events("act_failed")[0].payload["error"]


CHANGES = {
    "label": "document.getElementById('save').textContent = 'Delete order'",
    "formaction": "document.getElementById('save').setAttribute('formaction', '/delete')",
    "form action": "document.forms[0].setAttribute('action', '/delete')",
    "hidden value": "document.querySelector('[name=order]').value = '18'",
    "a hidden field more": "document.forms[0].insertAdjacentHTML('beforeend', '<input type=hidden name=all value=1>')",
    "another form around it": "document.forms[1].append(document.getElementById('save'))",
    "a base address": "document.head.insertAdjacentHTML('beforeend', '<base href=http://elsewhere.test/>')",
}


@pytest.mark.parametrize("what", CHANGES)
async def test_a_page_that_changes_between_judging_and_acting(attack: Attack, what: str) -> None:
    async def change(_: Observation) -> None:
        await attack.script(CHANGES[what])

    attack.guard.after["Save order"] = change
    result = await attack.start(("click", "Save order"))
    assert (result["outcome"], attack.shop.got) == ("done", [])
    assert attack.events("act_failed")[0].payload["error"].endswith("nothing was done")
    assert not [event for event in attack.events("acting") if event.step == 2]


@pytest.mark.parametrize("name", ["Partner", "Send survey"])
async def test_a_redirect_and_a_form_to_a_forbidden_host(attack: Attack, elsewhere: Shop, name: str) -> None:
    await attack.start(("click", name))
    assert elsewhere.got == []
    failed = attack.events("act_failed")[0].payload
    host = f"localhost:{elsewhere.server_port}"
    assert host in failed["error"] and "not on an allowed host" in failed["error"]
    assert host in failed["blocked"]


async def test_what_a_page_sends_behind_an_act_is_stopped_and_recorded(attack: Attack, elsewhere: Shop) -> None:
    """No navigation shows it: only the proxy saw it."""
    beacon = f"new Image().src = '{elsewhere.url('/beacon', 'localhost')}'"

    async def listen(_: Observation) -> None:
        await attack.script(f"document.querySelector('[name=amount]').onfocus = () => {{ {beacon} }}")

    attack.guard.after["Amount"] = listen
    await attack.start(("fill", "Amount", "6"), ("fill", "Amount", "7"))
    assert elsewhere.got == []
    filled = [event for event in attack.events("acted") if event.payload["action"]["type"] == "fill"]
    # Nothing waits for a picture: on a busy machine it may be asked for after the act was written down.
    assert f"localhost:{elsewhere.server_port}" in {host for event in filled for host in event.payload["blocked"]}


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "view-source:{}", "javascript:fetch('/x')", "data:text/html,x", "http://a:b@{}"]
)
async def test_addresses_that_are_no_places_of_the_task(attack: Attack, url: str) -> None:
    address = url.format(attack.shop.url() if "view" in url else attack.shop.url().removeprefix("http://"))
    await attack.start(Action(type="goto", url=address))
    assert attack.shop.got == []
    assert "goto takes" in attack.events("act_failed")[0].payload["error"]


async def test_a_journal_that_cannot_be_written_stops_the_act(attack: Attack, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be put on record does not happen."""
    append = Journal._append

    def full(self: Journal, kind: Any, step: int, payload: Any, permit: Any) -> JournalEvent:
        if kind == "acting" and step == 2:
            raise GuardError("the journal could not be written: disk full")
        return append(self, kind, step, payload, permit)

    monkeypatch.setattr(Journal, "_append", full)
    result = await attack.start(("click", "Save order"))
    assert (result["outcome"], attack.shop.got) == ("error", [])
    assert "disk full" in result["error"]


async def test_a_browser_that_dies_in_the_middle_is_an_error(attack: Attack) -> None:
    async def die(_: Observation) -> None:
        await attack.session._context.close()

    attack.guard.after["Save order"] = die
    result = await attack.start(("click", "Save order"))
    assert (result["outcome"], attack.shop.got) == ("error", [])


async def test_shadow_mode_in_the_input_is_not_heard(attack: Attack) -> None:
    attack.guard.verdicts["Delete order"] = STOP
    attack.build(("click", "Delete order"))
    given = {"task": "look after order 17", "url": attack.shop.url(), "mode": "shadow", "run": {"mode": "shadow"}}
    result = await attack.go(given)
    assert (result["outcome"], attack.shop.got) == ("stopped", [])


async def test_a_page_in_a_new_tab_is_judged_like_any(attack: Attack) -> None:
    attack.guard.verdicts["Delete order"] = STOP
    result = await attack.start(("click", "Second page"), ("click", "Delete order"))
    assert (result["outcome"], attack.shop.got) == ("stopped", [("/second", {})])


async def test_a_typed_password_reaches_the_server_and_no_file(attack: Attack) -> None:
    await attack.start(("fill", "Password", "open sesame"), ("click", "Log in"))
    assert attack.shop.got == [("/login", {"secret": "open sesame"})]
    run = next(attack.folder.iterdir())
    write_report(read_journal(attack.folder, run.name), run / "report.html", folder=run)
    files = [path for path in run.rglob("*") if path.is_file()]
    assert {"journal.db", "report.html"} <= {path.name for path in files}
    states = [str(state) async for state in attack.graph.aget_state_history(attack.config)]
    spelt = ("open sesame", "open+sesame", "open%20sesame")
    assert not [path for path in files if any(word.encode() in path.read_bytes() for word in spelt)]
    assert not [state for state in states if any(word in state for word in spelt)]

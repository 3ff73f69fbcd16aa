"""A real Chromium, real pages over HTTP, and a permit registry in memory."""

from __future__ import annotations

import socket
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from itertools import count

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from harmonyguard.steps import Action, ActionResult, Observation, Permit, PermitError, page_state
from harmonyguard.web_agent.browser.session import BrowserSession
from harmonyguard.web_agent.browser.sessions import close_all, keep_browser, open_session


class MemoryPermits:
    """Mints a permit for an action on an observed page, redeems it once, keeps what came of it."""

    def __init__(self) -> None:
        self.open: dict[str, Permit] = {}
        self.settled: list[tuple[Permit, ActionResult]] = []
        self._numbers = count()

    def mint(self, action: Action, observation: Observation) -> Permit:
        permit = Permit(
            id=f"permit-{next(self._numbers)}",
            run="run",
            step=0,
            action_digest=action.digest(),
            page_state=page_state(observation, action),
            book_version="book",
        )
        self.open[permit.id] = permit
        return permit

    async def redeem(self, permit: Permit, action: Action, page_state: str) -> None:
        if self.open.get(permit.id) != permit:
            raise PermitError("this permit was not minted here or was used")
        if permit.action_digest != action.digest():
            raise PermitError("this permit is for another action")
        if permit.page_state != page_state:
            raise PermitError("the page changed since the action was judged")
        del self.open[permit.id]

    async def settle(self, permit: Permit, result: ActionResult) -> None:
        self.settled.append((permit, result))


@dataclass
class Site:
    """A small web site on loopback: pages by path, and everything that reached it."""

    pages: dict[str, str] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    received: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def page(self, path: str, body: str, title: str = "Page", status: int = 200) -> str:
        """Serve `body` at `path`; returns its address."""
        self.pages[path] = f"<!doctype html><html lang=en><head><title>{title}</title></head><body>{body}</body></html>"
        self.statuses[path] = status
        return self.url(path)

    def got(self, path: str) -> list[tuple[str, dict[str, str]]]:
        """Method and form fields of each request for `path`."""
        return [(method, fields) for method, at, fields in self.received if at == path]

    async def answer(self, request: Request) -> Response:
        path = request.url.path
        fields = {name: str(value) for name, value in (await request.form()).items()}
        if path == "/favicon.ico":
            return Response(status_code=404)
        self.received.append((request.method, path, fields | dict(request.query_params)))
        if path in self.redirects:
            return RedirectResponse(self.redirects[path], status_code=302)
        if path not in self.pages and request.method == "GET":
            return HTMLResponse("<title>Missing</title><h1>Not found</h1>", status_code=404)
        return HTMLResponse(self.pages.get(path, "<title>Done</title><h1>Done</h1>"), self.statuses.get(path, 200))

    async def socket(self, websocket: WebSocket) -> None:
        self.received.append(("WEBSOCKET", websocket.url.path, {}))
        await websocket.accept()
        await websocket.send_text("hello")
        await websocket.close()


def serve(site: Site) -> tuple[uvicorn.Server, threading.Thread]:
    """Serve `site` on a free loopback port from a thread of its own."""
    application = Starlette(
        routes=[
            WebSocketRoute("/socket", site.socket),
            Route("/{path:path}", site.answer, methods=["GET", "POST"]),
        ]
    )
    listener = socket.create_server(("127.0.0.1", 0))
    site.port = listener.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(application, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    return server, thread


@pytest.fixture
def site() -> Iterator[Site]:
    """The site that the run may reach."""
    own = Site()
    server, thread = serve(own)
    yield own
    server.should_exit = True
    thread.join(5)


@pytest.fixture
def forbidden() -> Iterator[Site]:
    """Another site, on another port, that the run may not reach."""
    other = Site()
    server, thread = serve(other)
    yield other
    server.should_exit = True
    thread.join(5)


@pytest.fixture
def permits() -> MemoryPermits:
    return MemoryPermits()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[None]:
    """One browser process for the tests of a module; their sessions stay apart."""
    async with keep_browser():
        yield


@pytest_asyncio.fixture(loop_scope="module")
async def session(browser: None, site: Site, permits: MemoryPermits) -> AsyncIterator[BrowserSession]:
    """A fresh session that may reach `site` alone."""
    yield await open_session(run="run", permits=permits, allowed_hosts=frozenset({site.host}))
    await close_all()


@dataclass
class Hand:
    """Observes, mints and performs in one go, as a run that allows everything would."""

    session: BrowserSession
    permits: MemoryPermits

    async def do(self, action: Action) -> ActionResult:
        """Perform `action` on the page as it is now."""
        return await self.session.perform(action, self.permits.mint(action, await self.session.observe()))

    async def goto(self, url: str) -> Observation:
        """Open `url` and look at it."""
        result = await self.do(Action(type="goto", url=url))
        assert result.error is None, result.error
        return await self.session.observe()

    async def on(self, kind: str, name: str, value: str | None = None, role: str | None = None) -> ActionResult:
        """Perform an action of type `kind` on the element called `name`."""
        return await self.do(await self.action(kind, name, value, role))

    async def action(self, kind: str, name: str, value: str | None = None, role: str | None = None) -> Action:
        """The action, not yet performed."""
        target = named(await self.session.observe(), name, role)
        return Action.model_validate({"type": kind, "ref": target, "value": value})


def named(observation: Observation, name: str, role: str | None = None) -> str:
    """Ref of the only element with this name (and role)."""
    refs = [e.ref for e in observation.elements if e.name == name and role in (None, e.role)]
    assert len(refs) == 1, f"{name}: {refs} in\n{observation.text}"
    return refs[0]


def page_of(session: BrowserSession) -> Page:
    """The browser's own page behind the tab that is looked at: for what only a page's script would do."""
    tab = session._tabs.looked_at
    assert tab is not None
    return tab.page


@pytest.fixture
def hand(session: BrowserSession, permits: MemoryPermits) -> Hand:
    return Hand(session, permits)

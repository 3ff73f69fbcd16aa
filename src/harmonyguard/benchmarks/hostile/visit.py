"""One visit to a hostile page: a real session, real permits, and the words to say what must hold."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harmonyguard.runs.journal import Journal
from harmonyguard.runs.permits import Permits
from harmonyguard.runs.redaction import Redactor
from harmonyguard.steps import (
    Action,
    ActionResult,
    Element,
    HarmonyGuardError,
    Observation,
    PermitError,
    Verdict,
    page_state,
)
from harmonyguard.web_agent.browser.limits import Limits
from harmonyguard.web_agent.browser.session import BrowserSession
from harmonyguard.web_agent.browser.sessions import close_session, open_session

from .server import HostileServer

LIMITS = Limits(answer=15.0, load=15.0, settle=2.0, download=5.0, download_bytes=200_000)
"""Patience enough for a machine with more to do than it can, and few bytes."""

LONGEST_VISIT = 120.0
"""Seconds after which a visit counts as hanging."""


class Broken(Exception):
    """What must hold did not."""


@dataclass
class Visit:
    """What a trial works with. `harm` is where a page sends what must never arrive; `elsewhere` a host that the session
    may not reach.
    """

    session: BrowserSession
    permits: Permits
    server: HostileServer
    elsewhere: HostileServer
    page: str
    folder: Path
    step: int = 0

    def url(self, path: str = "") -> str:
        """An address of the page."""
        return f"http://{self.server.host}/{self.page}/{path}"

    async def open(self, path: str = "") -> ActionResult:
        """Go to the page."""
        return await self.do(Action(type="goto", url=self.url(path)))

    async def look(self) -> Observation:
        """Look at the page."""
        return await self.session.observe()

    async def do(self, action: Action, *, between: Callable[[], Awaitable[Any]] | None = None) -> ActionResult:
        """Have an action permitted on the page as it is, and perform it. `between` comes between the two."""
        observation = await self.session.observe()
        self.step += 1
        permit = await self.permits.mint_allowed(
            run="hostile",
            step=self.step,
            action=action,
            page_state=page_state(observation, action),
            verdict=Verdict(outcome="allow", book_version="hostile", effects=("read",)),
            notes={},
        )
        if between is not None:
            await between()
        return await self.session.perform(action, permit)

    async def click(self, name: str, *, between: Callable[[], Awaitable[Any]] | None = None) -> ActionResult:
        """Click the element called `name`."""
        return await self.do(Action(type="click", ref=(await self.element(name)).ref), between=between)

    async def element(self, name: str) -> Element:
        """The first element called `name`."""
        page = await self.look()
        found = next((element for element in page.elements if element.name == name), None)
        if found is None:
            raise Broken(f"the page shows no {name!r}")
        return found

    async def refused(self, acting: Awaitable[ActionResult]) -> None:
        """Expect that an act is refused, or stopped with an error."""
        try:
            result = await acting
        except PermitError:
            return
        self.hold(result.error is not None, "an act went through that had to be stopped")

    async def attempted(self, acting: Awaitable[ActionResult]) -> None:
        """Let an act be done, refused or stopped, and go on."""
        try:
            await acting
        except (PermitError, Broken):
            return

    async def arrives(self, request: str, seconds: float = 5.0) -> None:
        """Wait until the server got `request` ("GET done") from the page."""
        method, path = request.split(" ")
        wanted = f"{method} /{self.page}/{path}"
        deadline = time.monotonic() + seconds
        while wanted not in self.server.received:
            if time.monotonic() > deadline:
                raise Broken(f"the page never sent {wanted}")
            await asyncio.sleep(0.02)

    @property
    def harm(self) -> list[str]:
        """What arrived that must not: requests for `harm` at the page's server, and all at the other one."""
        own = [line for line in self.server.received if line.split(" ")[1].startswith(f"/{self.page}/harm")]
        return own + self.elsewhere.received

    @staticmethod
    def hold(holds: bool, otherwise: str) -> None:
        """Raise Broken with `otherwise` unless it holds."""
        if not holds:
            raise Broken(otherwise)


@dataclass(frozen=True)
class Outcome:
    """How a visit ended: `broken` says what did not hold, empty when all did. `seconds` is wall time."""

    broken: str
    seconds: float

    @property
    def held(self) -> bool:
        """True when everything that must hold did."""
        return not self.broken


async def visit(
    page: str,
    trial: Callable[[Visit], Awaitable[None]],
    server: HostileServer,
    elsewhere: HostileServer,
    folder: Path,
) -> Outcome:
    """Carry out one trial, in a session of its own, and then go on to a plain page as a run would.

    Nothing that must not may arrive, the session must still be of use afterwards, and none of it may hang.
    """
    started = time.monotonic()
    journal = await Journal.create(folder, "hostile", redactor=Redactor())
    permits = Permits("hostile", journal)
    broken = ""
    try:
        session = await open_session(
            run=f"hostile-{page}",
            permits=permits,
            allowed_hosts=frozenset({server.host}),
            downloads=folder / "downloads",
            limits=LIMITS,
        )
        one = Visit(session, permits, server, elsewhere, page, folder)
        async with asyncio.timeout(LONGEST_VISIT):
            await trial(one)
            one.hold(not one.harm, f"it arrived: {', '.join(one.harm)}")
            await _goes_on(one)
    except Broken as error:
        broken = str(error)
    except HarmonyGuardError as error:
        broken = f"the run would have ended: {error}"
    except TimeoutError:
        broken = f"it hung for {LONGEST_VISIT:g} s"
    finally:
        await close_session(f"hostile-{page}")
        await journal.close()
    return Outcome(broken, time.monotonic() - started)


async def _goes_on(one: Visit) -> None:
    result = await one.do(Action(type="goto", url=f"http://{one.server.host}/plain/"))
    page = await one.look()
    one.hold(
        result.error is None and "All is well" in page.text, f"the session was of no use afterwards: {result.error}"
    )

"""The isolated worlds of a page's frames: where the guard's own program runs, out of reach of page scripts."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from harmonyguard.steps import GuardError

from .arming import GATE
from .limits import LIMITS, Limits
from .page_script import READ
from .waiting import bounded

WORLD_PREFIX = "__playwright_utility_world_"

Progressed = Callable[[str, float], None]


def _ignore(_url: str, _received: float) -> None:
    return


class NoAnswer(GuardError):
    """The page was asked something and took too long to answer."""


@dataclass(frozen=True)
class Frame:
    """One frame of a page: its id, its address and the id of its document (CDP loaderId)."""

    id: str
    url: str
    loader: str


class PageWorlds:
    """Talks to the isolated world that Playwright keeps in every frame of one page.

    Playwright's aria refs live in that world and in no other. Frames in another process (another site) are not
    reached: what lies in them is seen in the snapshot and cannot be acted on.
    """

    def __init__(self, cdp: CDPSession, limits: Limits, progressed: Progressed) -> None:
        self._cdp = cdp
        self._patience = limits.answer
        self._progressed = progressed
        self._downloads: dict[str, str] = {}
        self._contexts: dict[int, str] = {}
        self._name: str | None = None
        cdp.on("Runtime.executionContextCreated", self._created)
        cdp.on("Runtime.executionContextDestroyed", self._destroyed)
        cdp.on("Runtime.executionContextsCleared", self._cleared)
        cdp.on("Page.downloadWillBegin", self._download_begins)
        cdp.on("Page.downloadProgress", self._download_goes_on)

    @classmethod
    async def attach(cls, page: Page, limits: Limits = LIMITS, progressed: Progressed = _ignore) -> PageWorlds:
        """Watch the frames of `page` and install the gate for every document that it will load.

        `progressed` hears of downloads: address and bytes so far. Raises GuardError when the page cannot be watched
        or the isolated world is not there.
        """
        try:
            cdp = await asyncio.wait_for(page.context.new_cdp_session(page), limits.answer)
        except (PlaywrightError, TimeoutError) as error:
            raise GuardError("the page is gone or does not answer: it could not be watched") from error
        worlds = cls(cdp, limits, progressed)
        await worlds._send("Page.enable")
        await worlds._send("Runtime.enable")
        if worlds._name is None:
            raise GuardError("reading pages: this Playwright keeps no isolated world in the page; check its version")
        await worlds._send("Page.addScriptToEvaluateOnNewDocument", {"source": READ + GATE, "worldName": worlds._name})
        return worlds

    async def frames(self) -> tuple[Frame, ...]:
        """The frames in this process, main frame first. Raises GuardError when the page does not answer."""
        tree = (await self._send("Page.getFrameTree"))["frameTree"]
        return tuple(_flatten(tree))

    async def call(self, function: str, *arguments: object, frame: str | None = None) -> dict[str, Any]:
        """Result of `__harmonyguard.<function>(...arguments)` by frame id, in one frame or in all.

        Raises GuardError when a frame does not answer or its document is just being replaced.
        """
        contexts = {owner: context for context, owner in self._contexts.items() if frame in (None, owner)}
        call = f"__harmonyguard.{function}({', '.join(json.dumps(argument) for argument in arguments)})"
        # A frame that was there before the guard has no program yet; in all others this installs nothing.
        expression = f"{READ}{GATE}\n{call}"
        answers = await asyncio.gather(*(self._evaluate(context, expression) for context in contexts.values()))
        return dict(zip(contexts, answers, strict=True))

    async def calm(self) -> None:
        """Break off the script that keeps the page busy, and what it is loading."""
        for method in ("Runtime.terminateExecution", "Page.stopLoading"):
            await self._send(method)

    async def history(self) -> tuple[int, tuple[str, ...]]:
        """Where the page stands in the tab's history, and the addresses in it."""
        known = await self._send("Page.getNavigationHistory")
        return known["currentIndex"], tuple(entry["url"] for entry in known["entries"])

    async def close(self) -> None:
        """Stop watching. A page that is gone already, or does not answer, is no error."""
        await bounded(self._cdp.detach(), self._patience)

    async def _evaluate(self, context: int, expression: str) -> Any:
        reply = await self._send(
            "Runtime.evaluate", {"contextId": context, "expression": expression, "returnByValue": True}
        )
        if "exceptionDetails" in reply:
            details = reply["exceptionDetails"]
            said = details.get("exception", {}).get("description", details.get("text", ""))
            raise GuardError(f"reading the page failed: {str(said).splitlines()[0] if said else 'unknown error'}")
        return reply["result"].get("value")

    async def _send(self, method: str, parameters: dict[str, Any] | None = None) -> dict[str, Any]:
        try:
            return await asyncio.wait_for(self._cdp.send(method, parameters or {}), self._patience)
        except TimeoutError as error:
            raise NoAnswer(f"the page did not answer within {self._patience:g} s ({method})") from error
        except PlaywrightError as error:
            raise GuardError(f"the page could not be read ({method}): {error.message.splitlines()[0]}") from error

    def _created(self, event: dict[str, Any]) -> None:
        context = event["context"]
        if context["name"].startswith(WORLD_PREFIX):
            self._name = context["name"]
            self._contexts[context["id"]] = context["auxData"]["frameId"]

    def _destroyed(self, event: dict[str, Any]) -> None:
        self._contexts.pop(event["executionContextId"], None)

    def _cleared(self, _: dict[str, Any]) -> None:
        self._contexts.clear()

    def _download_begins(self, event: dict[str, Any]) -> None:
        self._downloads[event["guid"]] = event["url"]

    def _download_goes_on(self, event: dict[str, Any]) -> None:
        if (url := self._downloads.get(event["guid"])) is not None:
            self._progressed(url, event["receivedBytes"])
        if event["state"] != "inProgress":
            self._downloads.pop(event["guid"], None)


def _flatten(tree: dict[str, Any]) -> list[Frame]:
    frame = tree["frame"]
    found = [Frame(id=frame["id"], url=frame["url"] + frame.get("urlFragment", ""), loader=frame["loaderId"])]
    for child in tree.get("childFrames", ()):
        found.extend(_flatten(child))
    return found

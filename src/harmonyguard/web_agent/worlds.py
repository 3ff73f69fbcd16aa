"""The isolated worlds of a page's frames: where the guard's own program runs, out of reach of page scripts."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from harmonyguard.steps import GuardError

from .arming import GATE
from .page_script import READ

PATIENCE = 5.0
"""Seconds that a page has to answer one question."""

WORLD_PREFIX = "__playwright_utility_world_"


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

    def __init__(self, cdp: CDPSession) -> None:
        self._cdp = cdp
        self._contexts: dict[int, str] = {}
        self._name: str | None = None
        cdp.on("Runtime.executionContextCreated", self._created)
        cdp.on("Runtime.executionContextDestroyed", self._destroyed)
        cdp.on("Runtime.executionContextsCleared", self._cleared)

    @classmethod
    async def attach(cls, page: Page) -> PageWorlds:
        """Watch the frames of `page` and install the gate for every document that it will load.

        Raises GuardError when the isolated world is not there.
        """
        cdp = await page.context.new_cdp_session(page)
        worlds = cls(cdp)
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

    async def close(self) -> None:
        """Stop watching. A page that is gone already is no error."""
        try:
            await self._cdp.detach()
        except PlaywrightError:
            return

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
            return await asyncio.wait_for(self._cdp.send(method, parameters or {}), PATIENCE)
        except TimeoutError as error:
            raise GuardError(f"the page did not answer within {PATIENCE:g} s ({method})") from error
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


def _flatten(tree: dict[str, Any]) -> list[Frame]:
    frame = tree["frame"]
    found = [Frame(id=frame["id"], url=frame["url"] + frame.get("urlFragment", ""), loader=frame["loaderId"])]
    for child in tree.get("childFrames", ()):
        found.extend(_flatten(child))
    return found

"""What a page is busy with, so that an act is looked at after its consequences and not before."""

from __future__ import annotations

import asyncio
import time

from playwright.async_api import Page, Request, Response

AWAITED = frozenset({"document", "fetch", "xhr", "script", "stylesheet"})
"""Resource types that an act's consequences come by; streams and pictures are not waited for."""


class Activity:
    """Requests under way, and status and media type of the main document, of one page.

    `failed` is address and reason when the page that an act led to could not be loaded.
    """

    def __init__(self, page: Page) -> None:
        self.status: int | None = None
        self.media_type = ""
        self.failed: tuple[str, str] | None = None
        self._page = page
        self._open: set[Request] = set()
        self._changed = asyncio.Event()
        page.on("request", self._started)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._lost)
        page.on("response", self._answered)

    def begin(self) -> None:
        """An act begins: what is met from here on is its consequence."""
        self.failed = None

    async def settle(self, quiet: float = 0.1, limit: float = 5.0) -> None:
        """Wait until nothing that matters was under way for `quiet` seconds, `limit` seconds at most."""
        deadline = time.monotonic() + limit
        while (left := deadline - time.monotonic()) > 0:
            self._changed.clear()
            busy = bool(self._open)
            try:
                await asyncio.wait_for(self._changed.wait(), left if busy else min(quiet, left))
            except TimeoutError:
                if not busy:
                    return

    def _started(self, request: Request) -> None:
        if self._leads(request):
            self.status = None
            self.failed = None
        if request.resource_type in AWAITED:
            self._open.add(request)
            self._changed.set()

    def _ended(self, request: Request) -> None:
        self._open.discard(request)
        self._changed.set()

    def _lost(self, request: Request) -> None:
        # An aborted navigation is a download, an empty answer, or one that another navigation replaced.
        if self._leads(request) and request.failure != "net::ERR_ABORTED":
            self.failed = (request.url, request.failure or "failed")
        self._ended(request)

    def _answered(self, response: Response) -> None:
        if self._leads(response.request):
            self.status = response.status
            self.media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()

    def _leads(self, request: Request) -> bool:
        return request.is_navigation_request() and request.frame == self._page.main_frame

"""All hostile pages, and the server that serves them beside one plain page."""

from __future__ import annotations

from pathlib import Path

from .disguises import DISGUISES
from .floods import FLOODS
from .moving_targets import MOVING_TARGETS
from .page import HostilePage
from .server import HostileServer, Reply, Request
from .visit import Outcome, visit
from .windows import WINDOWS

PAGES: tuple[HostilePage, ...] = (*MOVING_TARGETS, *WINDOWS, *FLOODS, *DISGUISES)

_PLAIN = Reply(b"<!doctype html><title>Plain</title><p>All is well</p>")


async def try_page(page: HostilePage, folder: Path) -> Outcome:
    """Visit one page in a session of its own, on servers of its own. `folder` takes what the visit leaves."""

    async def answer(request: Request) -> Reply:
        if request.path == "/favicon.ico":
            return Reply(status="404 Not Found")
        return page.serve(request, page.id) if request.path.startswith(f"/{page.id}/") else _PLAIN

    async with HostileServer(answer) as server, HostileServer(answer) as elsewhere:
        return await visit(page.id, page.trial, server, elsewhere, folder)

"""Serves a desk on a free loopback port, with a second host beside it that stands for an attacker's site."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.types import ASGIApp, Receive, Scope, Send

from harmonyguard.benchmarks.serving import LOOPBACK, listen, serving

from .application import desk_application
from .database import Database
from .other_host import other_host_application
from .seed import seed

DESK_HOST = LOOPBACK
OTHER_HOST = "localhost"
"""Another name for this machine: to a browser and to a guard it is another host."""


@dataclass(frozen=True)
class Desk:
    """A desk that is being served. `url` and `other_url` are origins without a trailing slash."""

    url: str
    other_url: str
    database: Database


@asynccontextmanager
async def serve(place: Path | str | None = None) -> AsyncIterator[Desk]:
    """Serve a newly seeded desk until the block ends. Its data is the new SQLite file `place`, else a temporary one.

    Raises FileExistsError when `place` is there already: every run has a file of its own.
    """
    with TemporaryDirectory(prefix="harmonyguard-desk-") as folder:
        path = Path(place) if place is not None else Path(folder) / "desk.db"
        if await asyncio.to_thread(path.exists):
            raise FileExistsError(f"{path} is there already: a desk starts with a new file")
        async with _serve(path) as desk:
            yield desk


@asynccontextmanager
async def _serve(path: Path) -> AsyncIterator[Desk]:
    desk_socket, other_socket = listen(), listen()
    desk_port, other_port = desk_socket.getsockname()[1], other_socket.getsockname()[1]
    desk = Desk(
        url=f"http://{DESK_HOST}:{desk_port}",
        other_url=f"http://{OTHER_HOST}:{other_port}",
        database=Database(path),
    )
    await asyncio.to_thread(seed, desk.database, desk.other_url)
    by_port: dict[int, ASGIApp] = {
        desk_port: desk_application(desk.database),
        other_port: other_host_application(desk.database, desk.url),
    }

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        await by_port[scope["server"][1]](scope, receive, send)

    async with serving(application, (desk_socket, other_socket)):
        yield desk

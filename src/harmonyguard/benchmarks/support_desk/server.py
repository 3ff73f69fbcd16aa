"""Serves a desk on a free loopback port, with a second host beside it that stands for an attacker's site."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from .application import desk_application
from .database import Database
from .other_host import other_host_application
from .seed import seed

DESK_HOST = "127.0.0.1"
OTHER_HOST = "localhost"
"""Another name for this machine: to a browser and to a guard it is another host."""


@dataclass(frozen=True)
class Desk:
    """A desk that is being served. `url` and `other_url` are origins without a trailing slash."""

    url: str
    other_url: str
    database: Database


@asynccontextmanager
async def serve(place: Path | str) -> AsyncIterator[Desk]:
    """Serve a newly seeded desk whose data is the new SQLite file `place`, until the block ends.

    Raises FileExistsError when `place` is there already: every run has a file of its own.
    """
    path = Path(place)
    if await asyncio.to_thread(path.exists):
        raise FileExistsError(f"{path} is there already: a desk starts with a new file")
    desk_socket, other_socket = _listen(), _listen()
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

    configuration = uvicorn.Config(
        application, lifespan="off", log_level="warning", access_log=False, timeout_graceful_shutdown=1
    )
    server = _QuietServer(configuration)
    serving = asyncio.create_task(server.serve(sockets=[desk_socket, other_socket]))
    try:
        yield desk
    finally:
        server.should_exit = True
        await serving
        desk_socket.close()
        other_socket.close()


class _QuietServer(uvicorn.Server):
    """A server inside somebody else's program: it leaves that program's signal handlers alone."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _listen() -> socket.socket:
    # Listening before the server runs: a request that comes early waits in the queue and is not refused.
    listening = socket.create_server((DESK_HOST, 0))
    listening.setblocking(False)
    return listening

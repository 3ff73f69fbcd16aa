"""Serves an application on a free loopback port for as long as a block lasts: what benchmarks browse."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

LOOPBACK = "127.0.0.1"


@asynccontextmanager
async def serving(application: ASGIApp, sockets: Sequence[socket.socket]) -> AsyncIterator[None]:
    """Serve `application` on `sockets` (from `listen`) until the block ends, and close them."""
    configuration = uvicorn.Config(
        application, lifespan="off", log_level="warning", access_log=False, timeout_graceful_shutdown=1
    )
    server = _QuietServer(configuration)
    task = asyncio.create_task(server.serve(sockets=list(sockets)))
    try:
        yield
    finally:
        server.should_exit = True
        await task
        for listening in sockets:
            listening.close()


def listen() -> socket.socket:
    """A socket on a free port. Listening before the server runs: a request that comes early waits in the queue."""
    listening = socket.create_server((LOOPBACK, 0))
    listening.setblocking(False)
    return listening


class _QuietServer(uvicorn.Server):
    """A server inside somebody else's program: it leaves that program's signal handlers alone."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

"""A loopback HTTP server that also says what no decent server would: it writes whatever bytes a page asks for."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field

_HEAD_SECONDS = 10.0
Chunks = AsyncIterator[bytes]


@dataclass(frozen=True)
class Request:
    """One request: method, path without the query, and the body."""

    method: str
    path: str
    body: bytes


@dataclass(frozen=True)
class Reply:
    """What is sent back: headers as they are, and a body that may come slowly or never end.

    Without a length the end of the connection ends the body; `body` None says nothing at all and keeps the line open.
    """

    body: bytes | Callable[[], Chunks] | None = b""
    status: str = "200 OK"
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


Answer = Callable[[Request], Awaitable[Reply]]


class HostileServer:
    """Serves on 127.0.0.1; `received` is every request as method and path."""

    def __init__(self, answer: Answer) -> None:
        self.received: list[str] = []
        self._answer = answer
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> HostileServer:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    @property
    def host(self) -> str:
        """Address and port. Only while it serves."""
        if self._server is None:
            raise RuntimeError("the server has not been started")
        return f"127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            # A client that goes away has had enough: that is no failure of the server.
            with contextlib.suppress(OSError, EOFError, TimeoutError):
                request = await asyncio.wait_for(_read(reader), _HEAD_SECONDS)
                self.received.append(f"{request.method} {request.path}")
                await _write(writer, reader, await self._answer(request))
        finally:
            writer.close()


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    request_line, *fields = head.split("\r\n")
    method, address, _ = request_line.split(" ")
    named = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in fields)}
    body = await reader.readexactly(int(named.get("content-length", "0")))
    return Request(method, address.partition("?")[0], body)


async def _write(writer: asyncio.StreamWriter, reader: asyncio.StreamReader, reply: Reply) -> None:
    if reply.body is None:
        await reader.read()
        return
    length = {"Content-Length": str(len(reply.body))} if isinstance(reply.body, bytes) else {}
    headers = {**length, "Connection": "close", **reply.headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    writer.write(f"HTTP/1.1 {reply.status}\r\n{head}\r\n".encode("latin-1"))
    if isinstance(reply.body, bytes):
        writer.write(reply.body)
    else:
        async for chunk in reply.body():
            writer.write(chunk)
            await writer.drain()
    await writer.drain()

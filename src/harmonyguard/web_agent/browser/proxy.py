"""The network backstop: a loopback HTTP proxy, one per browser context, that reaches the allowed hosts and no others.

Unlike request interception it sees redirects, WebSockets and everything else that a page sends.
"""

from __future__ import annotations

import asyncio
import contextlib
from urllib.parse import urlsplit

from .hosts import DEFAULT_PORTS, host_allowed

HEAD_LIMIT = 64 * 1024
HEAD_SECONDS = 30.0
CONNECT_SECONDS = 15.0
REFUSAL = b"This host is not among the hosts that the run may reach.\n"

# Hop-by-hop fields (RFC 9110, section 7.6.1) that speak to the proxy and not to the server.
DROPPED = frozenset({"proxy-connection", "proxy-authorization", "connection", "keep-alive"})


class FilteringProxy:
    """Serves CONNECT and absolute-form requests on 127.0.0.1; names are looked up only for allowed hosts."""

    def __init__(self, allowed_hosts: frozenset[str]) -> None:
        self.refused: list[str] = []
        self._hosts = allowed_hosts
        self._unreachable: set[str] = set()
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen on a free port of the loopback interface."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=HEAD_LIMIT)

    @property
    def address(self) -> str:
        """`http://127.0.0.1:<port>`, as browsers take it. Only after `start`."""
        if self._server is None:
            raise RuntimeError("the proxy has not been started")
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def could_not_reach(self, url: str) -> bool:
        """True when the last attempt to connect to the host of `url` failed."""
        target = urlsplit(url)
        return f"{target.hostname}:{target.port or DEFAULT_PORTS.get(target.scheme)}" in self._unreachable

    async def close(self) -> None:
        """Stop listening and drop every connection."""
        if self._server is not None:
            self._server.close()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            # A dropped connection, a head that is too long or never ends: nothing was reached, nothing to answer.
            with contextlib.suppress(OSError, EOFError, ValueError, TimeoutError, asyncio.LimitOverrunError):
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), HEAD_SECONDS)
                await self._handle(head, reader, writer)
        finally:
            writer.close()

    async def _handle(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request_line, *fields = head[:-4].decode("latin-1").split("\r\n")
        method, address, version = request_line.split(" ")
        target = urlsplit(f"//{address}" if method == "CONNECT" else address)
        default = None if method == "CONNECT" else DEFAULT_PORTS.get(target.scheme)
        host, port = target.hostname, target.port or default
        if host is None or port is None or target.scheme not in ("", "http", "ws"):
            await _answer(writer, "400 Bad Request", b"Not a proxy request.\n")
            return
        if not host_allowed(host, port, self._hosts):
            self.refused.append(f"{host}:{port}")
            await _answer(writer, "403 Forbidden", REFUSAL)
            return
        try:
            upstream = await asyncio.wait_for(asyncio.open_connection(host, port), CONNECT_SECONDS)
        except (OSError, TimeoutError):
            self._unreachable.add(f"{host}:{port}")
            await _answer(writer, "502 Bad Gateway", b"The host could not be reached.\n")
            return
        self._unreachable.discard(f"{host}:{port}")
        upstream_reader, upstream_writer = upstream
        try:
            body: int | None = None
            if method == "CONNECT":
                writer.write(b"HTTP/1.1 200 Connection Established\r\n\r\n")
            else:
                path = (target.path or "/") + (f"?{target.query}" if target.query else "")
                named = {name.strip().lower(): value.strip() for name, _, value in (f.partition(":") for f in fields)}
                body = None if "upgrade" in named else int(named.get("content-length", "0"))
                upstream_writer.write(_forwarded(f"{method} {path} {version}", fields))
            await _join(reader, writer, upstream_reader, upstream_writer, body)
        finally:
            upstream_writer.close()


def _forwarded(request_line: str, fields: list[str]) -> bytes:
    """The head for the server: origin form, one request a connection, because the next one may be for another host."""
    named = [(field.partition(":")[0].strip().lower(), field) for field in fields]
    kept = [field for name, field in named if name not in DROPPED]
    upgrade = any(name == "upgrade" for name, _ in named)
    kept.append("Connection: Upgrade" if upgrade else "Connection: close")
    return "\r\n".join([request_line, *kept, "", ""]).encode("latin-1")


async def _answer(writer: asyncio.StreamWriter, status: str, body: bytes) -> None:
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    writer.write(head.encode("latin-1") + body)
    await writer.drain()


async def _join(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    upstream_reader: asyncio.StreamReader,
    upstream_writer: asyncio.StreamWriter,
    body: int | None,
) -> None:
    """Carry bytes both ways until the server ends its side.

    Of the client's bytes only `body` are carried when it is a number: what follows is another request, which may be
    for another host.
    """
    up = asyncio.create_task(_carry(reader, upstream_writer, body))
    try:
        await _carry(upstream_reader, writer)
    finally:
        up.cancel()
        await asyncio.gather(up, return_exceptions=True)


async def _carry(source: asyncio.StreamReader, sink: asyncio.StreamWriter, limit: int | None = None) -> None:
    with contextlib.suppress(OSError):
        left = limit
        while left != 0 and (chunk := await source.read(min(64 * 1024, left or 64 * 1024))):
            sink.write(chunk)
            await sink.drain()
            left = None if left is None else left - len(chunk)
        if limit is None and sink.can_write_eof():
            sink.write_eof()

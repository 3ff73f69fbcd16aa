"""A small site over HTTP on loopback, for runs in a real browser: what a test's own site has in common with others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar


class Site(ThreadingHTTPServer):
    """On a port that is free."""

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class Visit(BaseHTTPRequestHandler):
    """One request."""

    def show(self, page: bytes, **headers: str) -> None:
        self._answer(200, {**headers, "Content-Type": "text/html"}, page)

    def lead_to(self, address: str, **headers: str) -> None:
        self._answer(303, {**headers, "Location": address}, b"")

    def sent(self) -> str:
        """What a form sent; to be read once."""
        return self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


AnySite = TypeVar("AnySite", bound=Site)


@contextmanager
def serving(site: AnySite) -> Iterator[AnySite]:
    """Serve it until the end of the block."""
    thread = threading.Thread(target=site.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        thread.join()
        site.server_close()

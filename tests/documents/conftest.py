"""Real files made on the spot, and a real web server on loopback."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import ListFlowable, ListItem, PageBreak, Paragraph, SimpleDocTemplate, Table

RETENTION = (
    "Staff must not keep the records of former customers for longer than three years, unless a court has ordered it, "
    "and must tell the records office before they destroy any paper file that is older than that."
)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], str]:
    """Write a file and return its path."""

    def _write(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return _write


@pytest.fixture
def pdf_bytes() -> bytes:
    """Two pages: title, headings, a paragraph over several lines, a list, a table, running header and footer."""
    styles = getSampleStyleSheet()

    def running(canvas: object, document: object) -> None:
        canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
        canvas.drawString(72, 815, "Harbour Office - staff must read this")  # type: ignore[attr-defined]
        canvas.drawString(300, 20, f"Page {document.page} of 2")  # type: ignore[attr-defined]

    flow: list[Any] = [
        Paragraph("Records Policy", styles["Title"]),
        Paragraph("1. Retention", styles["Heading1"]),
        Paragraph(RETENTION, styles["BodyText"]),
        Paragraph("Staff are prohibited from:", styles["BodyText"]),
        ListFlowable(
            cast(
                Any,
                [
                    ListItem(Paragraph("copying records to private devices", styles["BodyText"])),
                    ListItem(Paragraph("sending records by post", styles["BodyText"])),
                ],
            ),
            bulletType="bullet",
            start="•",
        ),
        Paragraph("Ask the archivist when unsure.", styles["BodyText"]),
        Table([["Record", "Rule"], ["Payroll", "Must be shredded after ten years"]]),
        PageBreak(),
        Paragraph("2. Access", styles["Heading1"]),
        Paragraph("Only archivists may open the vault.", styles["BodyText"]),
    ]
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer).build(flow, onFirstPage=running, onLaterPages=running)
    return buffer.getvalue()


class _Handler(BaseHTTPRequestHandler):
    pages: dict[str, tuple[int, dict[str, str], bytes]] = {}

    def do_GET(self) -> None:
        status, headers, body = self.pages.get(self.path, (404, {}, b"none"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[tuple[str, dict[str, tuple[int, dict[str, str], bytes]]]]:
    """A server on loopback: its base URL, and the pages that it serves (path to status, headers, body)."""
    pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
    handler = type("Handler", (_Handler,), {"pages": pages})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", pages
    server.shutdown()
    server.server_close()
    thread.join()

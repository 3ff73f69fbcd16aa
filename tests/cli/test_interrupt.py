"""Ctrl-C in a run over a real browser: everything is closed, one line says how to go on, and that line works."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from .conftest import Harmonyguard

IN_THE_FOREGROUND = """
import signal, sys
from harmonyguard.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(main())
"""
"""The command as a terminal starts it. A shell that starts the tests in the background lets them ignore Ctrl-C (POSIX,
shell command language, asynchronous lists), and their children inherit that."""

PAGE = b"<!doctype html><title>Tickets</title><h1>Tickets</h1><a href=/help>Help</a>"


class Slow(BaseHTTPRequestHandler):
    """A page that keeps the browser waiting until `release` is set; `asked` says that it waits."""

    asked: threading.Event
    release: threading.Event

    def do_GET(self) -> None:
        self.asked.set()
        self.release.wait(60)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Site(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is what this is about."""


@pytest.fixture
def slow() -> Iterator[type[Slow]]:
    handler: Any = type("Own", (Slow,), {"asked": threading.Event(), "release": threading.Event(), "url": ""})
    server = Site(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    handler.url = f"http://127.0.0.1:{server.server_port}/"
    yield handler
    handler.release.set()
    server.shutdown()
    thread.join()
    server.server_close()


def alive(mark: str) -> list[str]:
    """Processes that have `mark` in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text()[:80])
        except OSError:
            continue
    return found


def test_ctrl_c_closes_everything_and_says_how_to_go_on(harmonyguard: Harmonyguard, tmp_path: Path, slow: Any) -> None:
    (tmp_path / "rules.md").write_text("# Rules\n\nAgents must not delete tickets.\n")
    mark = f"MARK={uuid.uuid4()}"
    flags = ["--policies", "rules.md", "--max-steps", "4", "--approve", "deny"]
    command = [sys.executable, "-c", IN_THE_FOREGROUND, "run"]
    process = subprocess.Popen(
        [*command, 'Click "Help"', "--url", slow.url, *flags],
        cwd=tmp_path,
        env={**os.environ, "MARK": mark.removeprefix("MARK=")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert slow.asked.wait(60)
        # A terminal interrupts its whole foreground group, and not only our process.
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, out) == (130, ""), err
    (line,) = err.strip().splitlines()
    told = re.fullmatch(r"harmonyguard: interrupted; go on with: harmonyguard (run --resume .*)", line)
    assert told is not None, err
    assert alive(mark) == []
    slow.release.set()
    ended = harmonyguard(*shlex.split(told.group(1)), "--json")
    assert ended.code == 0, ended.err
    assert ended.json["outcome"] == "done"


def test_ctrl_c_before_the_run_began(harmonyguard: Harmonyguard, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(work: Any) -> None:
        work.close()
        raise KeyboardInterrupt

    monkeypatch.setattr("harmonyguard.cli.browsing.run_with_browser", interrupt)
    ended = harmonyguard("run", "Look", "--url", "http://desk.test/")
    assert (ended.code, ended.out) == (130, "")
    assert ended.err == "harmonyguard: interrupted before the run began: nothing was done\n"

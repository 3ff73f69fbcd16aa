"""`harmonyguard studio`: the three graphs on a LangGraph server, to watch and steer in LangGraph Studio."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from subprocess import Popen

GRAPHS = ("guarded_agent", "policy_ingestion", "action_check")
PATIENCE = 10.0
"""Seconds that the server has to end by itself."""


def studio(
    port: Annotated[int, typer.Option(min=1, max=65535, metavar="N", help="Port of the server.")] = 2024,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open Studio in a browser.")] = False,
) -> int:
    """Serve the three graphs on this machine, until Ctrl-C, and open LangGraph Studio on them.

    The server needs no key and no network. Studio itself is a page of LangChain's, which your browser loads and which
    talks to the server from there. Needs the extra: pip install 'harmonyguard[studio]'.

    Example: harmonyguard studio --port 2024 --no-browser
    """
    import json
    import os
    import signal
    import subprocess
    import sys
    from importlib.util import find_spec
    from tempfile import TemporaryDirectory

    from harmonyguard.steps import GuardError, InputError

    from .output import note

    if find_spec("langgraph_cli") is None or find_spec("langgraph_api") is None:
        raise InputError("the server of Studio is not installed: pip install 'harmonyguard[studio]'")
    if _in_use(port):
        raise InputError(f"port {port} is in use on this machine: give another with --port")
    with TemporaryDirectory(prefix="harmonyguard-studio-") as folder:
        config = Path(folder) / "langgraph.json"
        # By module: a file path would load the module a second time and double its classes.
        graphs = {name: f"harmonyguard.graphs.{name}:graph" for name in GRAPHS}
        config.write_text(json.dumps({"dependencies": ["."], "graphs": graphs}), encoding="utf-8")
        command = [sys.executable, "-m", "langgraph_cli", "dev", "--config", str(config), "--port", str(port)]
        # What state brings back is JSON-shaped and nothing else; nothing is traced to anywhere unless that is set.
        environment = {"LANGSMITH_TRACING": "false", **os.environ, "LANGGRAPH_STRICT_MSGPACK": "true"}
        note(f"Serving {', '.join(GRAPHS)} at http://127.0.0.1:{port}. Ctrl-C ends it.")
        flags = ["--no-reload", *(["--no-browser"] if no_browser else [])]
        server = subprocess.Popen([*command, *flags], env=environment)  # noqa: S603
        # Who ends this command ends the server with it.
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        try:
            code = server.wait()
        except KeyboardInterrupt:
            code = _ended(server)
    if code > 0:
        raise GuardError(f"the server ended with exit code {code}: what it wrote says why")
    return 0


def _ended(server: Popen[bytes]) -> int:
    """After Ctrl-C, which a terminal sends to the server too: it closes the browsers of its runs and goes."""
    from subprocess import TimeoutExpired

    try:
        server.wait(timeout=PATIENCE)
    except TimeoutExpired:
        server.terminate()
        server.wait()
    return 0


def _in_use(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0

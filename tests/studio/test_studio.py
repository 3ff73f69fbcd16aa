"""The development server serves the three graphs; a run through it is interrupted for review and resumed."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from langgraph_sdk import get_client
from langgraph_sdk.client import LangGraphClient

from harmonyguard.cli import main

GRAPHS = {"guarded_agent", "policy_ingestion", "action_check"}
START_SECONDS = 180.0

ORDERS = """<!doctype html><title>Orders</title><h1>Order 17</h1>
<form method="post" action="/delete"><button>Delete order</button></form>"""
POLICY = "# Orders\n\nOrders must not be deleted without prior approval of a manager.\n"


class Shop(BaseHTTPRequestHandler):
    """One page with one button; `deleted` counts how often it was pressed."""

    deleted = 0

    def do_GET(self) -> None:
        self._page(ORDERS)

    def do_POST(self) -> None:
        type(self).deleted += 1
        self._page("<!doctype html><title>Orders</title><h1>Order 17 deleted</h1>")

    def _page(self, html: str) -> None:
        body = html.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def shop() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`harmonyguard studio` on a free port, in a folder of its own."""
    folder = tmp_path_factory.mktemp("studio")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (folder / "server.log").open("wb")
    start = "import sys; from harmonyguard.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", start, "studio", "--no-browser", "--port", str(port)]
    process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(process, url, folder / "server.log")
        yield url
    finally:
        process.terminate()
        assert process.wait(timeout=30) == 0
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{url}/ok", timeout=2)
        log.close()


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    patience = threading.Event()
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/ok", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            patience.wait(0.1)
    raise AssertionError(f"the server did not come up:\n{log.read_text()[-4000:]}")


@pytest.fixture
def client(server: str) -> LangGraphClient:
    return get_client(url=server)


async def _ids(client: LangGraphClient) -> dict[str, str]:
    return {found["graph_id"]: found["assistant_id"] for found in await client.assistants.search()}


async def test_the_three_graphs_are_served_with_schemas_and_pictures(client: LangGraphClient) -> None:
    ids = await _ids(client)
    assert set(ids) == GRAPHS
    schemas: Any = await client.assistants.get_schemas(ids["guarded_agent"])
    assert set(schemas["input_schema"]["properties"]) == {"task", "url", "sources"}
    assert {"book", "mode", "max_steps", "max_revisions"} <= set(schemas["context_schema"]["properties"])
    picture: Any = await client.assistants.get_graph(ids["guarded_agent"])
    assert {"observe_page", "utility_evaluation", "human_review", "execute_action"} <= {
        node["id"] for node in picture["nodes"]
    }


async def test_one_action_is_checked(client: LangGraphClient) -> None:
    given = {
        "task": "Tidy up",
        "url": "http://shop.test/",
        "observation": {
            "url": "http://shop.test/",
            "elements": [{"ref": "e1", "role": "button", "name": "Delete order"}],
        },
        "action": {"type": "click", "ref": "e1"},
        "policies": ["Agents must not delete orders."],
    }
    result: Any = await client.runs.wait(None, "action_check", input=given)
    assert result["outcome"] == "revise"
    assert len(result["verdict"]["violated"]) == 1


async def test_a_run_is_interrupted_for_review_and_resumed(client: LangGraphClient, shop: str, tmp_path: Path) -> None:
    rules = tmp_path / "rules.md"
    rules.write_text(POLICY)
    context: Any = {
        "book": str(tmp_path / "book.db"),
        "runs_folder": str(tmp_path / "runs"),
        "approver_authority": "organization",
        "max_steps": 6,
    }
    thread = (await client.threads.create())["thread_id"]
    before = Shop.deleted
    given = {"task": 'Click "Delete order"', "url": shop, "sources": [str(rules)]}
    first: Any = await client.runs.wait(thread, "guarded_agent", input=given, context=context)
    state: Any = await client.threads.get_state(thread)
    assert state["next"] == ["human_review"], first
    asked = state["tasks"][0]["interrupts"][0]["value"]
    assert (asked["kind"], asked["target"], Shop.deleted) == ("human_review", "Delete order", before)
    assert asked["in_words"][0] == "Action: click Delete order"
    assert any("Orders must not be deleted" in line for line in asked["in_words"])
    story = [message["content"] for message in state["values"]["messages"]]
    assert story[0].startswith("Read 1 polic") and "I want to click button “Delete order”." in "\n".join(story)
    answer = asked["answers"][0]
    assert answer == {"answer": "approve", "digest": asked["digest"]}
    result: Any = await client.runs.wait(thread, "guarded_agent", command={"resume": answer})
    assert Shop.deleted == before + 1, result
    assert result["outcome"] in ("done", "infeasible"), result


def test_without_the_extra_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main(["studio", "--no-browser"]) == 2
    assert "pip install 'harmonyguard[studio]'" in capsys.readouterr().err


def test_a_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["studio", "--no-browser", "--port", str(port)]) == 2
    assert f"port {port} is in use" in capsys.readouterr().err

"""`harmonyguard ingest`: folders, sites, loaders, and what it says the second time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from .conftest import Harmonyguard

RULES = "# Desk rules\n\nAgents must not delete tickets.\n\nAgents must ask the user before issuing a refund.\n"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.md"
    path.write_text(RULES)
    return path


@pytest.fixture
def intranet(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "www" / "policies"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("<html><body><p>Welcome.</p><a href='tickets.html'>Tickets</a></body></html>")
    (folder / "tickets.html").write_text("<html><body><p>Agents must not delete tickets.</p></body></html>")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path / "www"))) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/policies/"
        server.shutdown()


def test_the_same_document_again_costs_nothing_and_is_still_listed(harmonyguard: Harmonyguard, rules: Path) -> None:
    first = harmonyguard("ingest", "rules.md", "--json").json
    again = harmonyguard("ingest", "rules.md", "--json").json
    assert [document["status"] for document in again["documents"]] == ["unchanged"]
    assert again["documents"][0]["sha256"] == first["documents"][0]["sha256"]
    assert {policy["id"] for policy in again["policies"]} == {policy["id"] for policy in first["policies"]}
    assert again["changes"] == []
    told = harmonyguard("ingest", "rules.md")
    assert "rules.md: unchanged since it was last read (2 policies)" in told.out and "Nothing to write." in told.out


def test_a_changed_document_shows_what_changed(harmonyguard: Harmonyguard, rules: Path) -> None:
    harmonyguard("ingest", "rules.md")
    rules.write_text(RULES.replace("delete tickets", "delete open tickets"))
    ended = harmonyguard("ingest", "rules.md")
    assert "rules.md: 1 added, 0 revised, 1 retired, 1 as before." in ended.out
    words = " ".join(ended.out.split())
    assert "Agents must not delete open tickets." in words and "Agents must not delete tickets. (now p-" in words
    rules.write_text(RULES)
    (change,) = harmonyguard("ingest", "rules.md", "--json").json["changes"]
    assert len(change["added"]) == 1 and len(change["retired"]) == 1 and len(change["unchanged"]) <= 1


def test_a_folder(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    folder = tmp_path / "handbook"
    folder.mkdir()
    (folder / "rules.md").write_text(RULES)
    (folder / "poem.md").write_text("# Spring\n\nThe meadow is green.\n")
    ended = harmonyguard("ingest", "handbook")
    assert ended.code == 0, ended.err
    assert "no policy found in handbook/poem.md" in ended.out and "2 policies from 1 document (of 2)" in ended.out


def test_a_section_of_a_site(harmonyguard: Harmonyguard, intranet: str) -> None:
    ended = harmonyguard("ingest", intranet, "--site", "--depth", "1", "--json")
    assert ended.code == 0, ended.err
    statuses = {document["uri"].removeprefix(intranet): document["status"] for document in ended.json["documents"]}
    assert statuses == {"": "no_policies", "tickets.html": "read"}
    assert [policy["sources"][0]["document"] for policy in ended.json["policies"]] == [f"{intranet}tickets.html"]
    only = harmonyguard("ingest", intranet, "--site", "--max-pages", "1")
    assert only.code == 2 and "no policy found in" in only.err and "nothing was written" in only.err


def test_a_loader_by_its_import_path(harmonyguard: Harmonyguard, intranet: str) -> None:
    loader = "langchain_community.document_loaders.RecursiveUrlLoader"
    ended = harmonyguard(
        "ingest", "--loader", loader, "--loader-option", f"url={intranet}", "--loader-option", "max_depth=2", "--json"
    )
    assert ended.code == 0, ended.err
    assert ended.err == "" and [policy["sources"][0]["quote"] for policy in ended.json["policies"]] == [
        "Agents must not delete tickets."
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "no policy documents"),
        (("rules.md", "--depth", "1"), "need --site"),
        (("rules.md", "--site"), "name the URL where it starts"),
        (("rules.md", "--loader-option", "a=b"), "needs --loader"),
        (("--loader", "json.JSONDecoder"), "is not a LangChain document loader"),
        (("--loader", "json.JSONDecoder", "--loader-option", "ab"), "takes NAME=VALUE"),
        (("http://169.254.169.254/latest/",), "link-local"),
    ],
)
def test_what_cannot_be_done_is_said(
    harmonyguard: Harmonyguard, rules: Path, arguments: tuple[str, ...], says: str
) -> None:
    ended = harmonyguard("ingest", *arguments)
    assert ended.code == 2 and says in ended.err and ended.err.count("\n") == 1
    assert not (rules.parent / ".harmonyguard").exists()

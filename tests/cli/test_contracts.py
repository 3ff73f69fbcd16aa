"""The documents and exit codes that scripts rely on."""

from __future__ import annotations

import json
import tomllib
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.openai_server import OpenAIServer, Reply

from .conftest import Harmonyguard

ROOT = Path(__file__).resolve().parents[2]
RULES = """# Desk rules

## Tickets

Agents must not delete tickets.

Agents must ask the user before issuing a refund.
"""


def row(name: str, button: str, **more: object) -> str:
    return json.dumps(
        {
            "id": name,
            "goal": "Close ticket 3",
            "observation": {"url": "http://desk.test/tickets/3", "title": "Ticket 3", "text": f"button '{button}'"},
            "history": [],
            "reasoning": "",
            "action": {"type": "click", "bid": "12", "element_role": "button", "element_text": button},
            **more,
        }
    )


NO_DELETING = {"policies": [{"id": "P1", "text": "Agents must not delete tickets.", "source": "organization"}]}


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.md"
    path.write_text(RULES)
    return path


def test_ingest_prints_one_document_and_fills_the_book(harmonyguard: Harmonyguard, rules: Path) -> None:
    ended = harmonyguard("ingest", "rules.md", "--json", "--organization", "Example Desk")
    assert ended.code == 0, ended.err
    document = ended.json
    assert set(document) >= {"documents", "policies", "duplicates", "rejected"}
    assert set(document["documents"][0]) >= {"uri", "sha256", "media_type", "elements", "pages", "error"}
    assert {source["quote"] for policy in document["policies"] for source in policy["sources"]} == {
        "Agents must not delete tickets.",
        "Agents must ask the user before issuing a refund.",
    }
    listed = harmonyguard("policies", "list", "--json").json["policies"]
    assert {policy["id"] for policy in listed} == {policy["id"] for policy in document["policies"]}
    one = listed[0]["id"]
    shown = harmonyguard("policies", "show", one)
    assert shown.code == 0 and listed[0]["sources"][0]["quote"] in shown.out and "forbids an act when" in shown.out


def test_ingest_says_what_share_compiles(harmonyguard: Harmonyguard, rules: Path) -> None:
    ended = harmonyguard("ingest", "rules.md", "--book", "other.db")
    assert ended.code == 0 and "2 policies from 1 document," in ended.out and "fully" in ended.out
    assert (rules.parent / "other.db").exists() and not (rules.parent / ".harmonyguard").exists()


def test_ingest_reads_an_address_of_the_own_network(harmonyguard: Harmonyguard, rules: Path) -> None:
    handler = partial(SimpleHTTPRequestHandler, directory=str(rules.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/rules.md"
        ended = harmonyguard("ingest", url, "--json", "--book", "other.db")
        server.shutdown()
    assert ended.code == 0, ended.err
    assert ended.json["documents"][0]["uri"] == url and len(ended.json["policies"]) == 2


def test_check_gives_one_verdict_a_line_in_order(harmonyguard: Harmonyguard) -> None:
    rows = [row("a", "Delete ticket", **NO_DELETING), "{broken", row("c", "Help", **NO_DELETING)]
    ended = harmonyguard("check", "-", stdin="\n".join(rows))
    verdicts = [json.loads(line) for line in ended.out.splitlines()]
    assert len(verdicts) == 3 and ended.code == 3
    deleting, broken, helping = verdicts
    assert deleting["id"] == "a" and deleting["outcome"] != "allow" and deleting["violated"] == ["P1"]
    assert broken["outcome"] == "stop" and broken["error"]
    assert helping["id"] == "c" and helping["outcome"] == "allow" and not helping["violation"]


@pytest.mark.parametrize(
    ("button", "flags", "code"),
    [
        ("Delete ticket", ["--fail-on-violation"], 1),
        ("Delete ticket", [], 0),
        ("Help", ["--fail-on-violation"], 0),
    ],
)
def test_check_fails_on_a_violation_when_asked(
    harmonyguard: Harmonyguard, tmp_path: Path, button: str, flags: list[str], code: int
) -> None:
    (tmp_path / "rows.jsonl").write_text(row("a", button, **NO_DELETING) + "\n")
    ended = harmonyguard("check", "rows.jsonl", "--out", "verdicts.jsonl", *flags)
    assert ended.code == code and ended.out == ""
    assert json.loads((tmp_path / "verdicts.jsonl").read_text())["id"] == "a"


def test_check_uses_the_book_for_rows_without_policies(harmonyguard: Harmonyguard, rules: Path) -> None:
    assert harmonyguard("ingest", "rules.md").code == 0
    ended = harmonyguard("check", "-", "--fail-on-violation", stdin=row("a", "Delete ticket"))
    assert ended.code == 1 and json.loads(ended.out)["violated"][0].startswith("p-")


def test_bench_actions_prints_the_figures(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    labels = {"source": "made-up", "family": ["deletion"], "pair_id": "p", **NO_DELETING}
    rows = [
        row("a", "Delete ticket", label="violation", violated=["P1"], **labels),
        row("b", "Help", label="ok", violated=[], **labels),
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows))
    ended = harmonyguard("bench", "actions", "rows.jsonl", "--json")
    assert ended.code == 0, ended.err
    assert ended.json["overall"]["f1"] == 1.0 and ended.json["pairs"]["all_right"] == 1


def test_doctor_finds_everything_and_says_so(harmonyguard: Harmonyguard) -> None:
    ended = harmonyguard("doctor", "--json")
    assert ended.code == 0, ended
    assert ended.json["usable"] and all(check["ok"] for check in ended.json["checks"])
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert set(ended.json["extras"]) == set(declared) and ended.json["extras"]["studio"]


def test_doctor_says_how_to_mend_a_browser_that_is_not_there(harmonyguard: Harmonyguard) -> None:
    ended = harmonyguard("doctor", env={"HARMONYGUARD_BROWSER": "/nowhere/chromium"})
    assert ended.code == 2 and "NO  browser" in ended.out and "Install one" in ended.out


def test_doctor_sees_a_book_that_is_not_one(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    (tmp_path / "book.db").write_text("this is no database, however long it may be. " * 40)
    ended = harmonyguard("doctor", "--book", "book.db", "--json")
    assert ended.code == 2
    assert [check["what"] for check in ended.json["checks"] if not check["ok"]] == ["policy book"]


def test_runs_list_without_runs(harmonyguard: Harmonyguard) -> None:
    ended = harmonyguard("runs", "list", "--json")
    assert ended.code == 0 and ended.json == {"runs": []}


def test_doctor_asks_the_model_and_says_what_it_answered(harmonyguard: Harmonyguard) -> None:
    with OpenAIServer().running() as server:
        env = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "sk-test"}
        server.script(Reply(content="ready"))
        well = harmonyguard("doctor", "--model", "openai:small", "--json", env=env)
        asked = len(server.requests)
        server.script(Reply(status=401))
        refused = harmonyguard("doctor", "--model", "openai:small", env=env)
    assert (well.code, asked) == (0, 1), well
    assert refused.code == 2 and "NO  model: model openai:small" in refused.out and "API key" in refused.out


def test_doctor_writes_into_the_folders(harmonyguard: Harmonyguard) -> None:
    # Nobody can write there, the superuser included.
    ended = harmonyguard("doctor", "--json", env={"HARMONYGUARD_RUNS": "/proc/runs"})
    (folders,) = [check for check in ended.json["checks"] if not check["ok"]]
    assert ended.code == 2 and folders["what"] == "folders" and "HARMONYGUARD_RUNS" in folders["mend"]

"""`policies export` and `policies import` as people call them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Harmonyguard

RULES = "# Desk rules\n\nAgents must not delete tickets.\n\nAgents must ask the user before issuing a refund.\n"
RESEARCH = [{"policy_id": 1, "policy_description": "Agents must not delete orders.", "risk_level": "High"}]


@pytest.fixture
def filled(harmonyguard: Harmonyguard, tmp_path: Path) -> Harmonyguard:
    """The command line beside a book of two policies."""
    (tmp_path / "rules.md").write_text(RULES)
    assert harmonyguard("ingest", "rules.md").code == 0
    return harmonyguard


def listed(harmonyguard: Harmonyguard, *more: str) -> Any:
    return harmonyguard("policies", "list", "--json", *more).json


@pytest.mark.parametrize("chosen", ["json", "cedar"])
def test_a_book_moves_to_another_place_unchanged(filled: Harmonyguard, chosen: str) -> None:
    ended = filled("policies", "export", "--format", chosen, "--out", "policies.txt")
    assert ended.code == 0 and ended.out == "" and "2 policies written to policies.txt" in ended.err
    ended = filled("policies", "import", "policies.txt", "--book", "new.db")
    assert ended.code == 0 and f"({chosen}): 2 added, 0 revised, 0 unchanged" in " ".join(ended.out.split())
    assert listed(filled, "--book", "new.db") == listed(filled)
    again = filled("policies", "import", "policies.txt", "--book", "new.db", "--json")
    assert again.json["added"] == again.json["revised"] == 0 and again.json["unchanged"] == 2


def test_export_writes_the_file_to_stdout_and_nothing_else_there(filled: Harmonyguard) -> None:
    assert len(filled("policies", "export").json["policies"]) == 2
    ended = filled("policies", "export", "--format", "harmonyguard")
    assert len(ended.json) == 2 and "Lost: the rule" in ended.err


def test_an_edit_revises_one_policy(filled: Harmonyguard, tmp_path: Path) -> None:
    document = filled("policies", "export").json
    document["policies"][0] |= {"enforcement": "audit", "owner": "legal"}
    (tmp_path / "edited.json").write_text(json.dumps(document))
    ended = filled("policies", "import", "edited.json", "--json")
    assert (ended.json["added"], ended.json["revised"], ended.json["unchanged"]) == (0, 1, 1)
    assert {policy["enforcement"] for policy in listed(filled)["policies"]} == {"audit", "enforce"}


def test_one_wrong_policy_keeps_all_out(filled: Harmonyguard, tmp_path: Path) -> None:
    document = filled("policies", "export").json
    document["policies"][0]["owner"] = "legal"
    document["policies"][1]["risk_level"] = "extreme"
    (tmp_path / "edited.json").write_text(json.dumps(document))
    before = listed(filled)
    ended = filled("policies", "import", "edited.json")
    assert ended.code == 2 and ended.out == "" and ended.err.count("\n") == 1
    assert document["policies"][1]["id"] in ended.err and "risk_level" in ended.err
    assert "nothing was written" in ended.err and listed(filled) == before
    assert filled("policies", "import", "edited.json", "--book", "new.db").code == 2
    assert not (tmp_path / "new.db").exists()


def test_a_file_of_the_research_code_is_enforced_after_import(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    (tmp_path / "shop_policies.json").write_text(json.dumps(RESEARCH))
    ended = harmonyguard("policies", "import", "shop_policies.json", "--authority", "user")
    assert ended.code == 0 and "1 fully" in ended.out
    (policy,) = listed(harmonyguard)["policies"]
    assert policy["authority"] == "user" and policy["sources"][0]["headings"] == ["policy_id 1"]
    button = {"type": "click", "bid": "1", "element_role": "button", "element_text": "Delete order 7"}
    page = {"url": "http://shop.test/orders/7", "title": "Order 7", "text": "button 'Delete order 7'"}
    row = {"id": "r", "goal": "Tidy up", "observation": page, "history": [], "reasoning": "", "action": button}
    verdict = harmonyguard("check", "-", stdin=json.dumps(row)).json
    assert verdict["outcome"] != "allow" and verdict["violated"] == [policy["id"]]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("absent.json", None, "no such file"),
        ("binary.json", b"\xff\xfe\x00", "UTF-8"),
        ("letter.txt", b"Dear all", "harmonyguard ingest"),
        ("bomb.cedar", b"forbid (principal, action, resource) when { " + b"(" * 9999, "nested"),
    ],
)
def test_bad_files_end_with_one_line(
    harmonyguard: Harmonyguard, tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    ended = harmonyguard("policies", "import", name)
    assert ended.code == 2 and ended.out == "" and ended.err.count("\n") == 1
    assert name in ended.err and words in ended.err
    assert not (tmp_path / ".harmonyguard").exists()


def test_an_empty_book_is_not_exported(harmonyguard: Harmonyguard) -> None:
    assert harmonyguard("policies", "export").code == 2

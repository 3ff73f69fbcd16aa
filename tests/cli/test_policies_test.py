"""`policies test` and `policies case`: cases are tried, told, added by people, and stand in the way of proposals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harmonyguard.policies.log import PolicyLog
from tests.utility_agent.making import policy

from .conftest import Harmonyguard

BOOK = ".harmonyguard/policies.db"


def row(name: str, **more: object) -> str:
    return json.dumps(
        {
            "id": "r",
            "goal": "Tidy up",
            "observation": {"url": "http://desk.test/tickets/3", "title": "Work", "text": ""},
            "action": {"type": "click", "element_role": "button", "element_text": name},
            **more,
        }
    )


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / BOOK
    path.parent.mkdir()
    with PolicyLog.open(str(path)) as log:
        log.add(
            [
                policy("Agents must not delete tickets.", "p-tickets"),
                policy("Agents must treat customers with respect.", "p-respect"),
            ],
            actor="test",
        )
    return path


def test_cases_from_the_text_hold_and_what_has_none_is_named(harmonyguard: Harmonyguard, book: Path) -> None:
    ended = harmonyguard("policies", "test")
    assert ended.code == 0
    assert "0 failed" in ended.out and "1 of 2 policies have cases of both kinds" in " ".join(ended.out.split())
    assert "p-respect" in ended.out and "only a judge can tell" in " ".join(ended.out.split())


def test_a_case_of_a_person_that_fails_is_told_with_its_reason(harmonyguard: Harmonyguard, book: Path) -> None:
    added = harmonyguard(
        "policies", "case", "p-tickets", "-", "--expect", "passes", "--note", "spam may go", stdin=row("Delete ticket")
    )
    assert added.code == 0 and "stored" in added.out and "now failed" in added.out
    ended = harmonyguard("policies", "test", "--json")
    assert ended.code == 1
    assert (ended.json["failed"], ended.json["judge"]) == (1, "offline")
    (failed,) = [c for p in ended.json["policies"] for c in p["cases"] if c["result"] == "failed"]
    assert (failed["origin"], failed["expect"], failed["note"]) == ("person", "passes", "spam may go")
    assert failed["why"].startswith("blocked: ") and failed["row"]["action"]["element_text"] == "Delete ticket"
    again = harmonyguard(
        "policies", "case", "p-tickets", "-", "--expect", "passes", "--json", stdin=row("Delete ticket")
    )
    assert again.json["cases"][0]["stored"] is False


def test_what_stays_undecided_has_neither_held_nor_failed(harmonyguard: Harmonyguard, book: Path) -> None:
    harmonyguard("policies", "case", "p-respect", "-", "--expect", "caught", stdin=row("Send customers an insult"))
    ended = harmonyguard("policies", "test", "p-respect", "--json")
    assert ended.code == 0
    assert (ended.json["held"], ended.json["failed"], ended.json["undecided"]) == (0, 0, 1)
    assert "undecided" in harmonyguard("policies", "test", "p-respect").out


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("", "there is no row"),
        ("{", "line 1 cannot be read as a row"),
        ('{"id": "a"}', "line 1 cannot be read as a row"),
        (row("Delete ticket", policies=[{"id": "x", "text": "y"}]), "leave them out"),
        (row("x" * 100_001), "a case at most"),
    ],
)
def test_rows_that_are_no_cases_are_bad_input_and_nothing_is_stored(
    harmonyguard: Harmonyguard, book: Path, rows: str, words: str
) -> None:
    given = f"{row('Delete ticket')}\n{rows}" if rows else rows
    ended = harmonyguard("policies", "case", "p-tickets", "-", "--expect", "passes", stdin=given)
    assert ended.code == 2
    assert words in ended.err.replace("line 2", "line 1")
    with PolicyLog.open(str(book), create=False) as log:
        assert not log.state().cases


def test_an_unknown_policy_is_bad_input(harmonyguard: Harmonyguard, book: Path) -> None:
    assert harmonyguard("policies", "test", "p-nothing").code == 2
    ended = harmonyguard("policies", "case", "p-nothing", "-", "--expect", "passes", stdin=row("Delete ticket"))
    assert ended.code == 2 and "holds no policy p-nothing" in ended.err


def test_secrets_in_rows_are_hidden(harmonyguard: Harmonyguard, book: Path) -> None:
    secret = row("Delete ticket", goal='Log in with the password "Violet-Lantern-29"', reasoning="Violet-Lantern-29")
    harmonyguard("policies", "case", "p-tickets", "-", "--expect", "caught", stdin=secret)
    with PolicyLog.open(str(book), create=False) as log:
        (case,) = log.state().cases["p-tickets"]
    assert "Violet-Lantern-29" not in str(case.to_json())


def propose(book: Path, text: str) -> str:
    with PolicyLog.open(str(book), create=False) as log:
        log.propose(policy(text, "p-new"), actor="test")
        return log.state().policies["p-new"].policy.version


def test_a_proposal_that_would_block_a_benign_twin_is_refused(harmonyguard: Harmonyguard, book: Path) -> None:
    harmonyguard("policies", "case", "p-tickets", "-", "--expect", "passes", stdin=row("Archive ticket"))
    version = propose(book, "Agents must not archive tickets.")
    ended = harmonyguard("policies", "accept", "p-new", "--version", version[:12])
    assert ended.code == 2
    assert "--despite-failures" in ended.err and 'click "Archive ticket" must pass' in " ".join(ended.err.split())
    with PolicyLog.open(str(book), create=False) as log:
        assert log.state().policies["p-new"].policy.status == "proposed"
    anyway = harmonyguard("policies", "accept", "p-new", "--version", version[:12], "--despite-failures")
    assert anyway.code == 0


def test_a_proposal_against_which_nothing_speaks_is_accepted(harmonyguard: Harmonyguard, book: Path) -> None:
    harmonyguard("policies", "case", "p-tickets", "-", "--expect", "passes", stdin=row("Archive ticket"))
    version = propose(book, "Agents must not share reports.")
    assert harmonyguard("policies", "accept", "p-new", "--version", version[:12]).code == 0

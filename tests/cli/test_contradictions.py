"""Contradictions are shown to people: after ingestion, across documents, for one policy and for the whole book."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Harmonyguard

FIRST = "# Accounts\n\nPasswords must have at least 12 characters.\n\nAgents must lock their screens.\n"
SECOND = "# Accounts of guests\n\nPasswords must have at least 8 characters.\n"


@pytest.fixture
def documents(tmp_path: Path) -> None:
    (tmp_path / "first.md").write_text(FIRST)
    (tmp_path / "second.md").write_text(SECOND)
    (tmp_path / "third.md").write_text("# Doors\n\nVisitors must not open doors.\n")


def test_a_document_that_contradicts_the_book_says_so(harmonyguard: Harmonyguard, documents: None) -> None:
    alone = harmonyguard("ingest", "first.md")
    assert "Contradiction" not in alone.out
    ended = harmonyguard("ingest", "second.md")
    words = " ".join(ended.out.split())
    assert ended.code == 0
    assert "Contradiction: different limits on the same act: at least" in words
    assert "12 characters" in words and "8 characters" in words
    assert "(first.md, Accounts)" in words and "(second.md, Accounts of guests)" in words
    assert "until you retire one of the two" in words
    (found,) = harmonyguard("ingest", "second.md", "--json").json["contradictions"]
    assert found["prevails"] is None and found["first"] < found["second"]
    assert "Contradiction" not in harmonyguard("ingest", "third.md").out


def test_the_book_and_each_policy_tell_their_contradictions(harmonyguard: Harmonyguard, documents: None) -> None:
    ingested = harmonyguard("ingest", "first.md", "second.md", "--json").json
    (found,) = ingested["contradictions"]
    assert harmonyguard("policies", "contradictions", "--json").json["contradictions"] == [found]
    told = " ".join(harmonyguard("policies", "contradictions").out.split())
    assert "1 contradiction among 3 policies. Both are in force until" in told
    assert "Contradiction: different limits" in harmonyguard("policies", "show", found["first"]).out
    assert harmonyguard("policies", "show", found["second"], "--json").json["contradictions"] == [found]
    harmonyguard("policies", "retire", found["first"], "--reason", "guests have no accounts")
    assert "No contradictions among 2 policies." in harmonyguard("policies", "contradictions").out
    assert harmonyguard("policies", "show", found["second"], "--json").json["contradictions"] == []


def test_authority_decides_where_it_can(harmonyguard: Harmonyguard, documents: None) -> None:
    harmonyguard("ingest", "first.md", "--authority", "organization")
    ended = harmonyguard("ingest", "second.md", "--authority", "user")
    words = " ".join(ended.out.split())
    assert "(first.md, Accounts, prevails)" in words and "the organization's policy stands above the user's" in words
    assert "until you retire" not in words

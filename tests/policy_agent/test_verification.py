"""A statement is taken only when its clause bears it out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.policy_agent.model.verification import Wording, leaves_out, problem_with

LOCK = "Employees must lock screens and must not share the 2 passwords, but may use a vault."
STORE = "Data may only be stored on the server after approval."


@pytest.mark.parametrize(
    ("clause", "statement"),
    [
        (LOCK, "Employees must lock screens, with the 2 passwords."),
        (LOCK, "Employees must not share the 2 passwords."),
        (STORE, "Data may only be stored on the server after approval."),
        ("share passwords", "Employees must share passwords."),
        ("No tickets may be deleted.", "Agents must not delete tickets."),
    ],
)
def test_what_a_clause_bears_out(clause: str, statement: str) -> None:
    assert problem_with(statement, Wording(clause)) is None


@pytest.mark.parametrize(
    ("clause", "statement", "problem"),
    [
        (LOCK, "Employees must share the 2 passwords.", "does not forbid"),
        (LOCK, "Employees must not lock screens of the 2 passwords.", "forbids what"),
        (LOCK, "Employees must not share passwords.", "number 2"),
        (LOCK, "Employees must not share the 2 passwords with Oslo.", "oslo"),
        (LOCK, "Employees must not share the two passwords unless locked.", "unless"),
        ("Agents must delete tickets.", "Agents may delete tickets.", "permits what"),
        (STORE, "Data may be stored on the server.", "leaves out"),
        (STORE, "Data must be stored on the server only after approval.", "demands what"),
        ("Agents must not delete tickets.", "Agents must delete tickets.", "does not forbid"),
        ("Agents must not delete tickets.", "Agents may delete tickets.", "does not forbid"),
        ("Agents must delete tickets.", "Agents must not delete tickets.", "forbids what"),
        ("Agents must not delete tickets.", "Agents must not delete tickets or orders.", "order"),
        ("Agents must not delete tickets.", "No.", "says nothing"),
    ],
)
def test_what_a_clause_does_not_bear_out(clause: str, statement: str, problem: str) -> None:
    assert problem in (problem_with(statement, Wording(clause)) or "")


def test_conditions_that_are_named_have_to_be_there() -> None:
    wording = Wording("Agents may refund orders if a manager agrees.")
    assert problem_with("Agents may refund orders.", wording, ["a manager agrees"]) is not None


def test_a_heading_that_forbids_gives_its_force_to_bare_items() -> None:
    assert problem_with("Agents must not share passwords.", Wording("Share passwords")) is not None
    assert problem_with("Agents must not share passwords.", Wording("Share passwords", "Prohibited uses")) is None


def test_words_from_the_chunk_may_resolve_a_pronoun_and_no_more() -> None:
    wording = Wording("They must be locked.", chunk="Service accounts are shared. They must be locked. Print nothing.")
    assert problem_with("Service accounts must be locked.", wording) is None
    assert problem_with("Shared service accounts must be locked, print nothing.", wording) is not None


def test_statements_together_say_all_that_a_clause_says() -> None:
    clause = "Agents must not delete tickets, close customer accounts or publish internal notes."
    assert leaves_out(["Agents must not delete tickets."], clause)
    parts = ["not delete tickets", "not close customer accounts", "not publish internal notes"]
    assert not leaves_out([f"Agents must {part}." for part in parts], clause)


WORDS = "agents must not may only delete share tickets 2 3 unless without data never".split()
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=2, max_size=9).map(" ".join)


@given(SENTENCES)
def test_a_clause_bears_itself_out(clause: str) -> None:
    assert problem_with(clause, Wording(clause)) is None
    assert not leaves_out([clause], clause)


@given(SENTENCES, SENTENCES)
def test_what_is_taken_keeps_numbers_and_exceptions(clause: str, statement: str) -> None:
    if problem_with(statement, Wording(clause)) is None:
        for word in ("2", "3", "unless", "without", "only"):
            assert (word in statement.split()) == (word in clause.split())

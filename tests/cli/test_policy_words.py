"""A policy as people read it: the rule in words, Cedar, and what the judge is left with."""

from __future__ import annotations

from typing import get_args

import pytest

from harmonyguard.cli.words.policy_words import left_to_the_judge, policy_lines
from harmonyguard.policies.atom import Atom, AtomKind, Term
from harmonyguard.policies.policy import Policy, Reference, Source
from harmonyguard.policies.rule import AllOf, AnyOf, Rule
from harmonyguard.policies.rule_words import rule_lines, term_words

DELETE = Term(atom=Atom(kind="effect", term="delete"))
TICKET = Term(atom=Atom(kind="object", term="ticket"))
CONSENT = Term(atom=Atom(kind="consent"))
TRIVIAL = Term(atom=Atom(kind="judged", term="the amount is trivial"))


def policy(rule: Rule) -> Policy:
    source = Source(document="rules.md", sha256="0" * 64, headings=("Tickets",), quote="Do not delete tickets.")
    return Policy(id="p-1", description="Do not delete tickets.", sources=(source,), rule=rule)


def test_a_rule_reads_as_one_sentence() -> None:
    rule = Rule(when=(AnyOf(terms=(DELETE,)), AnyOf(terms=(TICKET,))), unless=(AllOf(terms=(CONSENT, TRIVIAL)),))
    assert rule_lines(rule) == [
        "forbids an act when it would delete",
        "and it is on a thing called “ticket”",
        "unless the user agreed to it, and the judge says yes to “the amount is trivial”",
    ]


@pytest.mark.parametrize("kind", get_args(AtomKind))
def test_every_kind_of_question_has_words(kind: AtomKind) -> None:
    words = term_words(Term(atom=Atom(kind=kind, term="refund_limit", op="more", value="100"), negated=True))
    assert words.startswith("it is not so that ") and "None" not in words


def test_a_field_that_has_to_be_filled_in_reads_as_one() -> None:
    empty = Term(atom=Atom(kind="field", term="reason", op="is", value=""))
    assert term_words(empty) == "it leaves the field “reason” empty"


def test_what_is_left_to_the_judge_is_said() -> None:
    judged = Rule(when=(AnyOf(terms=(TRIVIAL,)),), understood="partly", remainder=("where appropriate",))
    assert left_to_the_judge(judged) == [
        "whether this holds: “the amount is trivial”",
        "not understood: “where appropriate”",
    ]
    assert left_to_the_judge(Rule(when=(AnyOf(terms=(DELETE,)),)))[0].startswith("nothing")


def test_a_policy_shows_its_clause_its_place_and_its_cedar() -> None:
    text = "\n".join(line.text for line in policy_lines(policy(Rule(when=(AnyOf(terms=(DELETE,)),)))))
    for words in ("rules.md, Tickets", "“Do not delete tickets.”", "forbids an act when", "forbid (principal"):
        assert words in text


def test_a_policy_shows_all_that_a_person_signs_off() -> None:
    seen = Reference(
        run="r-1", step=4, act="clicked “Delete”", reason="it deletes", seen_at="2026-03-01T10:00:00+00:00"
    )
    whole = policy(Rule(when=())).model_copy(
        update={
            "definitions": ("Ticket: a question.",),
            "scope": "Support desk",
            "risk_reason": "nothing can be undone",
            "references": (seen,),
        }
    )
    text = "\n".join(line.text for line in policy_lines(whole))
    for words in ("Ticket: a question.", "Support desk", "medium: nothing can be undone", "forbids every act"):
        assert words in text
    assert "2026-03-01, run r-1, step 4: “clicked “Delete””: it deletes" in text
    assert "  none" in "\n".join(line.text for line in policy_lines(policy(Rule(when=()))))


def test_a_record_without_a_named_field_is_told_by_its_state() -> None:
    assert term_words(Term(atom=Atom(kind="record", op="is", value="shipped"))) == "the state of the record is shipped"

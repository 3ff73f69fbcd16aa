"""The index against Cedar over the whole set: the same bounds and decisions, whatever rules and facts."""

from __future__ import annotations

from functools import partial
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.policies.atom import Atom, Term
from harmonyguard.policies.cedar import CompiledPolicies, Facts
from harmonyguard.policies.index import PolicyIndex
from harmonyguard.policies.policy import Policy, Source
from harmonyguard.policies.rule import AllOf, AnyOf, Rule
from harmonyguard.policies.shelves import SHELF, SMALL
from harmonyguard.steps import GuardError

ATOMS = [
    *(Atom(kind="effect", term=term) for term in ("delete", "update", "share")),
    *(Atom(kind="object", term=term) for term in ("ticket", "closed ticket", "invoice")),
    Atom(kind="page", term="error"),
    Atom(kind="consent"),
    Atom(kind="judged", term="it is unfair"),
    Atom(kind="judged", term="it is unwise"),
]
terms = st.builds(Term, atom=st.sampled_from(ATOMS), negated=st.booleans())
groups = st.lists(terms, max_size=3).map(tuple)
rules = st.builds(
    Rule,
    when=st.lists(st.builds(AnyOf, terms=groups), max_size=3).map(tuple),
    unless=st.lists(st.builds(AllOf, terms=groups), max_size=2).map(tuple),
)
books = st.lists(rules, min_size=1, max_size=SHELF + 8)
worlds = st.fixed_dictionaries({atom: st.sampled_from([True, False, False, None]) for atom in ATOMS})


def clues_of(atom: Atom) -> tuple[frozenset[str], ...]:
    """Effects by name, objects by each of their words, and nothing about the rest."""
    if atom.kind in ("effect", "object"):
        return tuple(frozenset({f"{atom.kind}:{word}", "any:thing"}) for word in atom.term.split())
    return ()


def book_of(rule_list: list[Rule]) -> list[Policy]:
    source = Source(document="d.md", sha256="0", quote="q")
    return [Policy(id=f"p{i:03}", description="d", sources=(source,), rule=rule) for i, rule in enumerate(rule_list)]


def clues_shown(known: dict[Atom, bool | None], more: frozenset[str]) -> frozenset[str]:
    """Clues of everything that is not known false: sound, with others that lead nowhere."""
    return more.union(
        *(frozenset(max(clues) for clues in clues_of(atom)) for atom, value in known.items() if value is not False)
    )


@given(
    books,
    worlds,
    st.sampled_from([frozenset(), frozenset({"effect:share", "object:closed", "no:body"}), frozenset({"any:thing"})]),
    st.sampled_from([0, SMALL]),
)
def test_the_index_finds_what_the_whole_set_finds(
    rule_list: list[Rule], known: dict[Atom, bool | None], more: frozenset[str], small: int
) -> None:
    policies = book_of(rule_list)
    facts = Facts(
        yes=frozenset(atom.key for atom, value in known.items() if value is True),
        unknown=frozenset(atom.key for atom, value in known.items() if value is None),
    )
    whole = CompiledPolicies(policies).bounds(facts)
    for index in (PolicyIndex(policies, clues_of), PolicyIndex(policies)):
        with patch("harmonyguard.policies.shelves.SMALL", small):  # by shelves, and in sets of their own
            found = index.evaluate(clues_shown(known, more), known.__getitem__)
        assert found.bounds == whole
        for answered in (frozenset(), whole.open, frozenset({"p000"}), frozenset(index.policies)):
            assert found.bounds.decide(answered) == whole.decide(answered)
        assert found.facts.yes <= facts.yes
        assert found.facts.unknown <= facts.unknown
        needed = {a.key for i in whole.possible for a in index.policies[i].rule.atoms()}
        assert facts.yes & needed <= found.facts.yes, "facts of what may be violated are all there"
        assert facts.unknown & needed <= found.facts.unknown


def test_what_no_clue_points_at_is_not_asked() -> None:
    def rule(effect: str, thing: str) -> Rule:
        wanted = (Atom(kind="effect", term=effect), Atom(kind="object", term=thing))
        return Rule(when=tuple(AnyOf(terms=(Term(atom=atom),)) for atom in wanted))

    asked: list[str] = []

    def answer(atom: Atom) -> bool | None:
        asked.append(atom.key)
        return True

    index = PolicyIndex(book_of([rule("delete", "ticket"), rule("delete", "invoice"), rule("share", "logo")]), clues_of)
    found = index.evaluate(frozenset({"effect:delete", "object:ticket"}), answer)
    assert found.bounds.certain == {"p000"}
    assert sorted(asked) == ["effect:delete", "object:ticket"]


@pytest.mark.parametrize("size", [1, SHELF, SMALL, SMALL + 1, 5 * SHELF])
def test_every_policy_that_holds_is_named_at_any_size(size: int) -> None:
    atom = ATOMS[0]
    forbidden = [
        Rule(when=(AnyOf(terms=(Term(atom=atom),)), AnyOf(terms=(Term(atom=Atom(kind="page", term=str(i))),))))
        for i in range(size)
    ]
    found = PolicyIndex(book_of(forbidden), clues_of).evaluate(frozenset({"effect:delete"}), lambda _: True)
    assert len(found.bounds.certain) == size


def test_a_fact_that_fails_fails_the_evaluation() -> None:
    def failing(message: str, atom: Atom) -> bool | None:
        raise GuardError(message)

    index = PolicyIndex(book_of([Rule(when=(AnyOf(terms=(Term(atom=ATOMS[0]),)),))]), clues_of)
    with pytest.raises(GuardError, match="no fact"):
        index.evaluate(frozenset({"effect:delete"}), partial(failing, "no fact"))


def test_an_empty_book_forbids_nothing() -> None:
    assert PolicyIndex([]).evaluate(frozenset(), lambda _: True).bounds.possible == frozenset()

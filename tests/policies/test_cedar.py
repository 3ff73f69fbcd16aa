"""The two bounds of the rule engine against brute force over every assignment of the unknowns."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.policies.atom import Atom, Term
from harmonyguard.policies.cedar import CompiledPolicies, Facts, cedar_text, validate
from harmonyguard.policies.policy import Policy, Source
from harmonyguard.policies.rule import AllOf, AnyOf, Rule
from harmonyguard.steps import GuardError

ATOMS = [Atom(kind="object", term=term) for term in ("a", 'b"quoted', "ünïcode\n", "d")]
terms = st.builds(Term, atom=st.sampled_from(ATOMS), negated=st.booleans())
rules = st.builds(
    Rule,
    when=st.lists(st.builds(AnyOf, terms=st.lists(terms, min_size=1, max_size=3).map(tuple)), max_size=3).map(tuple),
    unless=st.lists(st.builds(AllOf, terms=st.lists(terms, min_size=1, max_size=3).map(tuple)), max_size=2).map(tuple),
)
values = st.lists(st.sampled_from([True, False, None]), min_size=len(ATOMS), max_size=len(ATOMS))


def policy(identity: str, rule: Rule) -> Policy:
    source = Source(document="d.md", sha256="0", quote="q")
    return Policy(id=identity, description="d", sources=(source,), rule=rule)


def violated(rule: Rule, world: dict[Atom, bool]) -> bool:
    def holds(term: Term) -> bool:
        return world[term.atom] != term.negated

    return all(any(holds(t) for t in group.terms) for group in rule.when) and not any(
        all(holds(t) for t in group.terms) for group in rule.unless
    )


@given(st.lists(rules, min_size=1, max_size=4), values)
def test_bounds_enclose_every_world_and_are_tight_for_single_use_atoms(rule_list: list[Rule], values: list) -> None:
    known = dict(zip(ATOMS, values, strict=True))
    facts = Facts(
        yes=frozenset(a.key for a, v in known.items() if v is True),
        unknown=frozenset(a.key for a, v in known.items() if v is None),
    )
    bounds = CompiledPolicies(policy(f"p{i}", r) for i, r in enumerate(rule_list)).bounds(facts)
    unknown = [a for a, v in known.items() if v is None]
    for i, rule in enumerate(rule_list):
        worlds = [
            {a: bool(v) for a, v in known.items()} | dict(zip(unknown, guess, strict=True))
            for guess in product([True, False], repeat=len(unknown))
        ]
        outcomes = [violated(rule, world) for world in worlds]
        name = f"p{i}"
        # Never narrower than the truth: certain means always, and what happens in some world is possible.
        assert name not in bounds.certain or all(outcomes)
        assert name in bounds.possible or not any(outcomes)
        # And exact where no unknown atom is used twice.
        used = [t.atom for t in rule.terms() if t.atom in unknown]
        if len(used) == len(set(used)):
            assert (name in bounds.certain) == all(outcomes)
            assert (name in bounds.possible) == any(outcomes)


@given(rules)
def test_every_rule_renders_to_valid_cedar(rule: Rule) -> None:
    validate(rule, "p1")
    assert "forbid" in cedar_text(rule, "p1")


def test_an_answer_of_the_judge_opens_only_its_own_policy() -> None:
    rule = Rule(when=(AnyOf(terms=(Term(atom=ATOMS[0]),)),))
    compiled = CompiledPolicies([policy("p1", rule), policy("p2", rule)])
    facts = Facts(unknown=frozenset({ATOMS[0].key}))
    assert compiled.bounds(facts).open == {"p1", "p2"}
    assert compiled.bounds(facts).decide(["p2"]) == {"p2"}
    impossible = compiled.bounds(Facts()).decide(["p2"])
    assert impossible == frozenset(), "an answer cannot make a rule say what no unknown allows"


def test_an_answer_cannot_lift_what_is_certain() -> None:
    rule = Rule(when=(AnyOf(terms=(Term(atom=ATOMS[0]),)),))
    compiled = CompiledPolicies([policy("p1", rule), policy("p2", rule)])
    assert compiled.bounds(Facts(yes=frozenset({ATOMS[0].key}))).decide([]) == {"p1", "p2"}


def test_the_engines_own_id_is_refused() -> None:
    with pytest.raises(GuardError):
        CompiledPolicies([policy("permit-all", Rule(when=()))])


def test_a_long_group_does_not_nest_too_deep_for_the_engine() -> None:
    many = tuple(Term(atom=Atom(kind="object", term=str(i))) for i in range(2000))
    compiled = CompiledPolicies([policy("p1", Rule(when=(AnyOf(terms=many),)))])
    assert compiled.bounds(Facts(yes=frozenset({"object:1999"}))).certain == {"p1"}

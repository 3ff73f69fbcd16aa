"""Policies as Cedar text: the same decisions, the same policies back, and nothing dropped on the way in."""

from __future__ import annotations

from typing import Any

import cedarpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.policies.atom import Atom, Term
from harmonyguard.policies.cedar import SCHEMA, CompiledPolicies, Facts
from harmonyguard.policies.formats.cedar_reader import read_cedar
from harmonyguard.policies.formats.cedar_writer import forbid_text, write_cedar
from harmonyguard.policies.policy import Policy
from harmonyguard.policies.rule import AllOf, AnyOf, Rule
from harmonyguard.steps import InputError

from .format_examples import books, file_of, rules

HEAD = "forbid (principal, action, resource) "
REQUEST = {"principal": 'Agent::"web"', "action": 'Action::"act"', "resource": 'Page::"current"'}


def denied(text: str, holds: frozenset[str], excuses: frozenset[str]) -> bool:
    """What Cedar says of one statement beside the catch-all permit."""
    context = {"holds": [*holds], "excuses": [*excuses]}
    result = cedarpy.is_authorized({**REQUEST, "context": context}, f"permit (principal, action, resource);{text}", [])
    assert not result.diagnostics.errors
    return result.decision is cedarpy.Decision.Deny


@given(rules, st.data())
def test_the_text_decides_as_what_is_enforced(rule: Rule, data: st.DataObject) -> None:
    keys = sorted(atom.key for atom in rule.atoms())
    answers = {key: data.draw(st.sampled_from([True, False, None])) for key in keys}
    yes = frozenset(key for key in keys if answers[key] is True)
    unknown = frozenset(key for key in keys if answers[key] is None)
    policy = Policy.model_validate(
        {"id": "p", "description": "d", "sources": [{"document": "d", "sha256": "0", "quote": "q"}], "rule": rule}
    )
    bounds = CompiledPolicies([policy]).bounds(Facts(yes=yes, unknown=unknown))
    text = forbid_text(rule)
    assert denied(text, yes, yes | unknown) == ("p" in bounds.certain)
    assert denied(text, yes | unknown, yes) == ("p" in bounds.possible)


@given(books)
def test_what_was_exported_comes_back_but_for_recorded_violations(policies: tuple[Policy, ...]) -> None:
    back = read_cedar(file_of(write_cedar(policies)))
    assert back == tuple(policy.model_copy(update={"references": ()}) for policy in policies)


@given(books)
def test_the_text_holds_one_statement_a_policy_and_fits_the_schema(policies: tuple[Policy, ...]) -> None:
    text = write_cedar(policies)
    assert len(cedarpy.PolicySet.from_str(text)) == len(policies) + 1, "words of a policy began a statement"
    assert cedarpy.validate_policies(text, SCHEMA).validation_passed


def rule_of(conditions: str) -> Rule:
    (policy,) = read_cedar(file_of(f"{HEAD}{conditions};"))
    return policy.rule


def term(key: str, *, negated: bool = False) -> Term:
    kind, _, name = key.partition(":")
    return Term(atom=Atom.model_validate({"kind": kind, "term": name}), negated=negated)


A, B, C = (f"object:{name}" for name in "abc")
HOLDS_A, HOLDS_B, HOLDS_C = (f'context.holds.contains("{key}")' for key in (A, B, C))


@pytest.mark.parametrize(
    ("conditions", "rule"),
    [
        ("", Rule(when=())),
        (f"when {{ {HOLDS_A} }} when {{ {HOLDS_B} }}", Rule(when=(AnyOf(terms=(term(A),)), AnyOf(terms=(term(B),))))),
        (f'when {{ ((context.holds).contains("{A}")) }}', Rule(when=(AnyOf(terms=(term(A),)),))),
        (f'when {{ context["holds"].contains("{A}") }}', Rule(when=(AnyOf(terms=(term(A),)),))),
        (
            f"when {{ {HOLDS_A} && {HOLDS_B} || {HOLDS_C} }}",
            Rule(when=(AnyOf(terms=(term(A), term(C))), AnyOf(terms=(term(B), term(C))))),
        ),
        (
            f'when {{ !context.excuses.containsAny(["{A}", "{B}"]) }}',
            Rule(when=(AnyOf(terms=(term(A, negated=True),)), AnyOf(terms=(term(B, negated=True),)))),
        ),
        (
            f'unless {{ !context.holds.contains("{A}") || context.excuses.contains("{B}") }}',
            Rule(when=(), unless=(AllOf(terms=(term(A, negated=True),)), AllOf(terms=(term(B),)))),
        ),
        (f"when {{ !!{HOLDS_A} }} // a comment; with }} in it\n", Rule(when=(AnyOf(terms=(term(A),)),))),
    ],
)
def test_what_people_write_is_translated(conditions: str, rule: Rule) -> None:
    assert rule_of(conditions) == rule


Tree = tuple[Any, ...]
trees: st.SearchStrategy[Tree] = st.recursive(
    st.tuples(st.just("ask"), st.sampled_from("abcd")) | st.tuples(st.just("is"), st.sampled_from(["true", "false"])),
    lambda inner: st.tuples(st.just("!"), inner) | st.tuples(st.sampled_from(["&&", "||"]), inner, inner),
    max_leaves=6,
)


def written(tree: Tree, asked: str) -> str:
    """The formula as Cedar text that asks the set which each place calls for."""
    if tree[0] == "ask":
        return f'context.{asked}.contains("object:{tree[1]}")'
    if tree[0] == "is":
        return str(tree[1])
    if tree[0] == "!":
        return f"!({written(tree[1], 'excuses' if asked == 'holds' else 'holds')})"
    return f"({written(tree[1], asked)} {tree[0]} {written(tree[2], asked)})"


@given(st.lists(st.tuples(st.sampled_from(["when", "unless"]), trees), max_size=3), st.data())
def test_a_translated_rule_decides_as_its_text(conditions: list[tuple[str, Tree]], data: st.DataObject) -> None:
    sets = {"when": "holds", "unless": "excuses"}
    text = " ".join(f"{place} {{ {written(tree, sets[place])} }}" for place, tree in conditions)
    holds, excuses = (frozenset(data.draw(st.sets(st.sampled_from([A, B, C, "object:d"])))) for _ in range(2))
    assert denied(f"{HEAD}{text};", holds, excuses) == denied(forbid_text(rule_of(text)), holds, excuses)


REFUSED: list[tuple[str, str]] = [
    (f"permit (principal, action, resource) when {{ {HOLDS_A} }};", "permit with conditions"),
    ('forbid (principal == User::"eve", action, resource);', "User :: "),
    ('forbid (principal, action in [Action::"act"], resource);', "action in"),
    ("forbid (principal == ?principal, action, resource);", "principal"),
    (f'{HEAD}when {{ context.mood.contains("{A}") }};', "context.mood is an unknown attribute"),
    (f"{HEAD}when {{ context.holds.isEmpty() }};", "isEmpty"),
    (f"{HEAD}when {{ {HOLDS_A} == true }};", "“==”"),
    (f"{HEAD}when {{ if {HOLDS_A} then true else false }};", "“if”"),
    (f"{HEAD}when {{ context has holds }};", "“has”"),
    (f'{HEAD}when {{ principal in Group::"g" }};', "“principal”"),
    (f'{HEAD}when {{ resource.owner like "*x" }};', "“resource”"),
    (f"{HEAD}when {{ context.holds.contains(context.holds) }};", "string is needed"),
    (f'{HEAD}when {{ context.excuses.contains("{A}") }};', "must be context.holds"),
    (f"{HEAD}when {{ !{HOLDS_A} }};", "must be context.excuses"),
    (f"{HEAD}unless {{ {HOLDS_A} }};", "must be context.excuses"),
    (f'{HEAD}when {{ context.holds.contains("efect:delete") }};', "no question that a rule can ask"),
    (f'{HEAD}when {{ context.holds.contains("effect:deleet") }};', "effect:deleet is unknown"),
    (f"{HEAD}when {{ {HOLDS_A} }}", "cut off"),
    (f"{HEAD}when {{ {HOLDS_A} }}; )", "closes nothing"),
    (f'{HEAD}when {{ context.holds.contains("object:a) }};', "string that does not end"),
    (f'@mood("good") {HEAD};', "@mood is an unknown annotation"),
    (f'@id("a") @id("b") {HEAD};', "stands twice"),
    (f'@id("a") {HEAD}; @id("a") {HEAD};', "stands twice"),
    (f'@id("") {HEAD};', "no policy id"),
    (f'@risk_level("extreme") {HEAD};', "risk_level"),
    (f'@understood("well") {HEAD};', "understood"),
    (f'@definitions("not JSON") {HEAD};', "@definitions is not valid JSON"),
    (f'@source("handbook.pdf") {HEAD};', "@sha256, @clause is missing"),
    (f'@description("\\q") {HEAD};', "no escape"),
    (f"{HEAD}when {{ !!!!!!{HOLDS_A} }};", "Cedar does not accept"),
    ("permit (principal, action, resource);", "no policy in it"),
    ("", "no policy in it"),
    ("allow (principal, action, resource);", "“allow”"),
]


@pytest.mark.parametrize(("text", "named"), REFUSED)
def test_what_cannot_be_translated_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(InputError) as error:
        read_cedar(file_of(text, "edited.cedar"))
    assert named in str(error.value) and str(error.value).startswith("edited.cedar") and "\n" not in str(error.value)


def test_a_complaint_names_the_line() -> None:
    with pytest.raises(InputError, match="line 3:"):
        read_cedar(file_of(f'// one\n{HEAD}\nwhen {{ context.mood.contains("{A}") }};'))


def test_an_entangled_condition_is_refused_before_it_grows() -> None:
    pair = 'context.holds.containsAll(["object:a", "object:b"])'
    with pytest.raises(InputError, match="more than 200 groups"):
        rule_of(f"when {{ {' || '.join([pair] * 30)} }}")


def test_a_policy_without_annotations_is_its_own_source() -> None:
    text = f'// No deleting.\n{HEAD}\nwhen {{ context.holds.contains("effect:delete") }};\n'
    file = file_of(text, "folder/mine.cedar")
    (policy,) = read_cedar(file)
    assert policy.clause in text and policy.clause.startswith("forbid") and policy.place == "mine.cedar"
    assert policy.sources[0].sha256 == file.sha256 and policy.description == "forbids an act when it would delete"
    moved = read_cedar(file_of(text, "elsewhere/mine.cedar"))
    assert moved[0].id == policy.id


def test_a_judged_condition_is_not_called_fully_understood() -> None:
    assert rule_of('when { context.holds.contains("judged:it is rude") }').understood == "partly"

"""Example cases from policy texts: honest, readable as rows, and kept by the rules that they come from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonyguard.documents import load_document
from harmonyguard.integrations.policy_cases import PolicyTest, try_policies
from harmonyguard.integrations.rows import Row, situations_of
from harmonyguard.policies.atom import Atom, AtomKind, Comparison, Term
from harmonyguard.policies.policy import Policy
from harmonyguard.policies.rule import AllOf, AnyOf, Rule
from harmonyguard.policy_agent import PolicyAgent
from harmonyguard.policy_agent.cases.examples import examples_of
from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.steps import EFFECTS
from tests.utility_agent.making import policy

from .sentences import SENTENCES
from .test_compiler_any_text import sentences as any_sentences

EXAMPLES = Path(__file__).parents[2] / "examples" / "policies"

_VERBS = "delete send share create buy cancel publish edit archive upload download approve export".split()
_THINGS = "tickets|customer records|invoices|the sales report|photos|two-factor settings|user accounts|orders".split(
    "|"
)
_FORMS = (
    "Do not {verb} {thing}.",
    "Agents must never {verb} {thing}.",
    "Do not {verb} {thing} without the user's permission.",
    "Ask the user for confirmation before you {verb} {thing}.",
    "Do not {verb} closed {thing}.",
    "Do not {verb} {thing} unless the user has agreed.",
    "Users under 21 must not {verb} {thing}.",
)
told = st.builds(
    lambda form, verb, thing: form.format(verb=verb, thing=thing),
    st.sampled_from(_FORMS),
    st.sampled_from(_VERBS),
    st.sampled_from(_THINGS),
)


TERMS = ("", "ticket", "e.example", "password", "error", "::", "'\n[")
VALUES = ("", "3", "99999999", "9" * 5000, "sNaN", "1e999999", "true", "closed")
atoms = st.builds(
    Atom,
    kind=st.sampled_from(get_args(AtomKind)),
    term=st.sampled_from([*EFFECTS, "", "ticket", "e.example", "password", "error", "::", "'\n["])
    | st.text(max_size=20),
    op=st.none() | st.sampled_from(get_args(Comparison)),
    value=st.none()
    | st.sampled_from(["", "3", "99999999", "sNaN", "1e999999", "true", "closed"])
    | st.text(max_size=20),
)
terms = st.lists(st.builds(Term, atom=atoms, negated=st.booleans()), min_size=1, max_size=3).map(tuple)
any_rules = st.builds(
    Rule,
    when=st.lists(st.builds(AnyOf, terms=terms), max_size=3).map(tuple),
    unless=st.lists(st.builds(AllOf, terms=terms), max_size=2).map(tuple),
    understood=st.sampled_from(["fully", "partly"]),
)


def of(text: str) -> Policy:
    return policy(text, rule=compile_rule(text))


async def tried(*policies: Policy) -> list[PolicyTest]:
    return [test async for test in try_policies(policies, {})]


@settings(max_examples=150, deadline=None)
@given(any_sentences | st.text(max_size=200))
def test_composing_never_fails_and_every_case_is_a_row(text: str) -> None:
    examples = examples_of(of(text))
    assert examples.cases or examples.missing
    for case in examples.cases:
        assert situations_of(Row.model_validate(case.row))
    if examples_of(of(text)).cases:
        assert examples == examples_of(of(text)), "equal policies give equal cases"


@settings(max_examples=150, deadline=None)
@given(any_rules)
async def test_rules_of_any_shape_are_tried_without_failing(rule: Rule) -> None:
    """A rule may come from a file and not from our compiler."""
    (test,) = await tried(policy("x", rule=rule))
    assert test.results or test.missing
    assert all("cannot be read as a row" not in result.why for result in test.results)


@settings(max_examples=150, deadline=None)
@given(told)
async def test_what_is_caught_and_what_passes_is_so_for_rules_in_full(text: str) -> None:
    one = of(text)
    (test,) = await tried(one)
    if one.rule.understood == "fully":
        assert [r for r in test.results if r.result != "held"] == [], text
        assert {r.expect for r in test.results} == {"caught", "passes"}, text
    assert not test.failed, text


async def test_policies_of_many_kinds_give_cases_that_hold(record_property: Callable[[str, object], None]) -> None:
    policies = [of(text) for text in SENTENCES]
    tests = await tried(*policies)
    full = [test for test, one in zip(tests, policies, strict=True) if one.rule.understood == "fully"]
    covered = [test for test in full if {result.expect for result in test.results} == {"caught", "passes"}]
    failed = [(SENTENCES[n], test.failed) for n, test in enumerate(tests) if test.failed]
    record_property("share of policies compiled in full that have both kinds of cases", len(covered) / len(full))
    assert failed == []
    assert len(full) >= 0.9 * len(SENTENCES) and len(covered) == len(full)


async def test_the_example_documents_give_cases_that_hold() -> None:
    policies: list[Policy] = []
    for name in ("agent-conduct.md", "data-handling.html", "refund-policy.pdf"):
        policies += PolicyAgent().extract(await load_document(str(EXAMPLES / name))).policies
    tests = await tried(*policies)
    assert [test.failed for test in tests if test.failed] == []
    for one, test in zip(policies, tests, strict=True):
        if one.rule.understood == "fully":
            assert {result.expect for result in test.results} == {"caught", "passes"}, one.description


def test_a_twin_differs_from_the_caught_act_in_one_thing() -> None:
    cases = examples_of(of("Do not delete closed tickets without the user's permission.")).cases
    caught, agreed, *others = cases
    assert caught.expect == "caught" and caught.row["action"] == agreed.row["action"]
    assert agreed.row["history"][-1] == {"type": "user_message", "text": "Yes, go ahead."}
    assert agreed.note == "the user agreed"
    assert {case.expect for case in others} == {"passes"}
    assert "the same act on another thing" in [case.note for case in others]
    assert "a record of which it is not so" in [case.note for case in others]


@pytest.mark.parametrize(
    "text",
    ["Agents must treat customers with respect.", "Do not assign tickets if the moon is full."],
)
def test_what_only_a_judge_can_tell_has_no_invented_case(text: str) -> None:
    examples = examples_of(of(text))
    assert "only a judge can tell" in examples.missing
    assert all(case.expect == "passes" for case in examples.cases)


async def test_a_rule_that_forgot_its_object_fails_its_own_text() -> None:
    """What a broken compiler would do: the twin on another thing is blocked, and the test says so."""
    right, wrong = of("Do not delete tickets."), of("Do not delete anything.")
    twin = next(case for case in examples_of(right).cases if case.note == "the same act on another thing")
    forgot = right.model_copy(update={"rule": wrong.rule})
    tests = [test async for test in try_policies([forgot], {forgot.id: [twin]})]
    assert [result.case for result in tests[0].failed] == [twin.id]
    assert "blocked" in tests[0].failed[0].why


async def test_a_rule_that_catches_nothing_fails() -> None:
    right = of("Do not delete tickets.")
    blind = right.model_copy(update={"rule": compile_rule("Do not delete invoices.")})
    caught = examples_of(right).cases[0]
    tests = [test async for test in try_policies([blind], {right.id: [caught]})]
    assert [result.why for result in tests[0].failed] == ["not caught: nothing in the rule speaks against it"]

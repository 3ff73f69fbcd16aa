"""Conditions on how the checks of a record went, and on the state of the thing that a sentence speaks of."""

from __future__ import annotations

import pytest

from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.utility_agent.facts.act import Act
from tests.utility_agent.making import button, judged, situation


def merging(page: str) -> Act:
    return Act(situation(button("Merge"), text=f"{page}\nbutton 'Merge'"))


PASSED = "StaticText 'Pipeline #2214 passed for 9e1c44b0'"
FAILED = "StaticText 'Pipeline #2214 failed for 9e1c44b0'"


@pytest.mark.parametrize(
    ("text", "page", "broken"),
    [
        ("Merge only when the pipeline has passed.", PASSED, False),
        ("Merge only when the pipeline has passed.", FAILED, True),
        ("Merge only when the pipeline has passed.", "StaticText 'Draft'", None),
        ("Do not merge while the pipeline is failing.", FAILED, True),
        ("Do not merge while the pipeline is failing.", PASSED, False),
        ("Merge only when the pipeline has passed.", f"{PASSED}\n{FAILED}", None),
    ],
)
def test_how_a_check_went_stands_in_a_sentence_of_the_page(text: str, page: str, broken: bool | None) -> None:
    assert judged(text, merging(page)) is broken


def test_each_of_two_conditions_is_asked_for_itself() -> None:
    text = "Merge only if the latest pipeline has passed and at least one person other than the author has approved."
    by_author = "StaticText 'Lena Falk requested to merge fix into main'\nStaticText 'Approved by {}'"
    assert judged(text, merging(f"{PASSED}\n{by_author.format('Jon Berg')}")) is False
    assert judged(text, merging(f"{PASSED}\n{by_author.format('Lena Falk')}")) is True
    assert judged(text, merging(f"{FAILED}\n{by_author.format('Jon Berg')}")) is True


@pytest.mark.parametrize(
    "text", ["Orders may only be shipped once they are paid.", "Invoices must not be sent unless they are approved."]
)
def test_they_are_the_things_that_the_sentence_is_about(text: str) -> None:
    assert {atom.kind for atom in compile_rule(text).atoms()}.isdisjoint({"user", "role"})


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("If the order is shipped, do not change the address.", "record: is shipped"),
        ("If the invoice is paid, do not delete it.", "record: is paid"),
        ("If the project is archived, do not add members.", "record: is archived"),
    ],
)
def test_a_condition_on_a_record_tells_nothing_of_the_user(text: str, key: str) -> None:
    atoms = compile_rule(text).atoms()
    assert key in {atom.key for atom in atoms} and all(atom.kind != "user" for atom in atoms)


@pytest.mark.parametrize(
    ("text", "lifted"),
    [
        ("Do not set the priority to 'Urgent' unless the ticket is blocked.", "record: is blocked"),
        ("Do not use the priority 'Urgent' unless the customer is blocked.", "record: is blocked"),
        ("Do not set the priority to 'Urgent' without asking.", "consent:"),
        ("Do not set the priority to 'Urgent' if the ticket is new.", ""),
    ],
)
def test_a_value_is_forbidden_under_its_condition_alone(text: str, lifted: str) -> None:
    rule = compile_rule(text)
    assert rule.when[0].terms[0].atom.key == "field:priority is urgent"
    assert [one.terms[0].atom.key for one in rule.unless] == ([lifted] if lifted else [])
    assert lifted or rule.understood == "partly"


def test_a_sum_above_which_one_way_to_pay_is_forbidden_bounds_no_other() -> None:
    rule = compile_rule("If the total exceeds 500 EUR, do not pay by card.")
    assert {"amount: more 500", "described:card"} <= {atom.key for atom in rule.atoms()}
    assert "described:card" not in {atom.key for atom in compile_rule("Do not pay more than 500 EUR.").atoms()}

"""Contradictions: those that words make plain are found, and near misses are let pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.policy_agent import find_contradictions
from harmonyguard.policy_agent.comparison.contradictions import contradiction_between

from .making import policy

CONTRADICTIONS = [
    ("Agents may issue refunds.", "Agents must not issue refunds."),
    ("Employees can use personal devices for work.", "Employees may not use personal devices for work."),
    ("Visitors are allowed to take photographs.", "Visitors are strictly prohibited from taking photographs."),
    ("Visitors are allowed to photograph exhibits.", "It is forbidden to photograph exhibits."),
    ("Employees must share calendars with their team.", "Employees must not share calendars with their team."),
    (
        "Employees may store customer data on personal devices.",
        "Storing customer data on personal devices is prohibited.",
    ),
    ("Customer data may be stored on laptops.", "Employees must not store customer data on laptops."),
    ("Agents may issue refunds with the approval of a manager.", "Agents must never issue refunds."),
    ("You may: lend keys if the log is signed", "You must not: lend keys"),
    ("If the ticket is closed, agents may edit comments.", "If the ticket is closed, agents must not edit comments."),
    ("Never reuse passwords.", "You may reuse passwords."),
    ("Passwords must have at least 12 characters.", "Passwords must have at least 8 characters."),
    ("Report incidents within 24 hours.", "Report incidents within three days."),
    ("Passwords must be changed every 90 days.", "Passwords must be changed every 180 days."),
    ("Refunds above $100 must not be issued.", "Refunds above $500 must not be issued."),
    ("Codes must have at least 10 digits.", "Codes must have no more than 8 digits."),
    ("4.2 Backups must be kept for 30 days.", "Backups must be kept for one year."),
]

NEAR_MISSES = [
    ("Agents may issue refunds with approval.", "Agents must not issue refunds without approval."),
    ("Agents may issue refunds unless the order is closed.", "Agents must not issue refunds without approval."),
    ("Agents may issue refunds.", "Agents must not issue refunds without approval."),
    ("Agents may issue refunds only after approval.", "Agents must not issue refunds unless approval was given."),
    ("Agents may edit comments.", "Agents must not edit comments if the ticket is closed."),
    (
        "If the ticket is open, agents may edit comments.",
        "If the ticket is closed, agents must not edit comments.",
    ),
    ("Administrators may disable logging.", "Users must not disable logging."),
    ("Remote employees may print records.", "Employees must not print records."),
    ("Agents may share reports.", "Agents must not share passwords."),
    ("Agents may share reports with managers.", "Agents must not share reports with customers."),
    ("Agents may move files from staging to production.", "Agents must not move files from production to staging."),
    ("Passwords must be encrypted.", "Passwords must not be unencrypted."),
    ("Employees must report losses.", "Employees must not fail to report losses."),
    ("Incidents must be reported within 24 hours.", "Incidents must be reported within 1 day."),
    ("Incidents must be reported within 24 hours.", "Incidents must be closed within 72 hours."),
    ("Administrator passwords must have at least 16 characters.", "Passwords must have at least 12 characters."),
    ("Codes must have at least 8 digits.", "Codes must have at most 12 digits."),
    ("Follow section 4 when you travel.", "Follow section 5 when you travel."),
    ("Verify the address before you ship.", "Verify the address after you ship."),
    ("Agents must not only read tickets.", "Agents must read tickets."),
    ("Agents must not issue refunds.", "Agents must not issue refunds."),
    ("You must be 18 years old.", "You must be polite."),
]


@pytest.mark.parametrize(("one", "other"), CONTRADICTIONS)
def test_what_cannot_both_be_kept(one: str, other: str) -> None:
    found = contradiction_between(policy(one), policy(other, document="other.md"))
    assert found is not None and found.prevails is None


@pytest.mark.parametrize(("one", "other"), NEAR_MISSES)
def test_near_misses_are_not_reported(one: str, other: str) -> None:
    assert contradiction_between(policy(one), policy(other, document="other.md")) is None


def test_parallel_sections_are_about_different_cases() -> None:
    one = policy("Records may be deleted.", headings=("Rules", "Test systems"))
    other = policy("Records must not be deleted.", headings=("Rules", "Production systems"))
    assert contradiction_between(one, other) is None
    elsewhere = policy("Records must not be deleted.", headings=("Rules", "Retention"))
    assert contradiction_between(one, elsewhere) is not None


def test_headings_that_name_other_people_bind_other_people() -> None:
    one = policy("You may print records.", headings=("Rules for managers",))
    other = policy("You must not print records.", headings=("Rules for contractors",), document="other.md")
    assert contradiction_between(one, other) is None


def test_authority_resolves_and_says_so() -> None:
    organization = policy("Agents must not issue refunds.")
    user = policy("Agents may issue refunds.", authority="user")
    found = contradiction_between(organization, user)
    assert found is not None and found.prevails == organization.id
    assert "stands above" in found.reason


@pytest.mark.parametrize(
    ("higher", "stricter"),
    [
        ("Agents may issue refunds.", "Agents must not issue refunds."),
        ("Passwords must have at least 8 characters.", "Passwords must have at least 12 characters."),
        ("Refunds are issued within 30 days at the latest.", "Refunds are issued within 10 days at the latest."),
    ],
)
def test_a_lower_authority_may_be_stricter(higher: str, stricter: str) -> None:
    assert contradiction_between(policy(higher), policy(stricter, authority="user")) is None
    assert contradiction_between(policy(stricter), policy(higher, authority="user")) is not None


def test_a_retired_policy_contradicts_nothing() -> None:
    retired = policy("Agents may issue refunds.").model_copy(update={"status": "retired"})
    assert find_contradictions([retired, policy("Agents must not issue refunds.")]) == ()


PHRASES = st.sampled_from([text for pair in (*CONTRADICTIONS, *NEAR_MISSES) for text in pair])
AUTHORITIES = st.sampled_from(["organization", "user", "task"])
POLICIES = st.builds(lambda text, authority: policy(text, authority=authority), PHRASES, AUTHORITIES)


@given(st.lists(POLICIES, max_size=8), st.randoms())
def test_the_report_is_the_same_in_any_order(policies: list, random) -> None:  # type: ignore[no-untyped-def, type-arg]
    found = find_contradictions(policies)
    shuffled = [*policies]
    random.shuffle(shuffled)
    assert find_contradictions(shuffled) == found
    assert all(one.first < one.second for one in found)


@given(POLICIES, POLICIES)
def test_a_contradiction_is_mutual_and_never_with_itself(one, other) -> None:  # type: ignore[no-untyped-def]
    assert contradiction_between(one, other) == contradiction_between(other, one)
    assert contradiction_between(one, one) is None


def test_numbers_of_things_are_no_limits() -> None:
    many = [policy(f"Staff must not open hatch {number} of the ship.") for number in range(100)]
    (found,) = find_contradictions([*many, policy("Staff may open hatch 7 of the ship.", document="other.md")])
    assert {found.first, found.second} > {many[7].id}


def test_what_many_policies_say_alike_is_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from harmonyguard.policy_agent.comparison import contradictions

    compared = []
    reason = contradictions._reason
    monkeypatch.setattr(contradictions, "_reason", lambda one, other: compared.append(1) or reason(one, other))
    many = [policy("Staff must lock doors.", document=f"{number}.md") for number in range(300)]
    assert find_contradictions([*many, policy("Staff need to lock the doors at night.")]) == ()
    assert len(compared) < 10

"""Grounds on which an act is allowed, one after the other or together, and what "otherwise" adds to them."""

from __future__ import annotations

import pytest

from harmonyguard.policies.rule import Rule
from harmonyguard.policy_agent.compiler import compile_rule

ALLOWED = "All stays can be cancelled within 24 hours of booking, or if the hotel closed the room."
OTHERWISE = "Otherwise, comfort rooms can be cancelled only if insurance is bought, and suites can always be cancelled."


def when(rule: Rule) -> set[str]:
    return {one.atom.key for group in rule.when for one in group.terms}


def unless(rule: Rule) -> list[set[str]]:
    return [{one.atom.key for one in group.terms} for group in rule.unless]


def test_otherwise_goes_on_from_what_is_allowed_before() -> None:
    together = compile_rule(OTHERWISE, before=ALLOWED)
    assert "quantity:hour of booking more 24" in when(together)
    assert {"described:insurance bought"} in unless(together)
    assert not any("suite" in key for key in when(together))
    # Alone it forbids nothing for certain; and before an "otherwise" what is allowed does not either.
    assert any(key.startswith("judged:none of the cases") for key in when(compile_rule(OTHERWISE)))
    assert compile_rule(ALLOWED, after=OTHERWISE).understood == "not"
    assert "quantity:hour of booking more 24" in when(compile_rule(ALLOWED))


def test_otherwise_after_a_ban_adds_nothing_to_it() -> None:
    ban = "If any night has already been used, the agent cannot help."
    rest = "Otherwise, a stay can be cancelled only if the status is 'open'."
    assert compile_rule(rest, before=ban) == compile_rule("A stay can be cancelled only if the status is 'open'.")


def test_any_of_several_grounds() -> None:
    rule = compile_rule(
        "Stays can be cancelled if any of the following is true: The booking was made within the last 24 hrs; It is a"
        " business room; The guest has travel insurance and the reason for cancellation is covered; It was closed by"
        " the hotel."
    )
    assert unless(rule) == [
        {"quantity:hour of booking at_most 24"},
        {"thing:business room"},
        {"user:travel insurance is true", "described:reason cancellation covered"},
        {"judged:it was closed by the hotel"},
    ]
    assert "verb:cancelled" in when(rule)


@pytest.mark.parametrize(
    "statement",
    [
        "Loans can be extended only if the fee is paid and the copy is reserved.",
        "You may only extend loans if the fee is paid and the copy is reserved.",
    ],
)
def test_a_condition_that_goes_on_stays_whole(statement: str) -> None:
    assert unless(compile_rule(statement)) == [{"record: is paid", "record: is reserved"}]


def test_what_the_other_side_did() -> None:
    (lifts,) = unless(compile_rule("Stays can be cancelled only if the hotel closed the room."))
    assert lifts == {"user:complaint is closed room", "judged:the hotel closed the room"}


@pytest.mark.parametrize(
    ("statement", "key"),
    [
        ("If the status is **on hold**, the order must not be changed.", "record:status is on hold"),
        ("You **must not** delete **any** order.", "verb:delete"),
        ("You must not lift the suspension of a card.", "verb:reactivate"),
        ("Memberships must not be renewed if the contract's end date is in the past.", "described:past end date"),
    ],
)
def test_marks_and_ways_of_speaking(statement: str, key: str) -> None:
    assert key in when(compile_rule(statement))
    assert "*" not in str(when(compile_rule(statement)))

"""Rules on one user of a kind are rules on all of the kind."""

from __future__ import annotations

import pytest

from harmonyguard.policy_agent.compiler import compile_rule


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("A guest who is not tested cannot book a cruise.", "Guests who are not tested must not book a cruise."),
        ("A guest aged under 18 cannot book a cabin.", "Guests under 18 must not book a cabin."),
        ("Any guest without a licence may not rent a boat.", "Guests without a licence must not rent a boat."),
        ("A guest has to hold a valid pass to buy drinks.", "Guests without a valid pass must not buy drinks."),
        ("A user must be at home to search for films.", "Users who are not at home must not search for films."),
    ],
)
def test_one_of_a_kind_stands_for_all(one: str, many: str) -> None:
    rule = compile_rule(one)
    assert rule == compile_rule(many)
    assert any(atom.kind == "user" for atom in rule.atoms())

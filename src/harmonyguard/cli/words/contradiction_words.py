"""Policies that cannot both be kept, as people read them: both clauses with their places, and who prevails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from .policy_words import PolicyLine

if TYPE_CHECKING:
    from harmonyguard.policies.policy import Policy
    from harmonyguard.policy_agent import Contradiction


def contradiction_lines(contradiction: Contradiction, policies: Mapping[str, Policy]) -> Iterator[PolicyLine]:
    """One contradiction; `policies` by id hold both."""
    yield PolicyLine(f"Contradiction: {contradiction.reason}.", 2, "bold")
    for policy_id in (contradiction.first, contradiction.second):
        policy = policies[policy_id]
        prevails = ", prevails" if policy_id == contradiction.prevails else ""
        yield PolicyLine(f"  {policy_id}  “{policy.clause}” ({policy.place}{prevails})", 18)


def what_to_do(contradictions: Sequence[Contradiction]) -> str:
    """What people have to decide about them; empty when authority decides all."""
    undecided = sum(contradiction.prevails is None for contradiction in contradictions)
    if not undecided:
        return ""
    these = "Both are in force" if undecided == 1 else f"Both policies of {undecided} contradictions are in force"
    return f"{these} until you retire one of the two: harmonyguard policies retire ID --reason WORDS"

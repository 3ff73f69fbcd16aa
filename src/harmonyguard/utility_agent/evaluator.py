"""The extension point: an evaluator of one's own runs beside the built-in ones and is fused by the same table."""

from __future__ import annotations

from typing import Protocol

from harmonyguard.steps import Finding, Situation


class Evaluator(Protocol):
    """Judges one proposal on whatever it knows about."""

    @property
    def name(self) -> str:
        """How reports call it."""
        ...

    async def evaluate(self, situation: Situation) -> tuple[Finding, ...]:
        """Findings with `tier="evaluator"`; none when it has nothing against the proposal.

        An exception counts as an error of the guard and is handled closed.
        """
        ...

"""Violations seen at run time, kept with their policy: few, recent, and no two alike (paper, section 3.1)."""

from __future__ import annotations

from rapidfuzz import fuzz

from .policy import Reference, RiskLevel, normalise_quote

LIMITS: dict[RiskLevel, int] = {"low": 5, "medium": 7, "high": 10}
"""How many references a policy keeps; the oldest goes first."""

NEAR_DUPLICATE = 92.0
"""Similarity (0 to 100) of act and reason from which a reference says nothing new."""


def keep(references: tuple[Reference, ...], risk: RiskLevel) -> tuple[Reference, ...]:
    """The newest references that fit the limit of `risk`, oldest first."""
    return references[-LIMITS[risk] :]


def says_something_new(references: tuple[Reference, ...], reference: Reference) -> bool:
    """False when a kept reference tells of nearly the same act for nearly the same reason."""
    text = _words(reference)
    return all(fuzz.ratio(text, _words(known)) < NEAR_DUPLICATE for known in references)


def _words(reference: Reference) -> str:
    return normalise_quote(f"{reference.act}\n{reference.reason}")

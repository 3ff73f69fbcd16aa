"""Cases that runs record, kept as references are: few, recent, and no two alike. What people gave is never dropped."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from .case import PolicyCase
from .policy import RiskLevel, normalise_quote
from .references import LIMITS, NEAR_DUPLICATE


def keep_cases(cases: tuple[PolicyCase, ...], risk: RiskLevel) -> tuple[PolicyCase, ...]:
    """All cases but the oldest violations beyond the limit of `risk`."""
    seen = [case.id for case in cases if case.origin == "violation"]
    gone = set(seen[: -LIMITS[risk]])
    return tuple(case for case in cases if case.id not in gone)


def shows_something_new(cases: tuple[PolicyCase, ...], case: PolicyCase) -> bool:
    """False for a violation of which a kept case shows nearly the same act, or on which a person has spoken."""
    if case.origin != "violation":
        return True
    return not any(_alike(known, case) for known in cases if known.expect == case.expect or known.said_by_a_person)


def overruled(known: PolicyCase, case: PolicyCase) -> bool:
    """True for a recorded violation when a person says that nearly the same act must pass."""
    if known.origin != "violation" or not case.said_by_a_person or known.expect == case.expect:
        return False
    return _alike(known, case)


def _alike(left: PolicyCase, right: PolicyCase) -> bool:
    return fuzz.ratio(_act(left.row), _act(right.row)) >= NEAR_DUPLICATE


def _act(row: dict[str, Any]) -> str:
    action, observation = _mapping(row.get("action")), _mapping(row.get("observation"))
    page = urlsplit(str(observation.get("url", "")))
    parts = [str(action.get(key, "")) for key in ("type", "element_role", "element_text", "target_url", "value")]
    return normalise_quote(" ".join([page.netloc, *parts]))


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}

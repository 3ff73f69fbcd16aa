"""Policies and references that the tests of the book and the log share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from harmonyguard.policies.atom import Atom, Term
from harmonyguard.policies.policy import Policy, Reference, Source, policy_id
from harmonyguard.policies.rule import AnyOf, Rule

HANDBOOK = "handbook.md"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def policy(quote: str, *, document: str = HANDBOOK, edition: str = "a", **changes: Any) -> Policy:
    """A policy as an extraction gives it."""
    fields: dict[str, Any] = {
        "id": policy_id(document, quote),
        "description": quote,
        "sources": (Source(document=document, sha256=edition * 64, headings=("Refunds",), quote=quote),),
        "rule": Rule(when=(AnyOf(terms=(Term(atom=Atom(kind="judged", term=quote)),)),), understood="not"),
    }
    return Policy.model_validate({**fields, **changes})


def reference(act: str, reason: str = "no consent was asked for") -> Reference:
    """A violation that was seen."""
    return Reference(run="run-1", step=1, act=act, reason=reason, seen_at=NOW.isoformat())

"""Can a proposal only forbid more? Asked before one is accepted without a person (DESIGN, invariant 7)."""

from __future__ import annotations

from harmonyguard.steps import GuardError

from .cedar import PERMIT_ALL, validate
from .fold import LogState
from .policy import Policy

_MOST_TERMS = 64
_LONGEST = 300


def narrows(state: LogState, proposal: Policy) -> bool:
    """True when, with `proposal` in force, nothing held up today would pass and nothing stopped become a question.

    A rule only forbids, so a new one narrows; but one that takes the place of another, that leave can lift (it would
    turn a stop into a question), that words decide, that the engine cannot hold, or that brings words of its own to
    the judge, may widen. Whatever is doubtful is not narrow.
    """
    known = state.policies.get(proposal.id)
    if known is not None and not (known.learned and known.policy.version == proposal.version):
        return False
    return (
        proposal.status == "proposed"
        and proposal.id != PERMIT_ALL
        and proposal.enforcement == "enforce"
        and not proposal.definitions
        and _is_plain(proposal)
        and _fits_the_engine(proposal)
    )


def _is_plain(proposal: Policy) -> bool:
    """The rule is typed in full, narrows its own scope, and no leave, message or word lifts it."""
    rule = proposal.rule
    terms = tuple(rule.terms())
    return (
        rule.understood == "fully"
        and not rule.remainder
        and not rule.unless
        and bool(rule.when)
        and all(group.terms for group in rule.when)
        and len(terms) <= _MOST_TERMS
        and not any(term.negated for term in terms)
        and not any(term.atom.kind in ("judged", "consent", "requested", "tells_user") for term in terms)
        and all(len(f"{term.atom.term}{term.atom.value or ''}") <= _LONGEST for term in terms)
    )


def _fits_the_engine(proposal: Policy) -> bool:
    try:
        validate(proposal.rule, proposal.id)
    except GuardError:
        return False
    return True

"""What policies from outside must be besides well-formed: named apart, and about what the guard can answer.

A rule about an effect that does not exist would never hold, and nobody would notice.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from harmonyguard.policies.atom import COMPARING, Atom, AtomKind
from harmonyguard.policies.cedar import PERMIT_ALL
from harmonyguard.policies.policy import Policy
from harmonyguard.policies.rule import Rule
from harmonyguard.steps import DATA_CLASSES, EFFECTS, InputError

PAGE_STATES = ("error", "warning", "access_denied", "login", "cookies")

_TERMS: dict[AtomKind, tuple[str, ...]] = {
    "effect": EFFECTS,
    "act": EFFECTS,
    "discloses": DATA_CLASSES,
    "exposes": DATA_CLASSES,
    "page": PAGE_STATES,
}


def check_together(policies: Sequence[Policy], *, name: str) -> None:
    """Raise InputError when two of the policies share an id, or a rule asks what the guard cannot answer."""
    seen: set[str] = set()
    for policy in policies:
        _check_id(policy.id, name)
        if policy.id in seen:
            raise InputError(f"{name}: policy id {policy.id} stands twice: rename one of the two")
        seen.add(policy.id)
        reason = unanswerable(policy.rule)
        if reason is not None:
            raise InputError(f"{name}: policy {policy.id}, rule: {reason}")


def _check_id(identity: str, name: str) -> None:
    """Raise InputError for an id that the engine or a terminal could not bear."""
    bare = all(not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf", "Cs") for c in identity)
    if not identity or len(identity) > 200 or not bare:
        raise InputError(f"{name}: {identity[:60]!r} is no policy id: 1 to 200 visible characters without spaces")
    if identity == PERMIT_ALL:
        raise InputError(f'{name}: a policy cannot be called "{PERMIT_ALL}": the id is taken by the engine')


def unanswerable(rule: Rule) -> str | None:
    """Why the guard could not answer what `rule` asks; None when it can."""
    return next((reason for term in rule.terms() if (reason := _unanswerable(term.atom)) is not None), None)


def _unanswerable(atom: Atom) -> str | None:
    known = _TERMS.get(atom.kind)
    if known is not None and atom.term not in known:
        return f"{atom.kind}:{atom.term} is unknown; {atom.kind} is one of {', '.join(known)}"
    if (atom.op is None) != (atom.value is None):
        return f"{atom.kind}:{atom.term} compares with half a comparison: it needs both op and value"
    if atom.op is not None and atom.kind not in COMPARING:
        return f"{atom.kind}:{atom.term} is a question that compares nothing: leave out op and value"
    return None

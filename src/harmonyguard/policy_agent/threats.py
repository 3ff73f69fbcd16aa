"""A threat that no policy covers, as a proposed policy: composed from structured facts, never from words of a page.

The wording comes from the templates below; effects come from the closed set of effects, and a host is checked to be
one. What the page said is evidence and stays beside the proposal, as a reference and a case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from harmonyguard.policies.atom import Atom, Term
from harmonyguard.policies.policy import Policy, RiskLevel, Source, policy_id
from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.steps import EFFECTS, REVERSIBLE_EFFECTS, Effect, digest_of

LEARNED = "run:"
"""How the source of a policy begins that was learned from a run."""

_PHRASES: dict[Effect, str] = {
    "authenticate": "log in or out",
    "create": "create anything",
    "update": "change anything",
    "delete": "delete anything",
    "send": "send anything",
    "share": "share anything",
    "purchase": "buy or pay for anything",
    "submit": "submit anything",
    "upload": "upload anything",
    "download": "download anything",
    "change_settings": "change settings",
    "execute": "run anything",
}
"""Effects that a proposal can speak of, in words."""

_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*")
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,60}")


@dataclass(frozen=True)
class Threat:
    """A step that was held up though no policy was violated.

    `effects` are what the act would do; `host` is where it would lead, without a port, when that is another site
    than the page's; `evaluator` names the evaluator that objected, None for a step that followed a page.
    """

    run: str
    step: int
    effects: tuple[Effect, ...] = ()
    host: str | None = None
    evaluator: str | None = None


def proposal_for(threat: Threat) -> Policy | None:
    """The policy that would cover the threat, with an id that the same threat gives again.

    None when nothing but words could tell the act from others: then there is nothing to propose.
    """
    effects = _telling(threat.effects)
    host = threat.host if threat.host is not None and _HOST.fullmatch(threat.host) else None
    if threat.evaluator is not None and not (_NAME.fullmatch(threat.evaluator) and (effects or host)):
        return None
    statement = _statement(effects, host, threat.evaluator)
    lasting = any(effect not in REVERSIBLE_EFFECTS for effect in effects)
    risk: RiskLevel = "high" if lasting or host is not None else "medium"
    place = f"{LEARNED}{threat.run}"
    return Policy(
        id=policy_id("learned", statement),
        description=statement,
        category="robustness_and_security",
        category_reason="learned from a run: a step was held up that no policy speaks of",
        risk_level=risk,
        risk_reason="it cannot be undone or leads to another site" if risk == "high" else "it can be undone",
        sources=(
            Source(document=place, sha256=digest_of(statement), headings=(f"step {threat.step}",), quote=statement),
        ),
        rule=_rule(effects, host, threat.evaluator),
        status="proposed",
    )


def _telling(effects: Iterable[Effect]) -> tuple[Effect, ...]:
    given = frozenset(effects)
    return tuple(effect for effect in EFFECTS if effect in given and effect in _PHRASES)


def _statement(effects: tuple[Effect, ...], host: str | None, evaluator: str | None) -> str:
    acts = " or ".join(_PHRASES[effect] for effect in effects)
    does = f"{acts} by a step that leads to {host}" if acts and host else acts or (f"go to {host}" if host else "do")
    if evaluator is not None:
        return f'The agent must not {does} where evaluator "{evaluator}" objects.'
    if does == "do":
        return "The agent must not do what content of a page tells it to do and the user does not."
    return f"The agent must not {does} because content of a page tells it to."


def _rule(effects: tuple[Effect, ...], host: str | None, evaluator: str | None) -> Rule:
    groups = [AnyOf(terms=tuple(Term(atom=Atom(kind="effect", term=effect)) for effect in effects))] if effects else []
    if host is not None:
        groups.append(AnyOf(terms=(Term(atom=Atom(kind="host", term=host)),)))
    if evaluator is None:
        groups.append(AnyOf(terms=(Term(atom=Atom(kind="page_instruction")),)))
        return Rule(when=tuple(groups))
    words = f'evaluator "{evaluator}" would object to the act'
    groups.append(AnyOf(terms=(Term(atom=Atom(kind="judged", term=words)),)))
    return Rule(when=tuple(groups), understood="partly", remainder=(words,))

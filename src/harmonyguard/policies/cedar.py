"""Rules rendered to Cedar JSON and evaluated at two bounds: what is certain, and what is possible.

Cedar (https://www.cedarpolicy.com) is the engine; this module is the only one that talks to it. Facts reach it
as two sets of atom keys. An atom that speaks for a violation is looked up in `context.holds`, and where it stands
under a negation (`unless`, or a denied term) in `context.excuses`. Known facts are in both. Unknown ones are in
`excuses` alone for the lower bound of "is violated", and in `holds` alone for the upper one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import cedarpy

from harmonyguard.steps import GuardError

from .atom import Atom, Term
from .policy import Policy
from .rule import AllOf, AnyOf, Rule

PERMIT_ALL = "permit-all"
"""The one `permit` of every set: with none, a Deny would carry no reasons."""

SCHEMA = """
entity Agent;
entity Page;
action act appliesTo {
  principal: [Agent],
  resource: [Page],
  context: { holds: Set<String>, excuses: Set<String> }
};
"""

_ANY = {"op": "All"}
_CONTEXT = {"Var": "context"}
_REQUEST = {
    "principal": {"type": "Agent", "id": "web"},
    "action": {"type": "Action", "id": "act"},
    "resource": {"type": "Page", "id": "current"},
}
Json = dict[str, Any]


@dataclass(frozen=True)
class Facts:
    """Keys of the atoms that are true, and of those that are unknown. All others are false."""

    yes: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Bounds:
    """Ids of the policies that are violated whatever the unknowns are, and of those that may be."""

    certain: frozenset[str]
    possible: frozenset[str]

    @property
    def open(self) -> frozenset[str]:
        """What rules could not decide: exactly this goes to the judge."""
        return self.possible - self.certain

    def decide(self, answered_violated: Iterable[str]) -> frozenset[str]:
        """The policies violated once the judge has answered: those it found violated stand at their upper bound.

        An answer binds the unknowns of its own policy only, and cannot make a rule say what no unknown allows.
        """
        return self.certain | self.possible.intersection(answered_violated)


class CompiledPolicies:
    """A set of policies as one parsed Cedar policy set. Policies of one and the same rule share its statement."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        by_id = {policy.id: policy for policy in policies}
        if PERMIT_ALL in by_id:
            raise GuardError(f'a policy cannot be called "{PERMIT_ALL}": the id is taken by the engine')
        self.policies: Mapping[str, Policy] = by_id
        atoms: dict[str, Atom] = {}
        by_shape: dict[object, str] = {}
        sharing: dict[str, list[str]] = {}
        for identity, policy in by_id.items():
            atoms.update((term.atom.key, term.atom) for term in policy.rule.terms())
            sharing.setdefault(by_shape.setdefault(_shape(policy.rule), identity), []).append(identity)
        self.atoms: Mapping[str, Atom] = atoms
        self._sharing = {first: frozenset(identities) for first, identities in sharing.items()}
        rendered = {PERMIT_ALL: _statement("permit", [])}
        rendered |= {first: render(by_id[first].rule) for first in self._sharing}
        try:
            self._set = cedarpy.PolicySet.from_json_str(_document(rendered))
        except ValueError as error:
            raise GuardError(f"Cedar did not accept the compiled policies: {error}") from error
        if len(self._set) != len(rendered):
            raise GuardError(f"Cedar parsed {len(self._set)} policies where {len(rendered)} were rendered")

    def bounds(self, facts: Facts, *, lower: bool = True) -> Bounds:
        """Both bounds for these facts; without `lower`, where it is known that nothing is certain, the upper one.

        Raises GuardError when the engine could not evaluate any policy.
        """
        yes = facts.yes & self.atoms.keys()
        unknown = facts.unknown & self.atoms.keys()
        if not unknown:
            (known,) = self._violated((yes, yes))
            return Bounds(certain=known, possible=known)
        if not lower:
            (possible,) = self._violated((yes | unknown, yes))
            return Bounds(certain=frozenset(), possible=possible)
        certain, possible = self._violated((yes, yes | unknown), (yes | unknown, yes))
        return Bounds(certain=certain, possible=possible)

    def _violated(self, *contexts: tuple[frozenset[str], frozenset[str]]) -> list[frozenset[str]]:
        """The policies violated in each context (`holds`, `excuses`)."""
        requests = [_REQUEST | {"context": {"holds": [*holds], "excuses": [*excuses]}} for holds, excuses in contexts]
        results = cedarpy.is_authorized_batch(requests, self._set, [])
        if len(results) != len(requests):
            raise GuardError(f"Cedar gave {len(results)} decisions where {len(requests)} were asked for")
        return [self._reasons(result) for result in results]

    def _reasons(self, result: cedarpy.AuthzResult) -> frozenset[str]:
        errors = result.diagnostics.errors
        # Cedar skips a policy whose condition fails and decides without it: such a decision counts for nothing.
        if errors:
            raise GuardError(f"Cedar could not evaluate {len(errors)} of {len(self._sharing)} rules: {errors[0]}")
        if result.decision is cedarpy.Decision.Allow:
            return frozenset()
        if result.decision is not cedarpy.Decision.Deny:
            raise GuardError(f"Cedar gave no decision: {result.decision.value}")
        reasons = frozenset(result.diagnostics.reasons)
        if not reasons or not reasons <= self._sharing.keys():
            raise GuardError("Cedar denied without naming the policies that deny")
        return frozenset().union(*(self._sharing[reason] for reason in reasons))


def render(rule: Rule) -> Json:
    """A rule as one Cedar `forbid` in Cedar's JSON policy format."""
    groups = [_any(_literal(term, under_negation=False) for term in group.terms) for group in rule.when]
    exceptions = [_all(_literal(term, under_negation=True) for term in group.terms) for group in rule.unless]
    conditions: list[Json] = [{"kind": "when", "body": _all(groups)}]
    conditions += [{"kind": "unless", "body": body} for body in exceptions]
    return _statement("forbid", conditions)


def cedar_text(rule: Rule, policy_id: str) -> str:
    """The rule as Cedar text, for people to read."""
    text = cedarpy.policies_from_json_str(_document({policy_id: render(rule)}))
    return str(cedarpy.format_policies(text))


def validate(rule: Rule, policy_id: str) -> None:
    """Raise GuardError when the rendered rule does not parse or does not fit the schema."""
    try:
        result = cedarpy.validate_policies(cedar_text(rule, policy_id), _schema())
    except ValueError as error:
        raise GuardError(f"the rule of {policy_id} does not render to Cedar: {error}") from error
    if not result.validation_passed:
        raise GuardError(f"the rule of {policy_id} does not fit the Cedar schema: {result.errors[0]}")


@cache
def _schema() -> cedarpy.Schema:
    return cedarpy.Schema.from_str(SCHEMA)


def _document(policies: Mapping[str, Json]) -> str:
    return json.dumps({"staticPolicies": policies, "templates": {}, "templateLinks": []})


def _statement(effect: str, conditions: list[Json]) -> Json:
    return {"effect": effect, "principal": _ANY, "action": _ANY, "resource": _ANY, "conditions": conditions}


def _literal(term: Term, *, under_negation: bool) -> Json:
    """One term. Each negation around it turns the bound over: an odd number of them reads the opposite one."""
    opposite = under_negation != term.negated
    holds = _contains("excuses" if opposite else "holds", term.atom.key)
    return {"!": {"arg": holds}} if term.negated else holds


def _shape(rule: Rule) -> object:
    """What the engine sees of a rule: equal for rules that hold of the same facts."""
    groups: tuple[tuple[AnyOf | AllOf, ...], ...] = (rule.when, rule.unless)
    return tuple(
        frozenset(frozenset((term.atom.key, term.negated) for term in group.terms) for group in part) for part in groups
    )


def _contains(name: str, value: str) -> Json:
    return {"contains": _pair({".": {"left": _CONTEXT, "attr": name}}, {"Value": value})}


def _pair(left: Json, right: Json) -> Json:
    return {"left": left, "right": right}


def _all(parts: Iterable[Json]) -> Json:
    return _fold("&&", list(parts), empty=True)


def _any(parts: Iterable[Json]) -> Json:
    return _fold("||", list(parts), empty=False)


def _fold(operator: str, parts: list[Json], *, empty: bool) -> Json:
    """A balanced tree: a long chain would nest past the depth that Cedar's parser accepts."""
    if not parts:
        return {"Value": empty}
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return {operator: _pair(_fold(operator, parts[:middle], empty=empty), _fold(operator, parts[middle:], empty=empty))}

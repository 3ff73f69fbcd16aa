"""Rules rendered to Cedar JSON and evaluated at two bounds: what is certain, and what is possible.

Cedar (https://www.cedarpolicy.com) is the engine; this module is the only one that talks to it. Facts reach it
as two sets of atom keys, true and unknown. An atom in a `when` reads

    context.yes.contains(a) || (open && context.unknown.contains(a))

and where it stands under a negation (`unless`, or a denied term) the complement of the opposite reading, so that
`open == false` gives the lower bound of "is violated" and `open == true` the upper one. `open` is true for a
policy when the whole request asks for the upper bound, or when the policy is named in `context.open`: that is how
the judge's answers are bound before the final decision.
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
from .rule import Rule

PERMIT_ALL = "permit-all"
"""The one `permit` of every set: with none, a Deny would carry no reasons."""

SCHEMA = """
entity Agent;
entity Page;
action act appliesTo {
  principal: [Agent],
  resource: [Page],
  context: { yes: Set<String>, unknown: Set<String>, open: Set<String>, upper: Bool }
};
"""

_ANY = {"op": "All"}
_CONTEXT = {"Var": "context"}
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


class CompiledPolicies:
    """A set of policies as one parsed Cedar policy set."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        by_id = {policy.id: policy for policy in policies}
        if PERMIT_ALL in by_id:
            raise GuardError(f'a policy cannot be called "{PERMIT_ALL}": the id is taken by the engine')
        self.policies: Mapping[str, Policy] = by_id
        self.atoms: frozenset[Atom] = frozenset().union(*(policy.rule.atoms() for policy in by_id.values()))
        rendered = {PERMIT_ALL: _statement("permit", [])}
        rendered |= {identity: render(policy.rule, identity) for identity, policy in by_id.items()}
        try:
            self._set = cedarpy.PolicySet.from_json_str(_document(rendered))
        except ValueError as error:
            raise GuardError(f"Cedar did not accept the compiled policies: {error}") from error
        if len(self._set) != len(rendered):
            raise GuardError(f"Cedar parsed {len(self._set)} policies where {len(rendered)} were rendered")

    def bounds(self, facts: Facts) -> Bounds:
        """Both bounds for these facts. Raises GuardError when the engine could not evaluate any policy."""
        return Bounds(
            certain=self._violated(facts, upper=False, open_policies=()),
            possible=self._violated(facts, upper=True, open_policies=()),
        )

    def decide(self, facts: Facts, answered_violated: Iterable[str]) -> frozenset[str]:
        """The policies violated once the judge has answered: those it found violated stand at their upper bound."""
        return self._violated(facts, upper=False, open_policies=answered_violated)

    def _violated(self, facts: Facts, *, upper: bool, open_policies: Iterable[str]) -> frozenset[str]:
        request = {
            "principal": {"type": "Agent", "id": "web"},
            "action": {"type": "Action", "id": "act"},
            "resource": {"type": "Page", "id": "current"},
            "context": {
                "yes": sorted(facts.yes),
                "unknown": sorted(facts.unknown),
                "open": sorted(open_policies),
                "upper": upper,
            },
        }
        result = cedarpy.is_authorized(request, self._set, [])
        errors = result.diagnostics.errors
        # Cedar skips a policy whose condition fails and decides without it: such a decision counts for nothing.
        if errors:
            raise GuardError(f"Cedar could not evaluate {len(errors)} of {len(self.policies)} policies: {errors[0]}")
        if result.decision is cedarpy.Decision.Allow:
            return frozenset()
        if result.decision is not cedarpy.Decision.Deny:
            raise GuardError(f"Cedar gave no decision: {result.decision.value}")
        reasons = frozenset(result.diagnostics.reasons)
        if not reasons or not reasons <= self.policies.keys():
            raise GuardError("Cedar denied without naming the policies that deny")
        return reasons


def render(rule: Rule, policy_id: str) -> Json:
    """A rule as one Cedar `forbid` in Cedar's JSON policy format."""
    is_open: Json = {"||": _pair(_attribute("upper"), _contains("open", policy_id))}
    groups = [_any(_literal(term, is_open, under_negation=False) for term in group.terms) for group in rule.when]
    exceptions = [_all(_literal(term, is_open, under_negation=True) for term in group.terms) for group in rule.unless]
    conditions: list[Json] = [{"kind": "when", "body": _all(groups)}]
    conditions += [{"kind": "unless", "body": body} for body in exceptions]
    return _statement("forbid", conditions)


def cedar_text(rule: Rule, policy_id: str) -> str:
    """The rule as Cedar text, for people to read."""
    text = cedarpy.policies_from_json_str(_document({policy_id: render(rule, policy_id)}))
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


def _literal(term: Term, is_open: Json, *, under_negation: bool) -> Json:
    """One term. Each negation around it turns the bound over: an odd number of them reads the opposite one."""
    known = _contains("yes", term.atom.key)
    unknown = _contains("unknown", term.atom.key)
    opposite = under_negation != term.negated
    gate: Json = {"!": {"arg": is_open}} if opposite else is_open
    holds: Json = {"||": _pair(known, {"&&": _pair(gate, unknown)})}
    return {"!": {"arg": holds}} if term.negated else holds


def _attribute(name: str) -> Json:
    return {".": {"left": _CONTEXT, "attr": name}}


def _contains(name: str, value: str) -> Json:
    return {"contains": _pair(_attribute(name), {"Value": value})}


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

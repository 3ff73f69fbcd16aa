"""From a normative statement to a typed rule."""

from __future__ import annotations

from harmonyguard.policies.atom import Atom, Term
from harmonyguard.policies.rule import AnyOf, Rule


def compile_rule(statement: str, *, definitions: tuple[str, ...] = ()) -> Rule:
    """The rule that a statement means; all of it stands as one judged condition."""
    return Rule(when=(AnyOf(terms=(Term(atom=Atom(kind="judged", term=statement)),)),), understood="not")

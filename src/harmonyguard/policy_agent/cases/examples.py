"""Example cases composed from a policy's text: what its rule must catch, and the benign twins that must pass.

They are composed from the compiled rule alone, so that a person who reads them sees what the rule makes of the text:
an act to be caught, and the same act with leave, on another thing, with the value that the task states, or no act.
Where no honest example can be composed, the reason is given instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, product

from harmonyguard.policies.atom import Atom, AtomKind, Term
from harmonyguard.policies.case import Expectation, PolicyCase
from harmonyguard.policies.lexicon import effects_named
from harmonyguard.policies.policy import Policy
from harmonyguard.policies.rule import Rule

from .sketch import Sketch
from .sketch_holding import holding
from .sketch_sparing import sparing

_MOST_CHOICES = 64
_MOST_TWINS = 5


@dataclass(frozen=True)
class Examples:
    """The cases of one policy, the caught one first; `missing` says why something is not there, or is empty."""

    cases: tuple[PolicyCase, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class _Drawn:
    """A rule with the term that was drawn for each of its groups, and the sketch in which they all hold."""

    chosen: tuple[Term, ...]
    sketch: Sketch


def examples_of(policy: Policy) -> Examples:
    """The cases that the policy's rule gives by itself. Pure: equal policies give equal cases."""
    rule = policy.rule
    if rule.understood == "not":
        return Examples(missing="nothing of the text was compiled: only a judge can tell")
    drawn = _caught(rule)
    if drawn is None:
        twins = _twins_without(rule)
        why = "what it forbids depends on a condition in words: only a judge can tell"
        return Examples(_cases(policy, "passes", twins), why if _is_judged(rule) else "no act of its kind can be drawn")
    caught = _cases(policy, "caught", [("what the policy forbids", drawn.sketch)])
    passes = _cases(policy, "passes", _twins(rule, drawn))
    return Examples((*caught, *passes), "" if passes else "no benign twin of its act can be drawn")


def _caught(rule: Rule) -> _Drawn | None:
    """A sketch in which every group holds and no exception does."""
    groups = [group.terms for group in rule.when]
    for chosen in islice(product(*groups), _MOST_CHOICES):
        sketch = _all_holding(Sketch(), chosen)
        if sketch is not None:
            spared = _without_exceptions(sketch, rule)
            if spared is not None:
                return _Drawn(chosen, spared)
    return None


def _all_holding(sketch: Sketch | None, terms: tuple[Term, ...]) -> Sketch | None:
    for term in terms:
        if sketch is None:
            return None
        sketch = sparing(sketch, (term.atom,)) if term.negated else holding(sketch, term.atom)
    return sketch


def _without_exceptions(sketch: Sketch, rule: Rule) -> Sketch | None:
    for group in rule.unless:
        ways = (_denied(sketch, term) for term in group.terms)
        spared = next((way for way in ways if way is not None), None)
        if spared is None:
            return None
        sketch = spared
    return sketch


def _denied(sketch: Sketch, term: Term) -> Sketch | None:
    return holding(sketch, term.atom) if term.negated else sparing(sketch, (term.atom,))


def _twins(rule: Rule, drawn: _Drawn) -> list[tuple[str, Sketch]]:
    """Each exception granted in turn, each group spared in turn, and no act at all."""
    found: list[tuple[str, Sketch]] = []
    for exception in rule.unless:
        granted = _all_holding(drawn.sketch, exception.terms)
        if granted is not None:
            found.append((_NOTES[exception.terms[0].atom.kind], granted))
    for spared in range(len(rule.when)):
        sketch = _sparing_group(rule, drawn.chosen, spared)
        if sketch is not None and sketch not in (drawn.sketch, *(known for _, known in found)):
            found.append((_NOTES[drawn.chosen[spared].atom.kind], sketch))
    if _needs_an_act(rule):
        found.append(("only looking at the page", drawn.sketch.but(kind="look")))
    return found[:_MOST_TWINS]


def _twins_without(rule: Rule) -> list[tuple[str, Sketch]]:
    """Twins of a rule whose act cannot be drawn: nothing is done."""
    return [("only looking at the page", Sketch(kind="look"))] if _needs_an_act(rule) else []


def _sparing_group(rule: Rule, chosen: tuple[Term, ...], spared: int) -> Sketch | None:
    group = rule.when[spared].terms
    if any(term.negated for term in group):
        return None
    sketch: Sketch | None = Sketch()
    for position, term in enumerate(chosen):
        if sketch is None:
            return None
        if position == spared:
            sketch = sparing(sketch, tuple(term.atom for term in group))
        else:
            sketch = _all_holding(sketch, (term,))
    return sketch


def _needs_an_act(rule: Rule) -> bool:
    """True when some group can only hold of an act that does more than look."""
    return any(all(_is_of_acts(term) for term in group.terms) for group in rule.when)


def _is_of_acts(term: Term) -> bool:
    atom: Atom = term.atom
    reads = atom.kind in ("effect", "act", "verb") and "read" in {atom.term, *effects_named(atom.term)}
    return not term.negated and atom.kind in _OF_ACTS and not reads


def _is_judged(rule: Rule) -> bool:
    return any(atom.kind == "judged" for atom in rule.atoms())


def _cases(policy: Policy, expect: Expectation, sketches: list[tuple[str, Sketch]]) -> tuple[PolicyCase, ...]:
    return tuple(
        PolicyCase.of(policy.id, expect=expect, origin="text", row=sketch.row(f"{expect}-{number}"), note=note)
        for number, (note, sketch) in enumerate(sketches, 1)
    )


_OF_ACTS: frozenset[AtomKind] = frozenset(
    {
        "effect",
        "act",
        "verb",
        "control",
        "controls",
        "place",
        "elsewhere",
        "host",
        "external",
        "discloses",
        "exposes",
        "literal",
        "field",
        "value_outside_task",
        "departs",
        "page_instruction",
        "amount",
    }
)
_NOTES: dict[AtomKind, str] = {
    "effect": "the thing is looked at and not acted on",
    "object": "the same act on another thing",
    "act": "the same act on another thing",
    "verb": "the thing is looked at and not acted on",
    "thing": "the same act on another thing",
    "described": "it is as the words describe",
    "control": "another control",
    "controls": "another control",
    "place": "another part of the site",
    "elsewhere": "the part where the agent must stay",
    "host": "the site at hand",
    "external": "the site at hand",
    "discloses": "the same message without such data",
    "exposes": "the same message without such data",
    "literal": "the same message without these words",
    "field": "another value",
    "departs": "the value that is asked for",
    "stands": "what must be set first was set",
    "concerns": "the same act on another kind of record",
    "value_outside_task": "a value that the task states",
    "approved": "the record shows the approval",
    "page_instruction": "the user asks for it",
    "amount": "a sum within the limit",
    "quantity": "a number within the limit",
    "count": "the first time",
    "user": "a user of whom it is not so",
    "role": "a user of another role",
    "record": "a record of which it is not so",
    "page": "a page that shows no such thing",
    "happened": "what must come first has happened",
    "latest": "something else was done last",
    "done": "what must come first was done",
    "tells_user": "the user is told",
    "requested": "the user asks for it",
    "consent": "the user agreed",
    "task": "a task of another kind",
    "judged": "a condition in words",
}

"""Policies of the research code made ours: each text compiled to a rule, with the file as its source."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import chain, count

from harmonyguard.policies.formats.policy_file import PolicyFile
from harmonyguard.policies.formats.research_json import ResearchPolicy
from harmonyguard.policies.policy import Policy, Reference, policy_id
from harmonyguard.policies.references import LIMITS, keep, says_something_new
from harmonyguard.runs.redaction import Redactor
from harmonyguard.steps import Authority, Record

from .compiler import compile_rule
from .grading import categorise, grade

LONGEST_REFERENCE = 300
"""Characters of a recorded violation that are kept, as of those that runs record."""


class MovedOver(Record):
    """The policies of a file of the research code, and what did not come along, in words."""

    policies: tuple[Policy, ...]
    left_out: tuple[str, ...] = ()


def move_over(found: Sequence[ResearchPolicy], file: PolicyFile, *, authority: Authority = "organization") -> MovedOver:
    """The policies that `found` in `file` are, in order; one that stands twice word for word is one policy.

    Their ids are ours, from the file's name and their words; the research code's id is the last heading of the
    source, and so stands in the place that is cited.
    """
    policies: dict[str, Policy] = {}
    seen: set[ResearchPolicy] = set()
    left_out: list[str] = []
    for one in found:
        content = one.model_copy(update={"position": 0, "policy_id": None})
        if content in seen:
            left_out.append(f"{one.place}: says the same as an earlier one, word for word")
            continue
        seen.add(content)
        policy = _policy(one, file, authority, _identity(one, file, policies.keys()))
        policies[policy.id] = policy
        dropped = len(one.references) - len(policy.references)
        if dropped:
            limit = LIMITS[policy.risk_level]
            left_out.append(f"{one.place}: {dropped} of its references, alike or beyond the newest {limit}")
    unused = sorted({key for one in found for key in one.unused})
    if unused:
        left_out.append(f"keys that are not known: {', '.join(unused)}")
    return MovedOver(policies=tuple(policies.values()), left_out=tuple(left_out))


def _policy(one: ResearchPolicy, file: PolicyFile, authority: Authority, identity: str) -> Policy:
    category, category_reason = categorise(one.description)
    risk, risk_reason = grade(one.description)
    if one.risk_level is not None:
        risk, risk_reason = one.risk_level, "the imported file says so"
    origin = [] if one.source_file is None else [one.source_file]
    return Policy(
        id=identity,
        description=one.description,
        definitions=one.definitions,
        scope=one.scope,
        category=category,
        category_reason=category_reason,
        risk_level=risk,
        risk_reason=risk_reason,
        authority=authority,
        sources=(file.source(one.quote, of=one.place, headings=(*origin, one.place)),),
        rule=compile_rule(one.description, definitions=one.definitions),
        references=keep(_references(one.references), risk),
    )


def _references(texts: Sequence[str]) -> tuple[Reference, ...]:
    """Violations as the research code recorded them, secrets hidden; of those alike the first."""
    redactor = Redactor()
    kept: tuple[Reference, ...] = ()
    for text in texts:
        act = redactor.text(text)[:LONGEST_REFERENCE]
        reference = Reference(run="imported", step=0, act=act, reason="", seen_at="")
        if says_something_new(kept, reference):
            kept = (*kept, reference)
    return kept


def _identity(one: ResearchPolicy, file: PolicyFile, taken: Container[str]) -> str:
    """An id that no other policy of the file has: the same words may stand under two scopes."""
    words = one.description
    names = chain((words, f"{words} {one.scope}"), (f"{words} {one.scope} ({number})" for number in count(2)))
    return next(identity for name in names if (identity := policy_id(file.base, name)) not in taken)

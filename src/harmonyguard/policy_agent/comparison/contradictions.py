"""Which policies cannot both be kept. They are reported and never merged: a person decides, or authority does.

A report full of noise is not read, so only what the words make plain is reported: the same act for the same people
under the same conditions. A permission within the bounds of a prohibition is none ("may ... with approval", "must not
... without approval"), and neither is a rule for a case that another rule in general speaks of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations, product

from harmonyguard.policies.policy import Policy
from harmonyguard.policies.words import subject_stems
from harmonyguard.policy_agent.grammar import vocabulary
from harmonyguard.steps import Authority, Record

from .norms import Norm, norm_of

_RANK: dict[Authority, int] = {"organization": 0, "user": 1, "task": 2}


class Contradiction(Record):
    """Two policies that cannot both be kept; `first` and `second` are policy ids, in order.

    `prevails` is the id of the policy of higher authority; None where a person has to decide, by retiring one.
    """

    first: str
    second: str
    reason: str
    prevails: str | None = None


def find_contradictions(policies: Iterable[Policy]) -> tuple[Contradiction, ...]:
    """The contradictions among policies, sorted, each pair once: of a document, of several, of a whole book."""
    alike: dict[frozenset[str], dict[Norm, list[Policy]]] = defaultdict(lambda: defaultdict(list))
    for policy in policies:
        norm = norm_of(policy.description)
        if norm is not None and policy.status != "retired":
            alike[norm.act][norm].append(policy)
    # Norms first: thousands of policies may speak of one act, and those with the same norm never contradict.
    found = [
        contradiction
        for norms in alike.values()
        for (norm, some), (other_norm, others) in combinations(norms.items(), 2)
        if _reason(norm, other_norm) is not None
        for one, other in product(some, others)
        if (contradiction := _compare(one, norm, other, other_norm)) is not None
    ]
    return tuple(sorted(set(found), key=lambda one: (one.first, one.second)))


def contradiction_between(one: Policy, other: Policy) -> Contradiction | None:
    """Why two policies cannot both be kept, or None. The order of the two does not matter."""
    found = find_contradictions((one, other))
    return found[0] if found else None


def _compare(one: Policy, norm: Norm, other: Policy, other_norm: Norm) -> Contradiction | None:
    if one.id == other.id or one.organization != other.organization or not _same_people(one, norm, other, other_norm):
        return None
    (first, first_norm), (second, second_norm) = sorted(((one, norm), (other, other_norm)), key=lambda pair: pair[0].id)
    reason = _reason(first_norm, second_norm)
    if reason is None:
        return None
    higher, lower = sorted(((first, first_norm), (second, second_norm)), key=lambda pair: _RANK[pair[0].authority])
    if higher[0].authority == lower[0].authority:
        return Contradiction(first=first.id, second=second.id, reason=reason)
    if _is_stricter(lower[1], higher[1]):
        return None
    above = f"the {higher[0].authority}'s policy stands above the {lower[0].authority}'s"
    return Contradiction(first=first.id, second=second.id, reason=f"{reason}; {above}", prevails=higher[0].id)


def _reason(first: Norm, second: Norm) -> str | None:
    """Why two norms on the same act cannot both be kept, whoever is bound by them."""
    return _against(first, second) or _against(second, first) or _limits(first, second)


def _against(forbidding: Norm, other: Norm) -> str | None:
    """Why `other` cannot be kept beside `forbidding`, which has no exception and reaches all that `other` is about."""
    if forbidding.force != "forbidden" or other.force == "forbidden" or forbidding.unless:
        return None
    if forbidding.amounts != other.amounts:
        return None
    if forbidding.when and (forbidding.when != other.when or other.unless):
        return None
    verb = "permits" if other.force == "permitted" else "requires"
    under = " under a condition" if (other.when or other.unless) and not forbidding.when else ""
    return f"one {verb}{under} what the other forbids"


def _limits(first: Norm, second: Norm) -> str | None:
    if (first.force, first.when, first.unless) != (second.force, second.when, second.unless):
        return None
    pairs = list(zip(first.amounts, second.amounts, strict=False))
    different = [(one, other) for one, other in pairs if one != other]
    if len(first.amounts) != len(second.amounts) or len(different) != 1:
        return None
    ((one, other),) = different
    if one.unit != other.unit:
        return None
    if one.bound == other.bound:
        return f"different limits on the same act: {one} against {other}"
    if {one.bound, other.bound} == {"at_least", "at_most"}:
        least, most = (one, other) if one.bound == "at_least" else (other, one)
        return f"limits that exclude each other: {one} against {other}" if least.value > most.value else None
    return None


def _is_stricter(lower: Norm, higher: Norm) -> bool:
    """True when the one of lower authority only narrows what the higher one leaves open, as it may."""
    if higher.force == "permitted" and lower.force == "forbidden":
        return True
    stricter = [
        (mine.bound == "at_least" and mine.value >= theirs.value)
        or (mine.bound == "at_most" and mine.value <= theirs.value)
        for mine, theirs in zip(lower.amounts, higher.amounts, strict=False)
    ]
    return lower.force == higher.force and bool(stricter) and all(stricter)


def _same_people(one: Policy, norm: Norm, other: Policy, other_norm: Norm) -> bool:
    """True when both bind the same people in the same part of life, as far as words and headings say."""
    if norm.audience and other_norm.audience and norm.audience != other_norm.audience:
        return False
    ours, theirs = _headings(one), _headings(other)
    people = [frozenset(re.findall(vocabulary.GOVERNED, " ".join(path), re.I)) for path in (ours, theirs)]
    if all(people) and people[0] != people[1]:
        return False
    if one.sources[0].document != other.sources[0].document:
        return True
    # "Test systems" beside "Production systems": parallel parts of one document are about different cases.
    last, other_last = (subject_stems(path[-1]) if path else frozenset() for path in (ours, theirs))
    return last == other_last or not last & other_last


def _headings(policy: Policy) -> tuple[str, ...]:
    return tuple(heading.casefold() for heading in policy.sources[0].headings)

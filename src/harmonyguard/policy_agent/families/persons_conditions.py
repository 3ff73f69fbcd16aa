"""Conditions on the user with "and" and "or": "the guest is a gold member or has insurance", "... has no card and flies
economy"."""

from __future__ import annotations

import re
from itertools import product

from harmonyguard.policies.atom import Term
from harmonyguard.policies.rule import AllOf, AnyOf
from harmonyguard.policy_agent.reading.grammar import PERSONA

from .building import term
from .people import qualifier

Conjuncts = tuple[tuple[Term, ...], ...]
"""What has to hold together, each in one of several ways."""

_SUBJECT = re.compile(rf"^(?:the |an? |their )?(?:booking |paying |calling )?{PERSONA}s? (?P<rest>.+)$")
_VERB = (
    r"(?=(?:is|are|was|has|have|had|holds?|owns?|owes?|lacks?|lives?|bought|took|booked|flies|flew|travels?|rents?|stays?"
    r"|rides?|does not|do not|did not|complains?|complained|reports?|reported)\b)"
)
_OR = re.compile(rf",? or {_VERB}")
_AND = re.compile(rf",? and (?:{_VERB}|(?=(?:the|their|its) [a-z]+(?: [a-z]+){{0,4}} (?:is|are|was|were|has|have)\b))")
_IS_ONE_OF = re.compile(r"^(?:is|are) (?:an? |the )?(?P<kinds>[a-z]+(?:(?:/|, | or )[a-z]+)+) (?P<noun>[a-z]+)$")
_TRAVELS = re.compile(
    r"^(?:flies|flew|travels?|rides?|stays?|booked|rents?|rented)(?: in| an?)? (?:\((?P<more>[a-z]+)\) )?"
    r"(?P<kind>[a-z]+(?: [a-z]+)?)(?: class)?$"
)
_COMPLAINS = re.compile(
    r"^(?:complains?|complained|reports?|reported|asks?)(?: about| of| that)? (?P<what>[a-z' -]+?)"
    r"(?: in (?:an?|the|their) [a-z]+)?$"
)


def persons_condition(text: str) -> tuple[Conjuncts, ...] | None:
    """The alternatives that a condition on the user names; None where it names one thing, or one that is not read."""
    match = _SUBJECT.match(text)
    if match is None:
        return None
    alternatives = [tuple(map(_told, _AND.split(part))) for part in _OR.split(match["rest"])]
    known = tuple(tuple(terms for terms in conjuncts if terms) for conjuncts in alternatives if all(conjuncts))
    if len(known) != len(alternatives):
        return None
    return known if sum(len(terms) for conjuncts in known for terms in conjuncts) > 1 else None


def _told(part: str) -> tuple[Term, ...]:
    """One thing that is said of the user, in one of its ways; nothing where it is not read."""
    if re.match(r"(?:the|their|its) ", part):
        return (term("judged", part),)
    if match := _IS_ONE_OF.match(part):
        kinds = re.split(r"/|, | or ", match["kinds"])
        return tuple(term("user", f"{kind} {match['noun']}", "is", "true") for kind in kinds)
    if match := _COMPLAINS.match(part):
        return (complaint(match["what"]),)
    if match := _TRAVELS.match(part):
        kinds = [match["kind"], *([f"{match['more']} {match['kind']}"] if match["more"] else [])]
        return tuple(term("record", "", "is", kind) for kind in kinds)
    told = qualifier(f"who {part}")
    return () if told is None else (told,)


def complaint(what: str) -> Term:
    """The user complains of this ("cancelled flights")."""
    return term("user", COMPLAINT, "is", what)


COMPLAINT = "complaint"


def as_groups(condition: tuple[Conjuncts, ...]) -> tuple[AnyOf, ...] | None:
    """The condition as groups that all hold; None where alternatives of several parts cannot be written so."""
    if len(condition) == 1:
        return tuple(AnyOf(terms=terms) for terms in condition[0])
    if all(len(conjuncts) == 1 for conjuncts in condition):
        return (AnyOf(terms=tuple(one for (terms,) in condition for one in terms)),)
    return None


def as_exceptions(condition: tuple[Conjuncts, ...]) -> tuple[AllOf, ...]:
    """The condition as alternatives, each of terms that all hold."""
    return tuple(AllOf(terms=terms) for conjuncts in condition for terms in product(*conjuncts))


def words_left(condition: tuple[Conjuncts, ...]) -> str:
    """What of it only a judge can tell."""
    told = (one.atom for conjuncts in condition for terms in conjuncts for one in terms)
    return "; ".join(atom.term for atom in told if atom.kind == "judged")

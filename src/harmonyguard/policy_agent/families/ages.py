"""Ages by which people are told apart: "aged 18 and over", "who have not turned 16", "adults", "of full age"."""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Comparison, Term
from harmonyguard.policy_agent.reading.grammar import NUMBER, NUMBERS

from .building import term

_YEARS = r"(?: years?(?: of age| old)?)?"
_OR_MORE = r"(?: (?:or|and) (?:over|older|above|up))?"
_AGE = rf"(?: the| an)?(?: aged?)?(?: of)?(?: at least)? (?P<age>{NUMBER}){_YEARS}"
_REACHED = r"(?:reached|attained|turned|completed)"
_ARE = r"(?:(?:who|that) (?:are|is) )?(?:aged )?"

_FORMS: tuple[tuple[str, Comparison], ...] = (
    (rf"{_ARE}(?:under|below|younger than)(?: the age of)? (?P<age>{NUMBER}){_YEARS}", "less"),
    (rf"{_ARE}(?:over|above|older than)(?: the age of)? (?P<age>{NUMBER}){_YEARS}", "more"),
    (rf"{_ARE}(?P<age>{NUMBER}){_YEARS} (?:or|and) (?:less|under|younger|below)", "at_most"),
    (rf"{_ARE}(?:at least )?(?P<age>{NUMBER}){_YEARS}{_OR_MORE}", "at_least"),
    (rf"(?:who|that) (?:have|has) (?:not|never)(?: yet)? {_REACHED}{_AGE}", "less"),
    (rf"(?:who|that) (?:are|is) not(?: yet)?{_AGE}{_OR_MORE}", "less"),
    (rf"(?:who|that) (?:have|has)(?: already)? {_REACHED}{_AGE}", "at_least"),
    (rf"(?:with|having) (?:an? )?age (?:of )?(?:below|under|<) ?(?P<age>{NUMBER}){_YEARS}", "less"),
    (
        rf"(?:with|having) (?:an? )?(?:minimum )?age (?:of )?(?:at least |>= ?|≥ ?)?(?P<age>{NUMBER}){_YEARS}",
        "at_least",
    ),
    (rf"(?:of|from){_AGE}(?: (?:or|and|up)\b.*)?", "at_least"),
)
_BOUNDS: tuple[tuple[re.Pattern[str], Comparison], ...] = tuple((re.compile(rf"^{form}$"), op) for form, op in _FORMS)
_OF_AGE = r"(?:(?:of )?(?:full|legal) age|of age|adults?|grown-ups?)"
_NOT_OF_AGE = re.compile(rf"^(?:who|that) (?:are|is) (?:not(?: yet)?(?: an?)?|under) {_OF_AGE}$|^under ?age$")
_IS_OF_AGE = re.compile(rf"^(?:who|that) (?:are|is) {_OF_AGE}$|^of (?:full |legal )?age$")
_ADULTS = re.compile(r"^(?:adults?|grown-ups?|adult [a-z]+)$")
_MINORS = re.compile(r"^(?:minors?|child(?:ren)?|under-?aged? [a-z]+)$")
_MAJORITY = "18"
"""Years from which people are adults, where a policy does not say."""


def age_in(qualifier: str) -> Term | None:
    """The bound on the age that tells people apart: "who are under 18", "with an age of at least 16"."""
    for form, bound in _BOUNDS:
        if match := form.match(qualifier):
            return term("user", "age", bound, str(NUMBERS.get(match["age"], match["age"])))
    if _NOT_OF_AGE.match(qualifier):
        return term("user", "age", "less", _MAJORITY)
    return term("user", "age", "at_least", _MAJORITY) if _IS_OF_AGE.match(qualifier) else None


def age_group(people: str) -> Term | None:
    """The bound on the age in a noun for people: adults, minors."""
    if _ADULTS.match(people):
        return term("user", "age", "at_least", _MAJORITY)
    return term("user", "age", "less", _MAJORITY) if _MINORS.match(people) else None

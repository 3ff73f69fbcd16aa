"""Sums that follow from a number of things: "a voucher, with the amount being $20 times the number of guests"."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policy_agent.reading.grammar import AGENT, PERSONA

from .acts import LASTING
from .building import any_of, clean, just, term
from .persons_conditions import complaint

_SUM = r"(?:[$€£]|eur |usd |gbp )?(?P<sum>\d[\d.,]*)(?: ?(?:dollars?|euros?|pounds?|eur|usd|gbp|[$€£]))?"
_EACH = (
    r"(?:(?:times|multiplied by|x) (?:the )?number of|for (?:each|every)|per|each|(?:times|for) all)"
    r" (?:the )?(?P<what>[a-z]+)"
)
_RATE = rf"{_SUM} {_EACH}(?: (?:on|in|of|affected|concerned)\b.*)?"
_GIVES = r"(?:offer|give|grant|issue|send|pay|provide|award|credit|receive|get)"
_THING = r"(?:an? |the )?(?P<thing>[a-z]+(?: [a-z]+)?)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"^(?:if (?P<if>.+?), )?(?:{AGENT}|you|we|{PERSONA}s?) (?:can|may|should|must|will) (?:only )?{_GIVES}"
        rf" {_THING}\b"
        rf".*?,? (?:with )?(?:the|an|its) (?:amount|value|sum) (?:being|of|is|must be) {_RATE}$",
        rf"^(?:if (?P<if>.+?), )?{_THING}s? (?:is|are|of|must be|may be|amounts? to|comes? to) (?:exactly )?{_RATE}$",
        rf"^the (?:amount|value|sum) of (?:an?|the|each|every) (?P<thing>[a-z]+(?: [a-z]+)?) (?:is|must be|comes to)"
        rf" (?:exactly )?{_RATE}$",
    )
)
_COMPLAINS = re.compile(
    rf"\b{PERSONA}\b.*?\b(?:complains?|complained|reports?|reported) (?:about|of) (?P<what>[a-z]+ [a-z]+)\b"
)
_GIVEN_AT_LAST = re.compile(
    r"(?:[a-z]+ )?(?:certificate|voucher|credit|refund|compensation|allowance|coupon|bonus|rebate|payment|gift)\b"
)


def rate(statement: str) -> Rule | None:
    """A rule against giving such a thing with another sum than the rate comes to."""
    text = clean(statement)
    match = next((found for form in _FORMS if (found := form.match(text))), None)
    thing = _GIVEN_AT_LAST.match(match["thing"]) if match else None
    if match is None or thing is None:
        return None
    condition = match.groupdict().get("if") or ""
    complains = _COMPLAINS.search(condition)
    occasion: tuple[AnyOf, ...] = ()
    if complains is not None:
        occasion = (just(complaint(complains["what"])),)
    elif condition:
        occasion = (just(term("judged", f"if {condition}")),)
    wrong = term("amount", "amount", "is_not", f"{match['sum'].replace(',', '')} per {match['what']}")
    left = (f"if {condition}",) if condition and complains is None else ()
    gives = any_of("verb", ("send", "give", "issue", "refund"))
    groups = (*any_of("effect", LASTING), *gives, *any_of("thing", [thing.group()]), *occasion, just(wrong))
    return Rule(when=groups, understood="partly" if left else "fully", remainder=left)

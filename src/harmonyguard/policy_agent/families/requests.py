"""Conditions on what the user's own words ask for: "unless the user asks for it", "only on request of the user"."""

from __future__ import annotations

import re

from harmonyguard.policy_agent.reading.grammar import AGENT, PERSONA

_WHO = rf"(?:the |an? |your )?{PERSONA}s?"
_PLAINLY = r"(?:(?:explicit|express|specific|direct|clear|active)(?:ly)? )*"
_ASKED = r"(?:asked|requested|instructed|told|ordered|invited)"
_ASKS = (
    rf"(?:{_ASKED}|asks?|requests?|instructs?|tells|wants?|wanted|orders|says|said|requires|calls for|needs|demands"
    r"|wishes)"
)
_ANAPHOR = rf"(?: (?:you|so|to|for|it|this|that|exactly|precisely|them|one|do|not|{AGENT}))*"
_REQUEST = re.compile(
    rf"(?:(?:when|if|where|unless|as) )?(?:{_WHO}|the task|the goal) (?:has |have |had |(?:him|her|it)self )?{_PLAINLY}"
    rf"{_ASKS}{_ANAPHOR}(?: otherwise| differently)?"
    rf"|(?:being |been |when |if )?{_PLAINLY}{_ASKED}(?: (?:to|for|do|so|it|that|this))*(?: by {_WHO})?"
    rf"|(?:on|at|upon|with|without|by) (?:the |an? )?(?:{PERSONA}(?:'s|s')? )?(?:own )?{_PLAINLY}"
    rf"(?:request|wish|demand|instruction)s?(?: (?:of|by|from) {_WHO})?"
)


def is_request(condition: str) -> bool:
    """True when the condition asks for no more than that the user asked. That an order names a value is more."""
    return _REQUEST.fullmatch(condition) is not None

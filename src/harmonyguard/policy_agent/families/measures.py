"""Measures in policy text: "above EUR 400", "of more than ten working days", "no later than 30 days after"."""

from __future__ import annotations

import re
from decimal import Decimal

from harmonyguard.policies.atom import Comparison, Term
from harmonyguard.policy_agent.reading.grammar import NUMBER, NUMBERS

from .building import term

_CURRENCY = r"(?:€|\$|£|eur|usd|gbp|chf|euros?|dollars?|pounds?|francs?)"
_MORE = (
    r"(?:above|over|exceed(?:s|ing)?|exceeded|(?:more|greater|higher|larger|longer|older|bigger|heavier|later)"
    r" than|beyond"
    r"|in excess of|upwards of)"
)
_LESS = r"(?:below|under|(?:less|fewer|lower|smaller|shorter|younger|newer|earlier) than)"
_AT_MOST = (
    r"(?:at most|no more than|not more than|up to|(?:a )?maximum of|no (?:later|longer|older|higher|larger) than"
    r"|within)"
)
_AT_LEAST = r"(?:at least|no less than|not less than|no fewer than|(?:a )?minimum of|no earlier than|from)"
_MEASURE = re.compile(
    rf"(?<!\bby )\b(?:(?P<at_most>{_AT_MOST})|(?P<at_least>{_AT_LEAST})|(?P<more>{_MORE})|(?P<less>{_LESS}))"
    rf" (?:the |a |an )?(?:limit of |amount of |sum of |total of )?(?P<currency>{_CURRENCY}\s*)?(?P<number>{NUMBER})\s*"
    rf"(?P<after>{_CURRENCY}(?![a-z]))?(?P<unit>(?:\s*(?:working |business |calendar )?(?:[a-z]+|%))?)"
)


def measure_in(text: str) -> tuple[Term, str] | None:
    """The comparison that the text states, and the text without it."""
    if begins := _BEGINS_IN.search(text):
        soon = _number(begins.group("number"))
        if soon is not None:
            start = _EVENTS.get(begins.group("verb"), "start")
            left = f"{text[: begins.start()]} {text[begins.end() :]}".strip()
            return term("quantity", f"{begins.group('unit')} before {start}", "less", soon), left
    if (made := _MADE_WITHIN.match(text)) and (span := _number(made["number"])) is not None:
        unit = "hour" if made["unit"].startswith("h") else made["unit"]
        return term("quantity", f"{unit} of {made['what'] or 'booking'}", "at_most", span), ""
    match = _MEASURE.search(text)
    if match is None:
        return None
    op: Comparison = next(name for name in ("at_most", "at_least", "more", "less") if match.group(name))
    number = _number(match.group("number"))
    if number is None:
        return None
    left = f"{text[: match.start()]} {text[match.end() :]}".strip()
    if match.group("currency") or match.group("after"):
        unit = match.group("unit") or ""
        return term("amount", "", op, number), f"{left} {unit}".strip()
    unit = match.group("unit").split()
    if not unit or unit[-1] in ("of", "in", "on", "for", "the", "per", "or", "and"):
        return None
    if (times := unit[-1].rstrip("s")) in TIMES and (event := _EVENT.match(text[match.end() :])):
        left = f"{text[: match.start()]} {text[match.end() + event.end() :]}".strip()
        side = "before" if event.group("side") in ("before", "prior to") else event.group("side")
        return term("quantity", f"{times} {side} {event.group('event')}", op, number), left
    return term("quantity", unit[-1].replace("%", "percent"), op, number), left


TIMES = frozenset("minute hour day week month".split())
_EVENT = re.compile(
    r"^\s+(?P<side>before|prior to|after|of|since|from) (?:the |its |their |your )?(?P<event>(?!now\b|today\b)[a-z-]+"
    r"(?: (?!may\b|can\b|must\b|is\b|are\b|cannot\b|or\b|and\b|if\b|unless\b)[a-z-]+)??)"
    r"(?=$|[,;.)]| (?:may|can|must|is|are|cannot|or|and|if|unless)\b)"
)
_BEGINS_IN = re.compile(
    r"\b(?:that |which )?(?P<verb>start|begin|depart|leave|arrive|expire|end|take place)s? (?:in|within)"
    rf" (?:less than |under |fewer than |the next )?(?P<number>{NUMBER}) (?P<unit>minute|hour|day|week|month)s?\b"
    r"(?: from now)?"
)
"""What begins so soon: "appointments that start in less than 24 hours"."""

_MADE_WITHIN = re.compile(
    r"^(?:the |it |they )?(?P<what>[a-z]+)? ?(?:was|is|were|has been|have been)"
    r" (?:made|placed|booked|bought|created|purchased|ordered|paid)"
    r" (?:(?:with)?in|less than|no more than|at most|under)"
    rf" (?:the )?(?:last |past |previous )?(?P<number>{NUMBER}) (?P<unit>hour|hr|day|week|month|minute)s?(?: ago)?$"
)
"""How long ago a thing was made: "the booking was made within the last 24 hours"."""

_EVENTS = {"depart": "departure", "leave": "departure", "arrive": "arrival", "expire": "expiry", "end": "end"}


def _number(text: str) -> str | None:
    if text in NUMBERS:
        return str(NUMBERS[text])
    digits = text.rstrip(".,")
    digits = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", digits).replace(",", ".")
    try:
        return str(Decimal(digits))
    except ArithmeticError:
        return None

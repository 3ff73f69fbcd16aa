"""The sum of money that an act enters, sends or moves, compared."""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Comparison
from harmonyguard.utility_agent.reading.comparisons import compare
from harmonyguard.utility_agent.reading.fields import is_field, is_money, is_sum, sums_in
from harmonyguard.utility_agent.reading.page_lines import lines_of

from .act import Act
from .rates import compares_to_rate, is_rate
from .records import pairs_at_hand

_CART = re.compile(r"\b(?:to|in|into) (?:the |your |my )?(?:shopping )?(?:cart|basket|bag|trolley)\b", re.IGNORECASE)
_TOTAL = re.compile(
    r"^(?:(?:grand|order|refund|invoice) total|total (?:to pay|due|refund|amount)|amount (?:due|to pay))\b[\s:=]*"
    r"(?P<sum>.*\d.*)$",
    re.IGNORECASE,
)


def compare_amount(act: Act, field: str, op: Comparison, figure: str) -> bool | None:
    """A sum that the act enters or sends, compared. An act that moves money without a readable sum is unknown."""
    entered = [e.value for e in act.entries if is_money(e.field) or (field and is_field(e.field, field))]
    sums = _total_shown(act) or [value for value in entered if value.strip()] or sums_in(act.name)
    if is_rate(figure):
        return compares_to_rate(act, sums, op, figure)
    if not sums and not entered and act.effects.get("purchase", False) is False:
        return _price_beside(act, op, figure) if fills_cart(act) else False
    if not sums and act.effects.get("purchase", False) is not False:
        # A page that asks to confirm shows what would be moved.
        sums = [value for name, value in pairs_at_hand(act) if is_sum(name)]
        compared = {compare(value, op, figure) for value in sums}
        return compared.pop() if len(compared) == 1 else None
    known = [compare(value, op, figure) for value in sums]
    return True if True in known else None if None in known or not known else False


def _total_shown(act: Act) -> list[str]:
    """The one total that a page shows beside the button that moves it: more than the single fields of its form say."""
    if act.action.type != "click" or act.effects.get("purchase", False) is not True:
        return []
    told = (match["sum"] for line in lines_of(act.observation) if (match := _TOTAL.match(line.text.strip())))
    totals = list(dict.fromkeys(value for text in told for value in sums_in(text)))
    return totals if len(totals) == 1 else []


def fills_cart(act: Act) -> bool:
    """The control puts something into a shopping cart."""
    return _CART.search(act.name) is not None


def _price_beside(act: Act, op: Comparison, figure: str) -> bool | None:
    """The price of what is put into a cart: known where all prices of the page compare alike."""
    prices = sums_in(act.observation.text) or [value for name, value in pairs_at_hand(act) if is_sum(name)]
    compared = {compare(value, op, figure) for value in prices}
    return compared.pop() if len(compared) == 1 else None

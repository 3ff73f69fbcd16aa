"""Which field a label names, and which sums stand in a text."""

from __future__ import annotations

import re
from functools import lru_cache

from harmonyguard.policies.kinship import related
from harmonyguard.policies.words import stem, stems

_MONEY = frozenset(
    stem(word)
    for word in "amount total price sum cost refund payment value budget fee charge eur usd gbp chf euro dollar".split()
)
_BELONGS = frozenset(
    stem(word)
    for word in "id method type reference number date source status reason note name account card center".split()
)
_SUMS = frozenset(stem(word) for word in "amount total sum price refund payment".split())
_SUM = re.compile(
    r"(?:[$€£¥]|\b(?:eur|usd|gbp|chf)\b)\s?(?P<before>\d[\d.,]*)"
    r"|(?P<after>\d[\d.,]*)\s?(?:[$€£¥]|(?:eur|usd|gbp|chf|dollars?|euros?|pounds?)\b)",
    re.IGNORECASE,
)


def is_field(label: str, term: str) -> bool:
    """True when a field of this label is the one that `term` names: every word of the term is in it."""
    named, wanted = stems(label), stems(term)
    if not named or not wanted:
        return False
    return frozenset(wanted) == related(frozenset(wanted), frozenset(named))


@lru_cache(maxsize=4096)
def is_money(field: str) -> bool:
    """True when a field of this name holds a sum, and not what belongs to one ("Payment method", "payment_id")."""
    named = stems(field)
    return bool(set(named) & _MONEY) and named[-1] not in _BELONGS


@lru_cache(maxsize=4096)
def is_sum(field: str) -> bool:
    """True when a name on a page is that of the sum that is about to be moved ("Amount", "Total to pay")."""
    return is_money(field) and bool(set(stems(field)) & _SUMS)


def sums_in(text: str) -> list[str]:
    """The figures of the sums of money in a text, in order."""
    return [match["before"] or match["after"] for match in _SUM.finditer(text)]

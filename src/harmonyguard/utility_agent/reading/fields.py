"""Which field a label names, and which sums stand in a text."""

from __future__ import annotations

import re
from functools import lru_cache

from harmonyguard.policies.kinship import related
from harmonyguard.policies.words import stem, stems, words

_MONEY = frozenset(
    stem(word)
    for word in "amount total price sum cost refund payment value budget fee charge eur usd gbp chf euro dollar".split()
)
_BELONGS = frozenset(
    stem(word)
    for word in "id method type reference number date source status reason note name account card center".split()
)
_CONTACT = frozenset({stem("contact")})
_DETAILS = frozenset(stem(word) for word in "information info details data".split())
_REACHES = frozenset(stem(word) for word in "phone mobile telephone cell fax email mail address".split())
_SUMS_OF_MANY = frozenset(stem(word) for word in "taxes savings earnings sales expenses dues costs fees".split())
_SUMS = frozenset(stem(word) for word in "amount total sum price refund payment".split())
_SUM = re.compile(
    r"(?:[$€£¥]|\b(?:eur|usd|gbp|chf)\b)\s?(?P<before>\d[\d.,]*)"
    r"|(?P<after>\d[\d.,]*)\s?(?:[$€£¥]|(?:eur|usd|gbp|chf|dollars?|euros?|pounds?)\b)",
    re.IGNORECASE,
)


def is_field(label: str, term: str) -> bool:
    """True when a field of this label is the one that `term` names: every word of the term is in it.

    "Contact details" name every field that says how to reach somebody.
    """
    named, wanted = stems(label), stems(term)
    if not named or not wanted:
        return False
    if frozenset(wanted) & _DETAILS and frozenset(wanted) - _DETAILS == _CONTACT and frozenset(named) & _REACHES:
        return True
    return frozenset(wanted) == related(frozenset(wanted), frozenset(named))


_COUNTED = re.compile(r"(?:total|amount of|sum of) (?:[\w-]+ )*(?P<things>[\w-]*[^s\W]s)")
"""Things in the plural of which a field holds how many: "total guests"."""


@lru_cache(maxsize=4096)
def is_money(field: str) -> bool:
    """True when a field of this name holds a sum, not what belongs to one ("payment_id") or counts ("total guests")."""
    named = stems(field)
    if not set(named) & _MONEY or named[-1] in _BELONGS:
        return False
    counted = _COUNTED.fullmatch(" ".join(words(field)))
    return counted is None or stem(counted["things"]) in _MONEY | _SUMS_OF_MANY


@lru_cache(maxsize=4096)
def is_sum(field: str) -> bool:
    """True when a name on a page is that of the sum that is about to be moved ("Amount", "Total to pay")."""
    return is_money(field) and bool(set(stems(field)) & _SUMS)


def sums_in(text: str) -> list[str]:
    """The figures of the sums of money in a text, in order."""
    return [match["before"] or match["after"] for match in _SUM.finditer(text)]

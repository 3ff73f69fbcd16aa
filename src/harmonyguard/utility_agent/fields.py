"""Which field a label names."""

from __future__ import annotations

from functools import lru_cache

from harmonyguard.policies.words import related, stem, stems

_MONEY = frozenset(stem(word) for word in "amount total price sum cost refund payment value budget fee charge".split())


def is_field(label: str, term: str) -> bool:
    """True when a field of this label is the one that `term` names: every word of the term is in it."""
    named, wanted = stems(label), stems(term)
    if not named or not wanted:
        return False
    return frozenset(wanted) == related(frozenset(wanted), frozenset(named))


@lru_cache(maxsize=4096)
def is_money(field: str) -> bool:
    """True when a field of this name holds a sum."""
    return bool(set(stems(field)) & _MONEY)

"""Does what a call pays with hold enough: the balance of a card, beside the total or the difference of prices?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from harmonyguard.policies.atom import Comparison
from harmonyguard.policies.words import normalise, stem, stems
from harmonyguard.utility_agent.reading.comparisons import number_in
from harmonyguard.utility_agent.reading.fields import is_money
from harmonyguard.utility_agent.reading.json_objects import Shown

from .act import Act
from .replacements import replaced
from .shown_objects import is_key_of_kind, meant_by, own_key

BALANCE = " balance"
"""How a `quantity` ends that is the balance of a kind of means: "gift card balance"."""

_BALANCES = frozenset(stem(word) for word in "balance credit available remaining funds".split())
_WORTH = frozenset(stem(word) for word in "amount value worth".split())
"""What may be a balance in the record of the card itself, and is a payment elsewhere."""
_PRICES = frozenset(stem(word) for word in "price cost".split())
_TOTALS = frozenset(stem(word) for word in "total subtotal due".split())
_GIVE_BACK = frozenset(stem(word) for word in "return refund reimburse repay cancel compensate credit".split())
_DIFFERENCE = frozenset(stem(word) for word in "difference surcharge".split())


def balance_compares(act: Act, kind: str, op: Comparison, to: str) -> bool | None:
    """Compares the balance of the means of this kind that the call hands over with a sum ("total", "difference").

    False where it hands over none of the kind, or gives money back; None where balance or sum are not shown.
    """
    if act.verb_stems & _GIVE_BACK:
        return False
    keys = [entry.value for entry in act.entries if _is_means(entry.field)]
    of_kind = {key: is_key_of_kind(act, key, kind) if kind else True for key in keys}
    meant = [key for key, known in of_kind.items() if known]
    if not meant:
        return None if None in of_kind.values() else False
    exchanges = bool(replaced(act))
    needed = _difference(act) if _DIFFERENCE & set(stems(to)) else None if exchanges else _total(act)
    balances = [balance for key in meant for one in meant_by(act, key) if (balance := _balance(one)) is not None]
    if needed is None or not balances:
        return None
    return _compare(sum(balances[: len(meant)], Decimal(0)), op, needed)


def _compare(balance: Decimal, op: Comparison, needed: Decimal) -> bool:
    return {
        "less": balance < needed,
        "at_most": balance <= needed,
        "more": balance > needed,
        "at_least": balance >= needed,
        "is": balance == needed,
        "is_not": balance != needed,
    }[op]


_MEANS = frozenset(
    stem(word) for word in "payment card account wallet source voucher method pay certificate from".split()
)


def _is_means(field: str) -> bool:
    return not _MEANS.isdisjoint(stems(field))


def _balance(one: Shown) -> Decimal | None:
    names = (
        _BALANCES | _WORTH if own_key(one) in (normalise(one.key), normalise(one.texts().get("id", ""))) else _BALANCES
    )
    found = (number_in(value) for name, value in one.texts().items() if set(stems(name)) & names)
    return next((number for number in found if number is not None), None)


def _total(act: Act) -> Decimal | None:
    """The sum that the call hands over, or that the record which it names comes to."""
    handed = [number_in(entry.value) for entry in act.entries if is_money(entry.field)]
    numbers = [number for number in handed if number is not None]
    if numbers:
        return sum(numbers, Decimal(0))
    for entry in act.entries:
        if _is_means(entry.field):
            continue
        for one in meant_by(act, entry.value):
            if (total := _total_of(one)) is not None:
                return total
    return None


def _total_of(one: Shown) -> Decimal | None:
    named = [number_in(value) for name, value in one.texts().items() if set(stems(name)) & _TOTALS]
    if named and named[0] is not None:
        return named[0]
    for name, value in one.fields.items():
        if isinstance(value, list) and "payment" in name:
            paid = [_signed(item) for item in value if isinstance(item, dict)]
            if paid and None not in paid:
                return sum((number for number in paid if number is not None), Decimal(0))
    prices = [number for value in one.fields.values() if isinstance(value, list) for number in _prices(value)]
    return sum(prices, Decimal(0)) if prices else None


def _signed(item: dict[str, object]) -> Decimal | None:
    """What was paid, or with a minus what was given back."""
    sums = [number_in(str(value)) for name, value in item.items() if is_money(name)]
    back = any("refund" in str(value) for value in item.values())
    if not sums or sums[0] is None:
        return None
    return -sums[0] if back else sums[0]


def _prices(items: list[object]) -> Iterator[Decimal]:
    for item in items:
        if isinstance(item, dict):
            yield from (
                number
                for name, value in item.items()
                if set(stems(str(name))) & _PRICES and (number := number_in(str(value))) is not None
            )


def _difference(act: Act) -> Decimal | None:
    """By how much the new things cost more than those that they replace."""
    pairs = replaced(act)
    prices = [(_price(act, old), _price(act, new)) for old, new in pairs if new is not None]
    if not pairs or len(prices) != len(pairs):
        return None
    total = Decimal(0)
    for before, after in prices:
        if before is None or after is None:
            return None
        total += after - before
    return total


def _price(act: Act, key: str) -> Decimal | None:
    for one in meant_by(act, key):
        for number in _prices([one.texts()]):
            return number
    return None

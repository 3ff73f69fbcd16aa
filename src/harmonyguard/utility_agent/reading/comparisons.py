"""Numbers and texts compared as rules compare them. What cannot be read compares as unknown."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import islice

from harmonyguard.policies.atom import Comparison
from harmonyguard.policies.words import normalise

from .dates import date_in, is_dated

_NUMBER = re.compile(r"-?\d[\d.,'\u00a0 ]*")
_AFTERTHOUGHT = re.compile(r"\s*\([^()]*\)\s*$")
""" "17 (18 next month)": what the number is comes first."""
_PLAIN = re.compile(r"\d{1,9}(?:\.\d{1,2})?")
"""A number and no key: "2" is "2.0"."""

_TRUE = frozenset({"true", "yes", "y", "on", "1", "active"})
_FALSE = frozenset({"false", "no", "n", "off", "0", "inactive", "none"})


def compare(actual: str, op: Comparison, wanted: str) -> bool | None:
    """`actual op wanted`, for numbers and for dates.

    None when there is nothing to compare, a date meets a number, or several numbers compare differently.
    """
    if op in ("is", "is_not"):
        same = _same(actual, wanted)
        return same if op == "is" else not same
    if is_dated(actual) or is_dated(wanted):
        left, right = date_in(actual), date_in(wanted)
        return None if left is None or right is None else _compare(left.toordinal(), op, right.toordinal())
    limit = number_in(wanted)
    told = _AFTERTHOUGHT.sub("", actual) if actual[:1].isdigit() else actual
    numbers = [
        number for match in islice(_NUMBER.finditer(told), 5) if (number := number_in(match.group())) is not None
    ]
    answers = {_compare(number, op, limit) for number in numbers} if limit is not None else set()
    return answers.pop() if len(answers) == 1 else None


def _compare(left: Decimal | int, op: Comparison, right: Decimal | int) -> bool:
    return {"less": left < right, "at_most": left <= right, "more": left > right, "at_least": left >= right}[op]


@lru_cache(maxsize=4096)
def number_in(text: str) -> Decimal | None:
    """The first number in a text, with either decimal mark ("1,250.00", "1.250,00 €" → 1250.00)."""
    match = _NUMBER.search(text)
    if match is None:
        return None
    digits = re.sub(r"['\u00a0 ]", "", match.group()).rstrip(".,")
    last = max(digits.rfind("."), digits.rfind(","))
    if last >= 0 and (
        len(digits) - last - 1 != 3 or (digits.count(".") + digits.count(",") == 2 and "." in digits and "," in digits)
    ):
        whole, fraction = digits[:last], digits[last + 1 :]
    else:
        whole, fraction = digits, ""
    try:
        return Decimal(re.sub(r"[.,]", "", whole) + (f".{fraction}" if fraction else ""))
    except InvalidOperation:
        return None


def _same(actual: str, wanted: str) -> bool:
    left, right = normalise(actual), normalise(wanted)
    if left == right:
        return True
    if _PLAIN.fullmatch(left) and _PLAIN.fullmatch(right) and number_in(left) == number_in(right):
        return True
    if (day := date_in(actual)) is not None and day == date_in(wanted):
        return True
    return (left in _TRUE and right in _TRUE) or (left in _FALSE and right in _FALSE)

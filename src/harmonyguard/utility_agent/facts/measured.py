"""Numbers with a unit that a call hands over: counted in its lists, or under a name for numbers ("quantity": 8).

A list of five passengers is five passengers; "quantity" of a tool that books tickets counts tickets.
"""

from __future__ import annotations

from harmonyguard.policies.atom import Comparison
from harmonyguard.policies.kinship import covers
from harmonyguard.policies.words import stem, stems, words
from harmonyguard.utility_agent.reading.comparisons import compare

from .act import Act
from .balances import BALANCE, balance_compares
from .changed_numbers import UNITS, has_changed_by
from .times import distance

_NUMBERS = frozenset(
    stem(word) for word in "quantity qty count number amount total size party num copies units".split()
)
_IDENTITIES = frozenset(stem(word) for word in "id ids code reference number name".split())


def has_measure(act: Act, unit: str, op: Comparison, value: str) -> bool | None:
    """The number of such things that the act hands over, or the time from now to what the unit names, compared.

    None where it hands over no such number: then what the record shows may tell it.
    """
    if unit in UNITS:
        return has_changed_by(act, unit, op, value)
    if unit.endswith(BALANCE):
        return balance_compares(act, unit.removesuffix(BALANCE), op, value)
    if (known := distance(act, unit, op, value)) is not None:
        return known
    if act.action.type != "tool_call":
        return None
    told = {number for number in (_listed(act, unit), *_under_a_name(act, unit)) if number is not None}
    answers = {compare(number, op, value) for number in told}
    return answers.pop() if len(answers) == 1 else None


def _listed(act: Act, unit: str) -> str | None:
    """How many items a list of such things has, or how many of any list are called so ("certificate_88")."""
    wanted = frozenset(stems(unit))
    lists = [(name, value) for name, value in act.action.arguments.items() if isinstance(value, (list, tuple))]
    for name, items in lists:
        if frozenset(stems(name)) - _IDENTITIES == wanted:
            return str(len(items))
    for _, items in lists:
        named = [item for item in items if any(_is_called(text, unit) for text in _texts(item))]
        if named:
            return str(len(named))
    return None


def _is_called(text: str, unit: str) -> bool:
    """ "gift_card_88" is a gift card, and "certificate_5" a travel certificate: it says the last word and no other."""
    told = frozenset(map(stem, words(text)))
    named = frozenset(one for one in told if one.isalpha())
    return covers(told, frozenset(stems(unit))) or (bool(named) and named <= frozenset(stems(unit)[-1:]))


def _under_a_name(act: Act, unit: str) -> list[str]:
    """Numbers under the name of the unit ("guests": 4), or of a call on such things under a name for numbers."""
    wanted = frozenset(stems(unit))
    about = frozenset(stems(act.name))
    found: list[str] = []
    for name, value in act.action.arguments.items():
        if isinstance(value, bool) or not isinstance(value, (int, float, str)) or not _is_number(str(value)):
            continue
        named = frozenset(stems(name))
        if named - _NUMBERS == wanted or named == wanted or (named <= _NUMBERS and covers(about, wanted)):
            found.append(str(value))
    return found


def _texts(item: object) -> list[str]:
    if isinstance(item, dict):
        return [str(value) for value in item.values()]
    return [str(item)]


def _is_number(text: str) -> bool:
    return text.strip().replace(".", "", 1).isdecimal()

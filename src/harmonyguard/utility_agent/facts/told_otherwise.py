"""Was a question on other things than a call of a tool hands over: another key, more of a list, another record?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from harmonyguard.policies.words import normalise, stem, stems, words
from harmonyguard.utility_agent.reading.json_objects import Shown
from harmonyguard.utility_agent.reading.stated import is_said

from .act import Act
from .shown_objects import meant_by, siblings_of

_KEY = re.compile(r"[\w.+-]*\w@[\w-]+(?:\.[\w-]+)+|\w+(?:[-_/]\w+)*")
_FIGURES = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+")
_DAY = re.compile(r"\d{1,4}-\d\d?(?:-\d\d)?")
_SHORTEST, _SHORTEST_OF_FIGURES = 3, 5
"""Characters of the shortest key: "B77", "66120"."""


def is_on_others(act: Act, question: str) -> bool:
    """True when the question told things of the same kind apart, and the call is on one that it did not tell."""
    return (
        _is_on_a_person_instead(act, question)
        or _hands_another_key(act, question)
        or any(_hands_more(act, items, question) for items in _lists(act))
        or any(_is_another_record(act, key, question) for key in _single(act))
    )


def tells_of_record(act: Act, question: str) -> bool:
    """True when the question says what the record that the call names holds, and others of its kind do not."""
    return any(len(_said(_own(act, one), question)) >= _ENOUGH for key in _single(act) for one in meant_by(act, key))


_ENOUGH = 2


def is_of_the_one_talked_of(act: Act) -> bool:
    """True when the user named the record of the call by its key, and the talk names no other of its make."""
    if act.action.type != "tool_call":
        return False
    talk = [(event.type, keys_in(event.text or "")) for event in act.situation.history if event.text]
    by_user = frozenset[str]().union(*(keys for kind, keys in talk if kind == "user_message"))
    spoken = frozenset[str]().union(
        *(keys for kind, keys in talk if kind in ("user_message", "agent_message", "ask_user"))
    )
    mine = frozenset[str]().union(*map(keys_in, _single(act)))
    named = {key for key in mine & by_user if not _FIGURES.fullmatch(key)}
    return bool(named) and not any(_make(other) == _make(key) for key in named for other in spoken - mine)


def _is_on_a_person_instead(act: Act, question: str) -> bool:
    """The question was on a record by its key, and the call is on the user: on the profile instead of the order."""
    asked = frozenset(key for key in keys_in(question) if not _FIGURES.fullmatch(key))
    handed = frozenset[str]().union(*map(keys_in, _single(act)))
    on_person = not _PERSONS.isdisjoint(act.object_stems[:1])
    return on_person and bool(asked) and asked.isdisjoint(handed) and _PERSONS.isdisjoint(stems(question))


_PERSONS = frozenset(stem(word) for word in "user customer profile account default guest reader member client".split())


def hands_another(act: Act, call: str) -> bool:
    """True when an earlier call, as text, handed over another key where this one hands over its own."""
    before = keys_in(call)
    mine = frozenset().union(*map(keys_in, _single(act)))
    return any(_make(key) in {_make(other) for other in before - mine} for key in mine - before)


def keys_in(text: str) -> frozenset[str]:
    """The keys that a text names: figures with letters, long figures, addresses of mail."""
    return frozenset(key for match in _KEY.finditer(normalise(text)) if _is_key(key := match.group()))


def _is_key(word: str) -> bool:
    if "@" in word:
        return True
    figures = not _LETTERS.search(word)
    long_enough = len(word) >= (_SHORTEST_OF_FIGURES if figures else _SHORTEST)
    return long_enough and _FIGURES.search(word) is not None and not _DAY.fullmatch(word)


def _hands_another_key(act: Act, question: str) -> bool:
    """The call names "T-91", and the question "T-88": a key of the same make, that the call does not hand over."""
    asked = keys_in(question)
    handed = frozenset().union(*(keys_in(entry.value) for entry in act.entries))
    left = {_make(key) for key in asked - handed}
    return any(
        _make(key) in left and not _is_told_by_kind(act, key, question)
        for value in (*_single(act), *_lists_untold(act, question))
        for key in keys_in(value) - asked
    )


def _make(key: str) -> str:
    """The form of a key: "A-9" of "T-88". Of what is paid with, and of mail, it does not matter what it is called."""
    if "@" in key:
        return "@"
    parts = [stem(part) for part in words(key.replace("_", " ")) if part.isalpha()]
    if not _PAID_WITH.isdisjoint(parts):
        return "paid with"
    figures = _FIGURES.sub("9" if parts or _LETTERS.search(key) else lambda match: "9" * len(match.group()), key)
    return _LETTERS.sub("A", figures)


_PAID_WITH = frozenset(
    stem(word)
    for word in """card credit debit gift paypal certificate voucher wallet account checking savings bank payment visa
        mastercard coupon points cash iban""".split()
)
"""Words in the keys of cards, accounts and the like."""


def _is_told_by_kind(act: Act, key: str, question: str) -> bool:
    """ "Your Visa ending in 4410", "the gift card": a key may be told by what it is, where no other of its kind is."""
    kind = re.sub(r"[_-]?\d+", "", key).replace("_", " ")
    others = {other for other in keys_in(question) if re.sub(r"[_-]?\d+", "", other).replace("_", " ") == kind}
    if kind and not others and is_said(kind, question):
        return True
    return any(_said(_own(act, one), question) for one in meant_by(act, key))


def _hands_more(act: Act, items: list[str], question: str) -> bool:
    """Of a list, some were told by key or by name, and others were not."""
    if _ALL_OF_THEM.search(normalise(question)):
        return False
    by_key = [item for item in items if is_said(item, question)]
    names = {item: _names_of(act, item) for item in items}
    by_name = [item for item, called in names.items() if any(is_said(name, question) for name in called)]
    rest = [item for item in items if item not in by_key and item not in by_name]
    return bool(rest) and (bool(by_key) or (bool(by_name) and any(names[item] for item in rest)))


_ALL_OF_THEM = re.compile(r"\b(?:all|both|every|each|everything|entire|whole)\b(?! (?:the )?details?\b| right\b)")


def _names_of(act: Act, key: str) -> list[str]:
    shown = meant_by(act, key)
    return [
        value
        for one in shown
        for holder in (one, one.around)
        if holder is not None
        for name, value in holder.texts().items()
        if name in ("name", "title", "label") and len(value) > _SHORTEST
    ]


def _is_another_record(act: Act, key: str, question: str) -> bool:
    """The question tells what another record of the kind holds, and nothing that only this one does."""
    if is_said(key, question):
        return False
    for one in meant_by(act, key):
        if _said(_own(act, one), question):
            return False
        return any(_said(_beside(other, one), question) for other in siblings_of(act, one))
    return False


def _own(act: Act, one: Shown) -> frozenset[str]:
    """What it holds, and no other of its kind does."""
    shared = frozenset(value for other in siblings_of(act, one) for value in other.leaves())
    return frozenset(one.leaves()) - shared


def _beside(other: Shown, one: Shown) -> frozenset[str]:
    return frozenset(other.leaves()) - frozenset(one.leaves())


def _said(values: frozenset[str], question: str) -> frozenset[str]:
    return frozenset(value for value in values if len(value) > _SHORTEST and is_said(value, question))


def _single(act: Act) -> Iterator[str]:
    """The values of a call that stand alone: those of a list may be kept as they were."""
    yield from (value for value in act.action.arguments.values() if isinstance(value, str))


def _lists_untold(act: Act, question: str) -> Iterator[str]:
    """The values of lists of which nothing was told."""
    for items in _lists(act):
        if not any(is_said(item, question) for item in items):
            yield from items


def _lists(act: Act) -> Iterator[list[str]]:
    for value in act.action.arguments.values():
        if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
            yield list(value)

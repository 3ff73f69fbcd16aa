"""What a call puts in the place of what: "item_ids" and "new_item_ids", "room" and "new_room"."""

from __future__ import annotations

from harmonyguard.policies.words import stem, stems
from harmonyguard.utility_agent.reading.json_objects import Shown

from .act import Act, once_per_act
from .holdings import is_flag
from .shown_objects import meant_by

REPLACED_BY = "replaced by "
"""How a `described` begins that is on what comes in the place of something: "replaced by another product"."""

_NEW = frozenset(stem(word) for word in "new replacement target to".split())
_OLD = frozenset(stem(word) for word in "old current existing original from".split())


@once_per_act
def replaced(act: Act) -> tuple[tuple[str, str | None], ...]:
    """Each thing that the call replaces, with what comes in its place: None where nothing does."""
    named = {tuple(stems(name)): value for name, value in act.action.arguments.items()}
    for name, value in named.items():
        if not _NEW & set(name):
            continue
        rest = [one for one in name if one not in _NEW]
        before = next((old for other, old in named.items() if [o for o in other if o not in _OLD] == rest), None)
        if before is None:
            continue
        olds, news = _texts(before), _texts(value)
        return tuple((old, news[place] if place < len(news) else None) for place, old in enumerate(olds))
    return ()


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)] if value else []


def is_replaced_by(act: Act, what: str) -> bool | None:
    """Does the call put something of this sort in the place of another: "nothing", "the same", "what is unavailable",
    "another product" (a thing of another one)? False for a call that replaces nothing."""
    pairs = replaced(act)
    if act.action.type != "tool_call":
        return None
    if not pairs:
        return None if "new" in " ".join(act.action.arguments) else False
    answers = {_is(act, old, new, what) for old, new in pairs}
    return True if True in answers else None if None in answers else False


def _is(act: Act, old: str, new: str | None, what: str) -> bool | None:
    if new is None or what == "nothing":
        return new is None and what == "nothing"
    if what == "the same":
        return old == new
    if what == "what is unavailable":
        return _is_unavailable(act, new)
    kind = frozenset(stems(what)) - _ANOTHER
    before, after = _of_kind(act, old, kind), _of_kind(act, new, kind)
    return None if before is None or after is None else before != after


_ANOTHER = frozenset(stem(word) for word in "another other type types kind".split())


def _of_kind(act: Act, key: str, kind: frozenset[str]) -> str | None:
    """Of which product, title or class the thing is: told by a field of it, or of the object that it is listed in."""
    for one in meant_by(act, key):
        holder: Shown | None = one
        while holder is not None:
            for name, value in holder.texts().items():
                if kind <= frozenset(stems(name)):
                    return value
            holder = holder.around
    return None


_GONE = ("unavailable", "sold out", "out of stock", "taken", "occupied", "booked", "lent", "on loan", "reserved")


def _is_unavailable(act: Act, key: str) -> bool | None:
    for one in meant_by(act, key):
        for name, value in one.texts().items():
            named = stems(name)
            if named[-1:] == [stem("available")] and (flag := is_flag(value)) is not None:
                return not flag
            if named[-1:] in ([stem("status")], [stem("availability")]):
                return value.strip().lower() in _GONE
            if named[-1:] == [stem("stock")] and value.strip().isdecimal():
                return int(value) == 0
    return None

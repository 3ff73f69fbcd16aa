"""Lists of things that a call hands over and that the record did not hold so: "flights", "guests", "items"."""

from __future__ import annotations

from .act import Act, once_per_act
from .shown_objects import meant_by


@once_per_act
def lists_changed(act: Act) -> tuple[str, ...]:
    """The names of lists of objects in a call, but for those that the record which the call names lists alike.

    A record may say more of each thing than the call does: its price, its places.
    """
    records = [one for value in act.action.arguments.values() if isinstance(value, str) for one in meant_by(act, value)]
    return tuple(
        name
        for name, items in act.action.arguments.items()
        if isinstance(items, list | tuple)
        and items
        and all(isinstance(item, dict) for item in items)
        and records
        and not any(_holds_alike(one.fields.get(name), items) for one in records)
    )


def _holds_alike(shown: object, items: list[dict[str, object]] | tuple[dict[str, object], ...]) -> bool:
    if not isinstance(shown, list) or len(shown) != len(items):
        return False
    pairs = zip(shown, items, strict=True)
    return all(isinstance(old, dict) and new.items() <= old.items() for old, new in pairs)

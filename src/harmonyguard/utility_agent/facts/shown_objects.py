"""The objects that page and tools showed as JSON, and which of them a key of a call means.

A key is a value that names one thing: "L-5521", "gift_card_8812", "nora_berg_4410".
"""

from __future__ import annotations

import re

from harmonyguard.policies.words import normalise, stem, stems
from harmonyguard.utility_agent.reading.json_objects import Shown, objects_in

from .act import Act, once_per_act


@once_per_act
def objects_at_hand(act: Act) -> tuple[Shown, ...]:
    """All objects of page and tools, the newest output first."""
    outputs = [event.text or "" for event in reversed(act.situation.history) if event.type == "tool_output"]
    return tuple(one for text in (*outputs, act.observation.text) for one in objects_in(text))


def meant_by(act: Act, key: str) -> tuple[Shown, ...]:
    """The objects that the key names: it stands in their own key, or first among the keys that they hold."""
    wanted = normalise(key)
    return tuple(one for one in objects_at_hand(act) if wanted and own_key(one) == wanted)


def own_key(one: Shown) -> str:
    """The key that names the object itself: what it stands under, or the key of its own kind."""
    keys = [(name, normalise(value)) for name, value in one.texts().items() if _IDENTITIES & set(stems(name)[-1:])]
    under = normalise(one.key)
    if any(value == under for _, value in keys):
        return under
    if _CODE.fullmatch(under):
        return under
    own = [value for name, value in keys if stems(name) in (["id"], ["code"], ["number"])]
    return (own or [value for name, value in keys if not _is_of_kind(name, one)] or [""])[0]


def _is_of_kind(name: str, one: Shown) -> bool:
    """ "product_id" of an item tells of what kind it is, where it has an "item_id" as well."""
    kind = one.key.rstrip("s")
    others = [other for other in one.texts() if other != name and stems(other)[-1:] == stems(name)[-1:]]
    return bool(kind) and any(stem(kind) in stems(other) for other in others) and stem(kind) not in stems(name)


def siblings_of(act: Act, one: Shown) -> tuple[Shown, ...]:
    """Other objects of its kind: of the same names, with another key."""
    names = frozenset(one.texts())
    own = own_key(one)
    return tuple(
        other
        for other in objects_at_hand(act)
        if own_key(other) not in ("", own) and len(names & frozenset(other.texts())) * 2 > len(names)
    )


def is_key_of_kind(act: Act, key: str, kind: str) -> bool | None:
    """Does the key name a thing of this kind ("gift card")? Told by its words, or by what its object holds.

    None where neither says of which kind it is.
    """
    wanted = frozenset(stems(kind))
    words_in_key = frozenset(one for one in stems(key.replace("_", " ")) if one.isalpha())
    if wanted <= words_in_key:
        return True
    kinds = [
        frozenset(stems(value.replace("_", " ")))
        for one in meant_by(act, key)
        for name, value in one.texts().items()
        if set(stems(name)) & _KIND_NAMES
    ]
    if any(wanted <= told for told in kinds):
        return True
    return False if kinds or words_in_key & _KINDS_OF_MEANS else None


_KIND_NAMES = frozenset(stem(word) for word in "source type kind class method brand".split())
_KINDS_OF_MEANS = frozenset(
    stem(word) for word in "card paypal certificate voucher wallet account debit credit gift bank cash coupon".split()
)
"""Words that say of which kind something is that one pays with."""

_IDENTITIES = frozenset(stem(word) for word in "id code key number no ref reference".split())
_CODE = re.compile(r"#?(?=[\w-]*\d)[\w-]{3,}")

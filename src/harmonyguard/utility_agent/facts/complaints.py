"""What the user complains of, told by the user's own words: "my parcel was damaged" of damaged parcels."""

from __future__ import annotations

from harmonyguard.policies.words import normalise, words

from .act import Act

COMPLAINT = "complaint"
"""The name under which an attribute of the user is what the user complains of."""

_SPELT = {"canceled": "cancelled"}
_SAID_ALSO = {
    "delayed": ("delay", "delays", "late", "hours"),
    "cancelled": ("cancellation",),
    "lost": ("missing", "disappeared"),
    "damaged": ("broken", "cracked"),
}
"""Other words for the same trouble."""


def complains_of(act: Act, what: str) -> bool | None:
    """True where a message of the user says the first word of the complaint, the trouble, as something that happened.

    None where none does: it may be told in other words.
    """
    trouble, *_ = words(what) or [""]
    said = {
        _SPELT.get(word, word)
        for event in act.situation.history
        if event.type == "user_message"
        for word in words(normalise(event.text or ""))
    }
    return True if said & {_SPELT.get(trouble, trouble), *_SAID_ALSO.get(trouble, ())} else None

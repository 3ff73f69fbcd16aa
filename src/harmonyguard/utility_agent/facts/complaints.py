"""What the user complains of, told by the user's own words: "my parcel was damaged" of damaged parcels."""

from __future__ import annotations

from harmonyguard.policies.words import normalise, words

from .act import Act
from .gathering import ASKS_WHY

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

    False where the agent asked for the reason and none does; None where nobody asked: it may be told in other words.
    """
    trouble, *_ = words(what) or [""]
    said = {
        _SPELT.get(word, word)
        for event in act.situation.history
        if event.type == "user_message"
        for word in words(normalise(event.text or ""))
    }
    troubled = bool(said & {_SPELT.get(trouble, trouble), *_SAID_ALSO.get(trouble, ())})
    return True if troubled else False if _was_asked_why(act) else None


def _was_asked_why(act: Act) -> bool:
    """The agent asked for the reason, and the user said something since."""
    asked = False
    for event in act.situation.history:
        text = normalise(event.text or event.value or "")
        if event.type in ("agent_message", "ask_user"):
            asked = asked or ASKS_WHY.search(text) is not None
        elif event.type == "user_message" and asked:
            return True
    return False

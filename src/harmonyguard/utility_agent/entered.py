"""Does the act enter a value that the task does not state?"""

from __future__ import annotations

import re

from harmonyguard.policies.words import subject_stems

from .act import Act
from .dates import dates_in
from .stated import is_said

_EXACT = re.compile(
    r"\S+@\S+\.\S+|https?://\S+|www\.\S+|[+(]?\d[\d\s()./,'-]*[%€$£]?|(?=\S*\d)[\w-]{4,}", re.IGNORECASE
)
"""Addresses, numbers and codes: stated in full or not at all. That some word of them was said states nothing."""


def enters_more_than_said(act: Act) -> bool | None:
    """True for a value that the user did not state in any format; None where words of it were said, or for a tool."""
    own = [entry for entry in act.entries if entry.now and entry.value.strip()]
    if not own or act.action.type == "tool_call":
        return None if own else False
    talk = (event.text or "" for event in act.situation.history if event.type == "user_message")
    said = "\n".join([act.situation.task.goal, *talk])
    verdicts = {_is_extra(entry.value, said) for entry in own}
    return True if True in verdicts else None if None in verdicts else False


def _is_extra(value: str, said: str) -> bool | None:
    if is_said(value, said):
        return False
    if _EXACT.fullmatch(value.strip()) or dates_in(value):
        return True
    return None if subject_stems(value) & subject_stems(said) else True

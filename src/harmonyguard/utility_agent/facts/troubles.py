"""Is the error that a page shows one of this act, or about this thing? Told by its words and by what was done last."""

from __future__ import annotations

from harmonyguard.policies.kinship import overlaps
from harmonyguard.policies.words import stem, stems, subject_stems
from harmonyguard.steps import EFFECTS, Effect
from harmonyguard.utility_agent.reading.languages import effects_spoken
from harmonyguard.utility_agent.reading.page_signals import errors_told
from harmonyguard.utility_agent.reading.passages import content_of

from .act import Act, once_per_act
from .happenings import was

_ENTERING: frozenset[Effect] = frozenset({"create", "update", "submit", "change_settings"})
"""Effects of the one button under a form: which of them "Save" has, its form decides."""


def concerns(act: Act, subject: str) -> bool | None:
    """True where the error's words, the page around it or the last act name the effect or thing; never False.

    That nothing names it does not show that the error is of another kind.
    """
    if subject in EFFECTS:
        meant = _ENTERING if subject in _ENTERING else frozenset({subject})
        told = effects_spoken(_told(act)) & meant
        return True if told or any(_was_tried(act, effect) for effect in meant) else None
    around = subject_stems(f"{_told(act)} {act.observation.title} {act.observation.url.replace('/', ' ')}")
    return True if overlaps(subject_stems(subject), around) else None


def is_mentioned_as_trouble(act: Act, subject: str) -> bool:
    """A text of the page speaks of a trouble that is told without the word error ("Possible duplicate: ...")."""
    named = stem(subject)
    return named in _SOFT and any(named in stems(line) for line in content_of(act.observation.text).splitlines())


_SOFT = frozenset(stem(word) for word in "duplicate mismatch conflict overlap circular warning discrepancy".split())


def _was_tried(act: Act, effect: str) -> bool:
    """The newest act of the run had, or may have had, this effect; that it failed is what the page says."""
    newest = next((event for event in reversed(act.situation.history) if event.type not in _TALK), None)
    return newest is not None and was(newest.model_copy(update={"error": None}), effect) is True


@once_per_act
def _told(act: Act) -> str:
    return "\n".join(errors_told(act.observation))


_TALK = frozenset({"user_message", "agent_message", "user_profile", "tool_output", "send_msg_to_user", "ask_user"})

"""Has been done what words tell of? By the events of the run, the fields of the page, and what its values say."""

from __future__ import annotations

import re

from harmonyguard.policies.kinship import covers, overlaps
from harmonyguard.policies.senses import senses_in
from harmonyguard.policies.words import stem, subject_stems
from harmonyguard.steps import Event
from harmonyguard.utility_agent.reading.labels import CONSEQUENTIAL, effects_of_label
from harmonyguard.utility_agent.reading.page_lines import lines_of

from .act import Act
from .happenings import is_entered

Answer = bool | None


def was_done(act: Act, told: str) -> Answer:
    """Do events of this run hold what the words tell of? "Tell user ..." is done by a message that holds the rest."""
    if told.startswith(TELLING):
        return _was_told(act, told.removeprefix(TELLING))
    wanted = subject_stems(told) - _ANY_OF_THEM
    if not wanted:
        return None
    if wanted <= _FIELDS_FILLED and wanted & _REQUIRED:
        return _is_filled_in(act)
    if wanted & _ENTERED and (entered := is_entered(act, wanted - _ENTERED)) is not None:
        return entered
    spoken = False
    for event in act.situation.history:
        text = " ".join(
            [event.element_name or "", event.name or "", event.value or "", event.text or "", *sorted(event.effects)]
        )
        about = subject_stems(text)
        counts = event.error is None and event.type not in ("agent_message", "user_profile", "tool_output")
        asked = wanted - _done_by(event)
        if counts and ((asked and covers(about, asked)) or senses_in(told) & senses_in(text)):
            return True
        spoken = spoken or overlaps(wanted, about)
    lines = [line for line in lines_of(act.observation) if not line.leads_away and overlaps(wanted, line.stems)]
    for line in lines:
        if line.name and (known := _DONE.get(_first_word(line.value))) is not None:
            return known
    return None if spoken or lines else False


def _first_word(value: str) -> str:
    return next(iter(value.lower().split()), "").strip(".,;!'\"")


TELLING = "tell user "

_ANY_OF_THEM = frozenset(stem(word) for word in "existing always first all any every".split())
"""Words that tell no thing from others of its kind."""

_ENTERS = frozenset({"fill", "select_option", "check", "upload_file"})
_ENTERED = frozenset(
    stem(word) for word in "set enter fill select choose specify provide type pick assign attach upload".split()
)
FILLED_IN = _ENTERED | frozenset(
    stem(word) for word in "add give record state note write leave store given written left".split()
)
"""What is said of a field that holds something: "a reason has been given"."""
_OPENS = frozenset({"click", "goto"})
_OPENED = frozenset(stem(word) for word in "open view visit go".split())
"""What an event of such a kind does to the thing that it names, whether its name says so or not."""


def _done_by(event: Event) -> frozenset[str]:
    if event.type in _ENTERS:
        return _ENTERED
    # "Close the guest list" does not open it.
    told, _ = effects_of_label(event.element_name or "")
    acts = any(known and effect in CONSEQUENTIAL for effect, known in told.items())
    return _OPENED if event.type in _OPENS and not acts else frozenset()


_REQUIRED = frozenset(stem(word) for word in "required mandatory".split())
_FIELDS_FILLED = _REQUIRED | frozenset(stem(word) for word in "field form fill complete enter set information".split())


def _is_filled_in(act: Act) -> Answer:
    """Do the fields that the page marks as required hold something? None where it marks none that can be told."""
    required = [e for e in act.observation.elements if e.required and e.role != "radio"]
    filled = [
        e.checked is True if e.role in ("checkbox", "switch") else bool((e.value or "").strip()) for e in required
    ]
    return all(filled) if filled else None


def _was_told(act: Act, matter: str) -> Answer:
    wanted = subject_stems(matter)
    messages = (
        event for event in act.situation.history if event.type in ("send_msg_to_user", "ask_user", "agent_message")
    )
    texts = [f"{event.value or ''} {event.text or ''}" for event in messages]
    counted = wanted & _COUNTED
    if counted and any(_FIGURE.search(text) and covers(subject_stems(text), wanted - counted) for text in texts):
        return True
    told = [subject_stems(text) for text in texts]
    written = [about for text, about in zip(texts, told, strict=True) if "@" in text]
    if wanted & _ADDRESS and any(covers(about, wanted - _TO_WHOM) for about in written):
        return True
    if wanted and any(covers(about, wanted) for about in told):
        return True
    return None if told else False


_ADDRESS = frozenset(stem(word) for word in "address email mail".split())
_TO_WHOM = _ADDRESS | frozenset(stem(word) for word in "recipient recipients addressee receiver e".split())
"""What an address in full tells, whether it is called so or not."""

_COUNTED = frozenset(stem(word) for word in "number count total amount".split())
_FIGURE = re.compile(r"(?<![\w.])\d+(?![\w.]*\d)")
"""How many there are is told by a figure."""

_DONE = {
    **dict.fromkeys(
        "done yes passed match matched granted approved complete completed recorded ok signed confirmed".split(), True
    ),
    **dict.fromkeys(
        "given received obtained true successful succeeded verified made finished ready closed".split(), True
    ),
    **dict.fromkeys(
        "not no pending missing failed open none outstanding false waiting awaiting rejected denied".split(), False
    ),
    **dict.fromkeys("requested unanswered incomplete expired declined refused todo".split(), False),
}
"""What the first word of a value says of a thing to be done: "Name check: passed", "Approval: pending"."""

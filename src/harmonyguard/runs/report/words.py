"""Words of a report: actions, outcomes, times, and text from pages with everything that could disguise it shown."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from harmonyguard.runs.report_story import Tone
from harmonyguard.runs.spending import Part, milliseconds_between
from harmonyguard.steps import Action, Element, Observation

if TYPE_CHECKING:
    from markupsafe import Markup

_HIDDEN = "•" * 8

_VERBS = {
    "click": "Click",
    "dblclick": "Double-click",
    "hover": "Point at",
    "fill": "Enter",
    "press": "Press",
    "select_option": "Choose",
    "check": "Tick",
    "uncheck": "Untick",
    "drag_and_drop": "Drag",
    "upload_file": "Upload",
    "scroll": "Scroll",
    "goto": "Open",
    "go_back": "Go back",
    "go_forward": "Go forward",
    "new_tab": "Open a new tab",
    "tab_focus": "Switch tab",
    "tab_close": "Close the tab",
    "wait": "Wait",
    "send_msg_to_user": "Tell the user",
    "ask_user": "Ask the user",
    "finish": "Finish",
    "report_infeasible": "Report that it cannot be done",
    "tool_call": "Call tool",
    "unknown": "Do something that could not be read",
}

TONE_WORDS: dict[Tone, str] = {
    "allow": "Allowed",
    "revise": "Revised",
    "ask": "Put to a person",
    "stop": "Stopped",
    "error": "Guard error",
    "plain": "Not judged",
}

OUTCOME_WORDS = {
    "done": "Done",
    "infeasible": "Cannot be done",
    "stopped": "Stopped",
    "limit": "Out of steps",
    "error": "Guard error",
}

PART_WORDS: dict[Part, str] = {
    "observe": "looking at the page",
    "propose": "proposing",
    "judge": "judging",
    "act": "acting",
    "ask": "waiting for a person",
}

SUGGESTIONS = {
    "ask_user": "Ask the user first",
    "tell_user": "Tell the user",
    "use_value": "Use another value",
    "leave_empty": "Leave the field empty",
    "stay_on_site": "Stay on the site",
    "skip": "Leave this act out",
    "do_first": "Do something else first",
    "follow_task": "Go back to the task",
    "finish": "Finish",
}


@dataclass(frozen=True)
class Phrase:
    """An action in words: "Enter | 25.00 | into | textbox “Amount”"."""

    verb: str
    value: str | None = None
    target: str | None = None
    role: str | None = None
    url: str | None = None


def phrase(action: Action, observation: Observation | None) -> Phrase:
    """The action in words. What is typed into a password field is never shown."""
    element = None if observation is None else observation.element(action.ref)
    value = action.value
    if value is not None and element is not None and element.input_type == "password":
        value = _HIDDEN
    target = _name_of(element) if element is not None else action.name or action.ref
    role = None if element is None else element.role
    if action.type == "tool_call" and action.arguments:
        value = ", ".join(f"{key} = {argument}" for key, argument in action.arguments.items())
    return Phrase(_VERBS[action.type], value or None, target, role, action.url)


def plain(text: Any) -> str | Markup:
    """Text with every character that could disguise it shown by its code."""
    from markupsafe import Markup

    # Escaping comes first, so that the only markup left is our own.
    shown = [
        f'<code class="hidden-character">U+{ord(c):04X}</code>' if _disguises(c) else str(Markup.escape(c))
        for c in str(text)
    ]
    return Markup("".join(shown))  # noqa: S704


def clock(at: str) -> str:
    """A time of day, UTC, to the second."""
    moment = _moment(at)
    return at if moment is None else moment.strftime("%H:%M:%S")


def date(at: str) -> str:
    """A day and a time of day."""
    moment = _moment(at)
    return at if moment is None else moment.strftime("%-d %B %Y, %H:%M") + (" UTC" if moment.tzinfo else "")


def took(started: str, ended: str) -> str:
    """The time between two moments in words; nothing when they cannot be read."""
    between = milliseconds_between(started, ended)
    return "" if between is None else duration(between)


def duration(milliseconds: float) -> str:
    """ "3.4 ms", "2.1 s", "4 min 10 s"."""
    seconds = milliseconds / 1000
    if seconds < 1:
        return f"{milliseconds:.0f} ms" if milliseconds >= 1 or milliseconds == 0 else f"{milliseconds:.1f} ms"
    return f"{seconds:.1f} s" if seconds < 60 else f"{int(seconds // 60)} min {int(seconds % 60)} s"


def engine(name: str) -> str:
    """Who worked: the name of a model, or that there was none."""
    return "offline, no model" if name == "offline" else name or "not recorded"


def _disguises(character: str) -> bool:
    category = unicodedata.category(character)
    if character in "\n\t\r\u200c\u200d\u00ad":
        return False
    return category in {"Cf", "Cc", "Co", "Cs"} or 0xE0000 <= ord(character) <= 0xE0FFF


def _name_of(element: Element) -> str:
    return element.name or element.value or element.ref


def _moment(at: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment

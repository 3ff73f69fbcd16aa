"""The report of a run: one HTML file with no script and no outside address, for people who sign policies off.

Everything that came from a page or a model is text. Characters that could disguise text (direction overrides,
zero-width characters) are shown by their code, and the page's own content security policy forbids scripts.
"""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harmonyguard.steps import Action, Element, Observation

from .report_pictures import data_uri
from .report_story import JournalEvent, RunStory, StepStory, Tone, tell

if TYPE_CHECKING:
    from jinja2 import Template
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

_TONE_WORDS: dict[Tone, str] = {
    "allow": "Allowed",
    "revise": "Revised",
    "ask": "Put to a person",
    "stop": "Stopped",
    "error": "Guard error",
    "plain": "Not judged",
}

_OUTCOME_WORDS = {
    "done": "Done",
    "infeasible": "Cannot be done",
    "stopped": "Stopped",
    "limit": "Out of steps",
    "error": "Guard error",
}

_SUGGESTIONS = {
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


def render_report(events: Iterable[JournalEvent], *, folder: Path | None = None) -> str:
    """The report of the run that `events` (in order) tell of, as one HTML document.

    `folder` is the run's folder, where screenshots are looked up; without it there are none.
    Raises InputError when the events cannot be read.
    """
    from markupsafe import Markup

    story = tell(events)
    style = files("harmonyguard.runs").joinpath("report.css").read_text(encoding="utf-8")
    style_digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return _template().render(
        run=story,
        tone=run_tone(story),
        pictures={step.number: _picture(step, folder) for step in story.steps},
        # The style sheet is the package's own file; everything else on the page is escaped.
        style=Markup(style),  # noqa: S704
        style_digest=style_digest,
        took=_took(story.started, story.ended),
    )


def write_report(events: Iterable[JournalEvent], out: Path, *, folder: Path | None = None) -> Path:
    """Render and write the report to `out`, whole or not at all. Returns `out`. Errors as `render_report`."""
    html = render_report(events, folder=folder)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=out.parent, delete=False) as part:
        part.write(html)
    Path(part.name).chmod(0o644)
    os.replace(part.name, out)  # noqa: PTH105
    return out


def run_tone(story: RunStory) -> Tone:
    """The colour of the whole run."""
    tones: dict[str, Tone] = {"done": "allow", "infeasible": "ask", "stopped": "stop", "limit": "ask"}
    return tones.get(story.outcome or "", "error")


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(plain=plain, clock=_clock, date=_date, duration=_duration)
    environment.globals.update(
        phrase=phrase, tone_words=_TONE_WORDS, suggestions=_SUGGESTIONS, outcome_words=_OUTCOME_WORDS
    )
    return environment.from_string(files("harmonyguard.runs").joinpath("report.html.j2").read_text(encoding="utf-8"))


def plain(text: Any) -> str | Markup:
    """Text with every character that could disguise it shown by its code."""
    from markupsafe import Markup

    # Escaping comes first, so that the only markup left is our own.
    shown = [
        f'<code class="hidden-character">U+{ord(c):04X}</code>' if _disguises(c) else str(Markup.escape(c))
        for c in str(text)
    ]
    return Markup("".join(shown))  # noqa: S704


def _disguises(character: str) -> bool:
    category = unicodedata.category(character)
    if character in "\n\t\r\u200c\u200d\u00ad":
        return False
    return category in {"Cf", "Cc", "Co", "Cs"} or 0xE0000 <= ord(character) <= 0xE0FFF


def _name_of(element: Element) -> str:
    return element.name or element.value or element.ref


def _picture(step: StepStory, folder: Path | None) -> str | None:
    shot = None if step.observation is None else step.observation.screenshot
    return None if shot is None or folder is None else data_uri(folder, shot)


def _moment(at: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment


def _clock(at: str) -> str:
    moment = _moment(at)
    return at if moment is None else moment.strftime("%H:%M:%S")


def _date(at: str) -> str:
    moment = _moment(at)
    return at if moment is None else moment.strftime("%-d %B %Y, %H:%M") + (" UTC" if moment.tzinfo else "")


def _took(started: str, ended: str) -> str:
    first, last = _moment(started), _moment(ended)
    if first is None or last is None or (first.tzinfo is None) != (last.tzinfo is None):
        return ""
    return _duration((last - first).total_seconds() * 1000)


def _duration(milliseconds: float) -> str:
    seconds = milliseconds / 1000
    if seconds < 1:
        return f"{milliseconds:.0f} ms" if milliseconds >= 1 or milliseconds == 0 else f"{milliseconds:.1f} ms"
    return f"{seconds:.1f} s" if seconds < 60 else f"{int(seconds // 60)} min {int(seconds % 60)} s"

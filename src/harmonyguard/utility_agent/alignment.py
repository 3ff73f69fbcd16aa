"""Progress on the task, the second objective: is this step one towards the goal?

Preparatory and exploratory steps are aligned. A step that only a page's instruction explains is a deviation, and
so is doing the same thing over and over.
"""

from __future__ import annotations

from harmonyguard.policies.words import normalise, words
from harmonyguard.steps import Alignment

from .facts.act import Act
from .facts.consents import is_granted
from .facts.goal import contradicts_goal, explained_by_goal, goes_beyond
from .facts.provenance import follows_page

_REPEATS = 3
_TURNS = 24
"""Steps in a row of what turns pages over, months in a calendar say."""

_TURNING = frozenset(
    """prev previous next more older newer earlier later back forward plus minus increase decrease increment decrement
    up down left right""".split()
)
_SIGNS = frozenset("+ - − – < > « » ‹ › ← → ↑ ↓ ▲ ▼ ◀ ▶".split())


def offline_alignment(act: Act) -> tuple[Alignment, str]:
    """The alignment that can be told without a model, with its reason."""
    if follows_page(act) is True:
        return "deviated", "the step follows an instruction on the page, not the task"
    agreed = is_granted(act) is True
    if not agreed and contradicts_goal(act):
        return "deviated", f'"{act.name}" does the opposite of what the task asks for'
    if not agreed and goes_beyond(act):
        return "deviated", f'the task asks for nothing like "{act.name}"'
    if repeats(act) >= (_TURNS if _turns_over(act) else _REPEATS):
        return "deviated", f"the same step was taken {repeats(act)} times without getting further"
    if agreed:
        return "aligned", "the user agreed to this step"
    if explained_by_goal(act):
        return "aligned", "the task's own words lead to this step"
    return "unknown", ""


def _turns_over(act: Act) -> bool:
    """A control that is pressed again and again to get further: "Next", "Load more", "+"."""
    named = words(act.name)
    return act.name.strip() in _SIGNS or (bool(named) and (named[0] in _TURNING or named[-1] in _TURNING))


def repeats(act: Act) -> int:
    """How often the newest steps in a row were this very one."""
    count = 0
    for event in reversed(act.situation.history):
        same = event.type == act.action.type and normalise(event.element_name or "") == normalise(act.name)
        if not same or (event.value or "") != (act.action.value or "") or event.type in ("scroll", "wait"):
            break
        count += 1
    return count

"""Notices that an agent goes in circles: the same act on the same thing, again and again."""

from __future__ import annotations

from collections.abc import Sequence

from harmonyguard.steps import MESSAGES, Action, Event, Observation

OFTEN = 3
"""So many times in a row an act may be carried out before doing it once more counts as going in circles."""
_MEANT_TO_REPEAT = frozenset({"scroll", "press", "wait", "hover", "go_back", "go_forward", "tab_focus"})
_TALK = frozenset({"user_message", "agent_message", "user_profile", "tool_output"})


def times_in_a_row(action: Action, page: Observation, history: Sequence[Event]) -> int:
    """How often the last acts of `history` were just what `action` would do now, alone or in turns with one other.

    0 for acts that are meant to be repeated, such as scrolling.
    """
    if action.type in _MEANT_TO_REPEAT or action.type in MESSAGES:
        return 0
    target = page.element(action.ref)
    where = action.url if action.type == "goto" else page.url
    what = action.name or (None if target is None else target.name)
    wanted = (action.type, action.value, what, where, dict(action.arguments))
    acts = [_what(event) for event in reversed(history) if event.type not in _TALK and event.type not in MESSAGES]
    return max(_run(wanted, acts), _turns(wanted, acts))


def _what(event: Event) -> tuple[object, ...]:
    return event.type, event.value, event.name or event.element_name, event.url, dict(event.arguments)


def _run(wanted: object, acts: Sequence[object]) -> int:
    count = 0
    for act in acts:
        if act != wanted:
            break
        count += 1
    return count


def _turns(wanted: object, acts: Sequence[object]) -> int:
    """A, B, A, B and now A again: every second act was the wanted one, and those between were all the same."""
    between = acts[0:1]
    count = 0
    for place in range(1, len(acts), 2):
        if acts[place] != wanted or [acts[place - 1]] != list(between):
            break
        count += 1
    return count

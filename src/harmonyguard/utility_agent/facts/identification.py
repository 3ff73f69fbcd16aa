"""Is a call on somebody's data made before it was found out who they are?"""

from __future__ import annotations

from harmonyguard.policies.kinship import covers
from harmonyguard.policies.words import stem, stems

from .act import Act
from .happenings import name_of
from .persons import arguments_of, finds_persons, is_key_of_person
from .told_otherwise import keys_in

BEFORE_IDENTIFICATION = "before identification"
"""How a `described` begins that is on this: "before identification by email / name zip"."""


def is_before_identification(act: Act, description: str) -> bool | None:
    """True where no look-up of a person by one of these means went before, and the call is none itself.

    None for acts that are no calls, and for calls that name nobody and nothing.
    """
    if act.action.type != "tool_call":
        return False if act.effects.get("tell_user") else None
    means = description.removeprefix(BEFORE_IDENTIFICATION).removeprefix(" by ").strip()
    ways = [frozenset(stems(way)) - _VAGUE for way in means.split(" / ") if way]
    if _identifies(act.name, act.action.arguments, ways):
        return False
    earlier = (event for event in act.situation.history if event.type == "tool_call" and event.error is None)
    if any(_identifies(name_of(event), arguments_of(event), ways) for event in earlier):
        return False
    return True if any(keys_in(entry.value) for entry in act.entries) else None


_VAGUE = frozenset(stem(word) for word in "code number address id date of full".split())
"""Words of a means that its field need not have: "zip code" is asked for as "zip"."""

_BIRTHDAY = frozenset(stem(word) for word in "birth birthday dob birthdate".split())


def _identifies(tool: str, arguments: dict[str, object], ways: list[frozenset[str]]) -> bool:
    """ "get_reader(reader_id)" opens what is known already, and finds nobody."""
    if arguments and all(map(is_key_of_person, arguments)):
        return False
    told = frozenset(stems(" ".join((tool, *arguments)).replace("_", " ")))
    told |= _BIRTHDAY if told & _BIRTHDAY else frozenset()
    return finds_persons(tool) and (not ways or any(covers(told, way) for way in ways))

"""Credentials that a user wrote into the words of a task: found, and replaced by names before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterable

from harmonyguard.steps import secret_reference, secrets_named

_SHORTEST_SOUGHT = 4
_WORD = r"(?<!\{\{)(?<!\{\{ )\b(?P<word>password|passcode|passphrase|api key|access token|secret)\b"
_QUOTED = r"[\"'\u201c\u2018](?P<quoted>[^\s\"'\u201d\u2019][^\"'\u201d\u2019]*)[\"'\u201d\u2019]"
_BARE = r"(?P<bare>\S*\d\S*)"
_FIELD = r"(?:\s+(?:field|box))?"
_IS = r"(?:\s+(?:is|of|to|as|with)\b|\s*[:=])"
_SHAPES = (
    # password is "...", password: ..., "Password" with "..."; a quote that ends there must not begin the value.
    re.compile(rf"(?i){_WORD}(?:[\"'\u201d\u2019]{_FIELD}{_IS}|{_FIELD}{_IS}|{_FIELD}(?=\s))\s*(?:{_QUOTED}|{_BARE})"),
    # enter "..." into "Password", "..." as the password
    re.compile(
        rf"(?i)(?:{_QUOTED}\s+(?:into|in|as|for)|{_BARE}\s+(?:into|as))\s+(?:the\s+)?(?:new\s+)?"
        rf"[\"'\u201c\u2018]?(?:\w+\s)?{_WORD}"
    ),
)
_POINTED_AT = re.compile(r"(?i)\b(?:click|press|tap|open|choose|select|check|tick)\s+(?:on\s+)?(?:the\s+)?\W?$")
"""What stands before a quoted text that names a control and is no value."""


def credentials_in(goal: str) -> tuple[str, ...]:
    """Passwords and keys in the goal: quoted beside such a word, or with a digit in them."""
    return tuple(dict.fromkeys(value for _, _, value, _ in _found(goal)))


def take_credentials(goal: str, *, taken: Iterable[str] = ()) -> tuple[str, dict[str, str]]:
    """The goal with a name in the place of each credential, and the values by name. `taken` names are not given."""
    in_use = set(taken)
    values: dict[str, str] = {}
    names: dict[str, str] = {}
    for _, _, value, word in sorted(_found(goal)):
        if value not in names:
            base = "task_api_key" if word.casefold() in ("api key", "access token") else "task_password"
            known = sum(name.startswith(base) for name in in_use)
            names[value] = base if not known else f"{base}_{known + 1}"
            in_use.add(names[value])
            values[names[value]] = value
    for start, end, value, _ in sorted(_found(goal), reverse=True):
        goal = goal[:start] + secret_reference(names[value]) + goal[end:]
    for value in sorted(names, key=len, reverse=True):
        # Anywhere else in the goal as well, but for what is too short to be told from other words.
        if len(value) >= _SHORTEST_SOUGHT:
            goal = goal.replace(value, secret_reference(names[value]))
    return goal, values


def take_answered(question: str, answer: str, *, taken: Iterable[str] = ()) -> tuple[str, dict[str, str]]:
    """The answer with names in the place of credentials; a single word in answer to "What is the password?" is one."""
    asked = _ASKED_FOR.search(question)
    if asked is None or not _ONE_WORD.fullmatch(answer) or secrets_named(answer):
        return take_credentials(answer, taken=taken)
    _, values = take_credentials(f"{asked['word']}: '{answer.strip()}'", taken=taken)
    return " ".join(map(secret_reference, values)) or answer, values


_ASKED_FOR = re.compile(
    r"(?i)\b(?:what|which|provide|give|enter|tell|send|need)\b[^.]*?"
    r"\b(?P<word>password|passcode|passphrase|api key|access token|secret)\b"
)
_ONE_WORD = re.compile(r"\s*(?!(?:none|nope|okay|sure)\b)[^\s'\"]{4,}\s*", re.IGNORECASE)


def is_api_key(name: str) -> bool:
    """True for the name that `take_credentials` gives to a key."""
    return name.startswith("task_api_key")


def _found(goal: str) -> set[tuple[int, int, str, str]]:
    """Start, end, value and the word beside it, of each credential."""
    found: set[tuple[int, int, str, str]] = set()
    for shape in _SHAPES:
        for match in shape.finditer(goal):
            group = "quoted" if match["quoted"] else "bare"
            value = match[group].rstrip(".,;:!?")
            start = match.start(group)
            spot = (start, start + len(value))
            if not value or secrets_named(value) or _POINTED_AT.search(goal[:start]):
                continue
            if not any(a < spot[1] and spot[0] < b for a, b, *_ in found):
                found.add((*spot, value, match["word"]))
    return found

"""What an observation keeps of a page that is too large to show: what changed, and what lies around the last act."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONGEST_LINE = 5_000
_AROUND_ACT = 200
_AROUND_CHANGE = 2


@dataclass(frozen=True)
class Kept:
    """The text that is kept. `left_out` says in words what is missing, and `digest` is over the whole text (hex
    SHA-256); both are empty when it is all there.
    """

    text: str
    left_out: str = ""
    digest: str = ""


def within_budget(text: str, most: int, *, acted_on: str | None = None, before: frozenset[str] = frozenset()) -> Kept:
    """At most about `most` characters of a snapshot, by lines and in order.

    Kept first are the lines around the element `acted_on` (a ref), then those that are not in `before`, the lines of
    the last look, then those from the top. A line of more than 5,000 characters is cut.
    """
    if len(text) <= most and (len(text) <= LONGEST_LINE or max(map(len, text.splitlines())) <= LONGEST_LINE):
        return Kept(text)
    whole = text.splitlines()
    lines = [_cut(line) for line in whole]
    kept = _chosen(lines, _wanted(lines, acted_on, before), most)
    shown: list[str] = []
    missing = 0
    for number, line in enumerate(lines):
        if number in kept:
            shown += [f"[... {missing} lines left out]"] * bool(missing) + [line]
            missing = 0
        else:
            missing += 1
    shown += [f"[... {missing} lines left out]"] * bool(missing)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    told = f"The page is too long to show: {len(kept)} of {len(lines)} lines are here, long lines cut."
    return Kept("\n".join(shown), told, digest)


def _wanted(lines: Sequence[str], acted_on: str | None, before: frozenset[str]) -> Iterable[int]:
    """Numbers of lines, the most wanted first; some come up more than once."""
    if acted_on is not None:
        place = next((number for number, line in enumerate(lines) if f"[ref={acted_on}]" in line), None)
        if place is not None:
            for distance in range(_AROUND_ACT):
                yield from (place + distance, place - distance)
    if before:
        for number, line in enumerate(lines):
            if line not in before:
                yield from range(number - _AROUND_CHANGE, number + _AROUND_CHANGE + 1)
    yield from range(len(lines))


def _chosen(lines: Sequence[str], wanted: Iterable[int], most: int) -> set[int]:
    kept: set[int] = set()
    left = most
    for number in wanted:
        if number in kept or not 0 <= number < len(lines):
            continue
        left -= len(lines[number]) + 1
        if left < 0:
            break
        kept.add(number)
    return kept


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} [... {len(line) - LONGEST_LINE} characters]"

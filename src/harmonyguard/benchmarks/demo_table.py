"""The demo's result in words and in one table that fits 80 columns; the terminal and the page say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

NO_MODEL = (
    "No model is configured for the demo, and none is asked. The web agent is a small grammar program that follows "
    "goals word by word. It is naive on purpose: like a naive model, it also obeys imperative sentences that it finds "
    "on pages. Policies are read from the documents by rules of language, and steps are judged by rules and by an "
    "offline judge that compares words. What these figures show is the guard's machinery, not how well a language "
    "model browses."
)
LEGEND = (
    "done: what the goal asks for is there; kept: no policy was broken. Both are read from the desk's database, not "
    "from the agent's words. refused: a policy, or the user's no, stands against the goal itself, so that leaving it "
    "undone is right. The indented task is the benign twin of the one above it: close to it, allowed by the policies, "
    "and it must pass. revisions, judge calls and seconds are those of the guarded run."
)

_COLUMNS = (
    ("", "done", 4),
    ("", "kept", 4),
    ("", "done", 7),
    ("", "kept", 4),
    ("", "revisions", 9),
    ("judge", "calls", 5),
    ("", "seconds", 7),
)
_GAP = "  "


def refused(row: Mapping[str, Any], side: str) -> bool:
    """True when a task was left undone, and rightly so."""
    return bool(row["forbidden_goal"]) and not row[side]["completed"]


def passes(row: Mapping[str, Any]) -> bool:
    """True when the guarded run did the task and kept every policy: what a benign twin must do."""
    return bool(row["guarded"]["completed"] and row["guarded"]["compliant"])


def holds(rows: Sequence[Mapping[str, Any]]) -> bool:
    """True when every guarded run kept every policy and every benign twin was let through to its end."""
    return all(passes(row) if row["twin_of"] else row["guarded"]["compliant"] for row in rows)


def totals(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The result in three sentences: unguarded, guarded, benign twins."""
    lines = []
    for side in ("unguarded", "guarded"):
        count = len(rows)
        done = sum(row[side]["completed"] for row in rows)
        kept = sum(row[side]["compliant"] for row in rows)
        rightly = sum(refused(row, side) for row in rows)
        undone = f", {rightly} rightly refused" if rightly else ""
        lines.append(
            f"{side.capitalize()}: policies kept in {kept} of {count} runs; {done} of {count} tasks done{undone}."
        )
    twins = [row for row in rows if row["twin_of"]]
    failing = [row["id"] for row in twins if not passes(row)]
    if failing:
        lines.append(f"Benign twins that do NOT pass guarded: {', '.join(failing)}.")
    elif twins:
        lines.append(f"Every benign twin passes guarded: {len(twins)} of {len(twins)}.")
    return tuple(lines)


def demo_table(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """The table as lines of (text, kind): `head`, `category`, `good`, or `bad` where a policy was broken unguarded.

    A guarded run that breaks a policy, or a twin that does not pass, gives `worst`. No line is longer than 80.
    """
    wide = max((len(_name(row)) for row in rows), default=0)
    sides = f"{'unguarded':<{4 + len(_GAP) + 4}}{_GAP}{'guarded':<{7 + len(_GAP) + 4}}"
    above = _GAP.join(f"{first:>{width}}" for first, _, width in _COLUMNS[4:])
    yield _line(" " * wide, sides, above), "head"
    names = [f"{name:<{width}}" for _, name, width in _COLUMNS[:4]]
    yield _line(f"{'task':<{wide}}", *names, *(f"{name:>{width}}" for _, name, width in _COLUMNS[4:])), "head"
    for category, group in groupby(rows, key=lambda row: row["category"]):
        yield str(category), "category"
        for row in group:
            yield _line(f"{_name(row):<{wide}}", *_cells(row)), _kind(row)


def _cells(row: Mapping[str, Any]) -> Iterator[str]:
    bare, guarded = row["unguarded"], row["guarded"]
    yield f"{_word(bare['completed']):<4}"
    yield f"{_word(bare['compliant']):<4}"
    yield f"{'refused' if refused(row, 'guarded') else _word(guarded['completed']):<7}"
    yield f"{_word(guarded['compliant']):<4}"
    yield f"{guarded['revisions']:>9}"
    yield f"{guarded['judge_calls']:>5}"
    yield f"{guarded['milliseconds'] / 1000:>7.1f}"


def _kind(row: Mapping[str, Any]) -> str:
    if not row["guarded"]["compliant"] or (row["twin_of"] and not passes(row)):
        return "worst"
    return "good" if row["unguarded"]["compliant"] else "bad"


def _name(row: Mapping[str, Any]) -> str:
    return ("    " if row["twin_of"] else "  ") + str(row["id"])


def _line(*parts: str) -> str:
    return _GAP.join(parts).rstrip()


def _word(value: bool) -> str:
    return "yes" if value else "NO"

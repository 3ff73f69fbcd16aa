"""A run is killed, with SIGKILL, at every boundary around an effect, and goes on: nothing happens twice."""

from __future__ import annotations

from pathlib import Path

from harmonyguard.benchmarks.killing import TASKS, kill_everywhere

AROUND_AN_EFFECT = tuple(
    f"step 3, {moment}"
    for moment in ("after acting", "before storage", "within storage", "before acted", "after acted")
)
"""The step in which "Add note" is pressed. `harmonyguard bench kill` takes every boundary of every step."""


async def test_killed_at_any_boundary_nothing_happens_twice(tmp_path: Path) -> None:
    task = next(task for task in TASKS if task.id == "note-and-reply")
    found = await kill_everywhere(task, tmp_path, chosen=lambda number, name: name in AROUND_AN_EFFECT)
    assert {boundary.name for boundary in found} == set(AROUND_AN_EFFECT)
    for boundary in found:
        assert (boundary.killed, boundary.finished) == (True, True), boundary
        assert boundary.rows == {"Add note": 1, "Send reply": 1}, boundary
    # Only where the act may have happened and nothing says so is a person asked.
    assert {boundary.name for boundary in found if boundary.asked} <= set(AROUND_AN_EFFECT[:-1])

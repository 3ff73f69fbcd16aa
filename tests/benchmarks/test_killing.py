"""A run is killed, with SIGKILL, at every boundary around its two effects, and goes on: nothing happens twice."""

from __future__ import annotations

from pathlib import Path

from harmonyguard.benchmarks.killing import TASKS, kill_everywhere

AROUND_EFFECTS = tuple(f"step {step}, " for step in (3, 6))
"""The steps in which "Add note" and "Send reply" are pressed. `harmonyguard bench kill` takes all of them."""


async def test_killed_at_any_boundary_nothing_happens_twice(tmp_path: Path) -> None:
    task = next(task for task in TASKS if task.id == "note-and-reply")
    found = await kill_everywhere(task, tmp_path, chosen=lambda number, name: name.startswith(AROUND_EFFECTS))
    kinds = {boundary.name.partition(", ")[2] for boundary in found}
    assert {"after acting", "before storage", "within storage", "before acted", "after acted"} <= kinds
    assert len(found) == 18
    for boundary in found:
        assert (boundary.killed, boundary.finished) == (True, True), boundary
        assert boundary.rows == {"Add note": 1, "Send reply": 1}, boundary
    # Only where the act may have happened and nothing says so is a person asked.
    assert {b.name.partition(", ")[2] for b in found if b.asked} <= {
        "after acting",
        "before storage",
        "within storage",
        "before acted",
    }

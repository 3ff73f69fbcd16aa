"""Following a run from the command line: lines for the person at the terminal, and what bad input leaves behind."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from harmonyguard.steps import Observation, Proposal


class Following:
    """Hears a run's events: tells a person at a terminal what goes on, and keeps what the end must know."""

    def __init__(self, run: str | None = None) -> None:
        self.run = run
        self.acted = False
        self._page: Observation | None = None

    def hear(self, event: Any) -> None:
        """Called with every event of the journal."""
        from .output import follows

        if event.kind == "run_started":
            self.run = event.payload.get("run")
        self.acted = self.acted or event.kind == "acted"
        if event.kind == "observed":
            self._page = Observation.model_validate(
                {key: value for key, value in event.payload.items() if key in Observation.model_fields}
            )
        if follows():
            _tell_event(event, self._page)

    def how_to_go_on(self, flags: Sequence[object]) -> str:
        """One line for who interrupted the run; `flags` are those that it was begun with."""
        if self.run is None:
            return "interrupted before the run began: nothing was done"
        words = shlex.join(["harmonyguard", "run", "--resume", self.run, *map(str, flags)])
        return f"interrupted; go on with: {words}"


def missing(folder: Path) -> list[Path]:
    """The folder and those above it that are not there yet, the innermost first."""
    return [path for path in (folder, *folder.parents) if not path.exists()]


def take_back(folder: Path, made: list[Path]) -> None:
    """Remove a run that bad input ended before its first act, and the folders made for it: nothing is in it to keep."""
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
    for path in made:
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _tell_event(event: Any, page: Observation | None) -> None:
    """Lines on stderr for what a person following the run wants to know."""
    from .output import aside
    from .words.action_words import action_words

    payload = event.payload
    if event.kind == "proposed":
        fields = {key: value for key, value in payload.items() if key in Proposal.model_fields}
        aside(f"{event.step:>3}  {action_words(Proposal.model_validate(fields).action, page)}", indent=5)
    elif event.kind == "judged":
        aside(f"     {str(payload.get('outcome')).replace('_', ' ')}. {payload.get('explanation') or ''}", indent=7)
    elif event.kind in {"act_failed", "error"}:
        aside(f"     {event.kind.replace('_', ' ')}: {payload.get('error')}", indent=7)

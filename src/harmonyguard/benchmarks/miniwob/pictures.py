"""Browser sessions that take no pictures: nobody looks at hundreds of runs, and a picture takes longer than an act."""

from __future__ import annotations

from pathlib import Path

from harmonyguard.nodes.shared.defaults import BrowserSessions
from harmonyguard.nodes.shared.parts import Session
from harmonyguard.runs.registry import Run
from harmonyguard.steps import Action, ActionResult, GuardError, Observation, Permit


class PicturelessSessions(BrowserSessions):
    """The browsers of the runs, without screenshots."""

    async def open(self, run: Run) -> Session:
        """The run's browser, started when it is not there yet."""
        return _Pictureless(await super().open(run))


class _Pictureless:
    """A session that goes through to another one, and takes no picture."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def observe(self) -> Observation:
        return await self._session.observe()

    async def perform(self, action: Action, permit: Permit) -> ActionResult:
        return await self._session.perform(action, permit)

    async def screenshot(self, path: Path) -> None:
        raise GuardError("the benchmark takes no pictures")

    async def box(self, ref: str) -> None:
        return None

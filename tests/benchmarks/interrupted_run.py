"""Runs one task on a desk and is killed the hard way in the middle of an act: `interrupted_run.py URL GOAL RUNS WHEN`.

Gone between the journal's `acting` and `acted` of the act on "Submit refund": before or after it took effect.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from harmonyguard.graphs.running import run_task
from harmonyguard.policies.book import PolicyBook
from harmonyguard.runs.approvals import AskDenied
from harmonyguard.runs.permits import Permits
from harmonyguard.settings import Settings
from harmonyguard.steps import Task
from harmonyguard.web_agent.grammar.grammar_agent import GrammarAgent

TARGET = "Submit refund"


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(url: str, goal: str, runs: str, when: str) -> None:
    def heard(event: Any) -> None:
        if when == "before" and event.kind == "acting" and event.payload["target"]["name"] == TARGET:
            die()

    settle = Permits.settle

    async def gone(self: Permits, permit: Any, result: Any) -> None:
        if when == "after" and self._minted[permit.id].notes["target"]["name"] == TARGET:
            die()
        await settle(self, permit, result)

    Permits.settle = gone  # type: ignore[method-assign]
    asyncio.run(
        run_task(
            Task(goal=goal, url=url),
            book=PolicyBook.of(()),
            settings=Settings(runs=Path(runs)),
            approver=AskDenied(),
            web_agent=GrammarAgent(),
            on_event=heard,
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])

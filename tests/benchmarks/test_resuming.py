"""A run that was killed in the middle of an act goes on, and nothing happens twice."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from harmonyguard.benchmarks.support_desk import TASKS, serve
from harmonyguard.graphs.running import run_task
from harmonyguard.policies.book import PolicyBook
from harmonyguard.runs.approvals import Approval, ApprovalsFile
from harmonyguard.runs.journal import read_journal
from harmonyguard.settings import Settings
from harmonyguard.steps import Proposal, Task
from harmonyguard.web_agent.agent import View
from harmonyguard.web_agent.grammar.grammar_agent import GrammarAgent

TASK = next(task for task in TASKS if task.id == "refund-with-reason")
VALUES = {"Order number": "2043", "Amount (EUR)": "35.50", "Reason": "Damaged on arrival"}
PREPARED = ApprovalsFile(
    approvals=tuple(
        Approval(effect=effect, target="Submit refund", values=VALUES, answer="yes")
        for effect in ("purchase", "submit", "create", "send")
    )
)


class Forgetful(GrammarAgent):
    """Knows nothing of what it did before it was cut off, and so does it all again."""

    async def propose(self, view: View) -> Proposal:
        cut = [index for index, event in enumerate(view.history) if "interrupted" in (event.error or "")]
        if not cut:
            return await super().propose(view)
        # The run went on at the form, and not on the page before.
        form = view.task.model_copy(update={"goal": view.task.goal.removeprefix('Click "New refund". ')})
        since = view.history[cut[-1] + 1 :]
        return await super().propose(view.model_copy(update={"history": since, "task": form}))


@pytest.mark.parametrize(("when", "refunds"), [("before", 0), ("after", 1)])
async def test_a_run_killed_during_an_act(tmp_path: Path, when: str, refunds: int) -> None:
    """Killed before the effect it is not done, after it not done again: nobody knows which, so a person must look."""
    runs = tmp_path / "runs"
    async with serve(tmp_path / "desk.db") as desk:
        url = desk.url + TASK.path
        script = Path(__file__).with_name("interrupted_run.py")
        process = await asyncio.create_subprocess_exec(sys.executable, str(script), url, TASK.goal, str(runs), when)
        assert await asyncio.wait_for(process.wait(), 120) == -signal.SIGKILL
        (run,) = [path.name for path in runs.iterdir()]
        assert [refund.order for refund in desk.database.refunds()].count(2043) == refunds

        result = await run_task(
            Task(goal=TASK.goal, url=url),
            book=PolicyBook.of(()),
            settings=Settings(runs=runs),
            approver=PREPARED,
            web_agent=Forgetful(),
            run=run,
        )

        assert [refund.order for refund in desk.database.refunds()].count(2043) == refunds
    assert result.run == run
    events = read_journal(runs, run)
    (unknown,) = [event for event in events if event.payload.get("unknown")]
    assert (unknown.kind, unknown.payload["target"]["name"]) == ("act_failed", "Submit refund")
    (asked,) = [event.payload for event in events if event.kind == "review_asked"]
    assert (asked["target"], "second time" in asked["error"]) == ("Submit refund", True)
    steps = [event.step for event in events if event.kind == "acting"]
    assert steps == sorted(set(steps))

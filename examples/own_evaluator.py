"""A rule that stands in no document: outside office hours nothing is sent. It is judged beside the policies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

from harmonyguard import Finding, Situation, build_guarded_agent
from harmonyguard.examples.desk import POLICIES, on_a_desk, settings


class OfficeHours:
    """Holds up what sends something before eight and after six."""

    name = "office hours"

    def __init__(self, now: Callable[[], datetime] = datetime.now) -> None:
        self._now = now

    async def evaluate(self, situation: Situation) -> tuple[Finding, ...]:
        target = situation.observation.element(situation.proposal.action.ref)
        sends = target is not None and target.name.startswith("Send")
        if not sends or time(8) <= self._now().time() < time(18):
            return ()
        finding = Finding(
            policy_id="office-hours",
            status="violated",
            tier="evaluator",
            reason=f"it is {self._now():%H:%M}",
            clause="Answers are sent between 8:00 and 18:00.",
            source="calendar",
            risk_level="medium",
        )
        return (finding,)


async def main(desk: str, folder: Path) -> None:
    late = OfficeHours(now=lambda: datetime(2026, 3, 2, 23, 30))
    agent = build_guarded_agent(evaluators=[late])
    goal = 'Enter "We are on it." into "Your reply". Select "Pending" in "Status". Click "Send reply".'
    task = {"task": goal, "url": f"{desk}/tickets/1005", "sources": [POLICIES]}
    result = await agent.ainvoke(task, context=settings(folder))
    print(result["outcome"], "-", result.get("answer"))


if __name__ == "__main__":
    on_a_desk(main)

"""The Utility Agent alone: a verdict on one proposed action, with no graph and no browser."""

from __future__ import annotations

import asyncio

from harmonyguard import (
    Action,
    Element,
    Observation,
    PolicyAgent,
    PolicyBook,
    Proposal,
    Situation,
    Task,
    UtilityAgent,
    load_document,
)
from harmonyguard.examples.desk import POLICIES


async def main() -> None:
    document = await load_document(POLICIES)
    book = PolicyBook.of(PolicyAgent().extract(document).policies)
    page = Observation(
        url="https://desk.example/tickets/7",
        title="Ticket 7",
        elements=(Element(ref="e1", role="button", name="Delete ticket"), Element(ref="e2", role="link", name="Help")),
    )
    for ref in ("e1", "e2"):
        proposal = Proposal(action=Action(type="click", ref=ref))
        situation = Situation(task=Task(goal="Tidy up ticket 7"), observation=page, proposal=proposal)
        verdict = await UtilityAgent().evaluate(situation, book)
        print(ref, verdict.outcome, "-", verdict.explanation)


if __name__ == "__main__":
    asyncio.run(main())

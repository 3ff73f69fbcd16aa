"""A node inserted after the evaluation: it tells somebody what was held up. It watches, and can change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command

from harmonyguard import Verdict, build_guarded_agent
from harmonyguard.examples.desk import POLICIES, on_a_desk, settings


async def tell_security(state: dict[str, Any]) -> None:
    """Here a mail or a chat message would go out. What it raises ends the run, so catch what should not."""
    verdict = Verdict.model_validate(state["verdict"])
    for finding in verdict.findings:
        if finding.status == "violated":
            print(f"held up ({verdict.outcome}): {finding.clause}")


async def main(desk: str, folder: Path) -> None:
    agent = build_guarded_agent(
        insert_after={"utility_evaluation": {"tell_security": tell_security}}, checkpointer=InMemorySaver()
    )
    task = {"task": 'Click "Delete ticket 1005".', "url": f"{desk}/tickets/1005", "sources": [POLICIES]}
    config: RunnableConfig = {"configurable": {"thread_id": "1"}}
    result = await agent.ainvoke(task, config, context=settings(folder))
    # The agent asks its user for leave now, as the guidance says; here the user says no.
    while asked := result.get("__interrupt__"):
        print("asked:", asked[0].value["in_words"][0])
        no = {"answer": "no", "digest": asked[0].value["digest"]}
        result = await agent.ainvoke(Command(resume=no), config, context=settings(folder))
    print(result["outcome"], "-", result.get("answer"))


if __name__ == "__main__":
    on_a_desk(main)

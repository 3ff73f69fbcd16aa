"""A reflection of your own: what the web agent is told after a rejection. The guard goes on counting revisions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from harmonyguard import Guidance, build_guarded_agent
from harmonyguard.examples.desk import POLICIES, on_a_desk, settings


def never_ask(state: dict[str, Any]) -> dict[str, Any]:
    """Whatever was rejected is left out: nobody is there at night to be asked for leave."""
    why = state["verdict"]["explanation"]
    told = Guidance(text=f"Leave this out, and ask nobody. {why}", suggestion="skip")
    return {"guidance": [told.to_json()]}


async def main(desk: str, folder: Path) -> None:
    agent = build_guarded_agent(replace_nodes={"reflection": never_ask})
    task = {"task": 'Click "Delete ticket 1005".', "url": f"{desk}/tickets/1005", "sources": [POLICIES]}
    result = await agent.ainvoke(task, context=settings(folder))
    print(result["outcome"], "-", result.get("answer"))


if __name__ == "__main__":
    on_a_desk(main)

"""Invoke the graph, or stream it: what each node did, as it happens."""

from __future__ import annotations

from pathlib import Path

from harmonyguard import build_guarded_agent
from harmonyguard.examples.desk import POLICIES, on_a_desk, settings


async def main(desk: str, folder: Path) -> None:
    agent = build_guarded_agent()
    task = {"task": 'Click "Refunds".', "url": f"{desk}/tickets", "sources": [POLICIES]}

    # "updates" gives what each node changed. `await agent.ainvoke(task, context=...)` gives the end alone.
    async for update in agent.astream(task, context=settings(folder), stream_mode="updates"):
        for node, change in update.items():
            told = [message.text.splitlines()[0] for message in (change or {}).get("messages") or () if message.text]
            print(f"{node}: {' / '.join(told)}" if told else node)


if __name__ == "__main__":
    on_a_desk(main)

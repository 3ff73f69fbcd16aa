"""A web agent of your own, as an object and as a node. It proposes; what it proposes is judged before it happens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from harmonyguard import Action, Observation, Proposal, View, build_guarded_agent
from harmonyguard.examples.desk import POLICIES, on_a_desk, settings


class Reader:
    """Reads the title of the page and says it."""

    name = "reader"

    async def propose(self, view: View) -> Proposal:
        action = Action(type="finish", value=f"The page is called {view.observation.title}.")
        return Proposal(action=action, reasoning="I have read it.", by=self.name)


async def reading_node(state: dict[str, Any]) -> dict[str, Any]:
    """The same as a node: state in, a proposal out. The guard opens the task's URL and puts the proposal on record."""
    page = Observation.model_validate(state["observation"])
    action = Action(type="finish", value=f"The page is called {page.title}.")
    return {"proposal": Proposal(action=action, reasoning="I have read it.", by="reader").to_json()}


async def main(desk: str, folder: Path) -> None:
    task = {"task": "What is this page called?", "url": f"{desk}/tickets", "sources": [POLICIES]}
    for agent in (
        build_guarded_agent(web_agent=Reader()),
        build_guarded_agent(replace_nodes={"web_action": reading_node}),
    ):
        result = await agent.ainvoke(task, context=settings(folder))
        print(result["outcome"], "-", result.get("answer"))


if __name__ == "__main__":
    on_a_desk(main)

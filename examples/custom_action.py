"""An act beside those of the browser: it is judged by the effects that it declares, and done only with a permit."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from harmonyguard import Action, CustomAction, Proposal, View, build_guarded_agent
from harmonyguard.examples.desk import POLICIES, on_a_desk, settings


class Record(BaseModel):
    """What both actions take."""

    ticket: int


async def look_up(record: Record) -> str:
    return f"Ticket {record.ticket} belongs to Harbour Office Supplies."


async def delete(record: Record) -> str:
    raise AssertionError("the policies have this asked about first")


ACTIONS = [
    CustomAction("crm_customer", "Look up whose ticket it is.", Record, frozenset({"read"}), look_up),
    CustomAction("crm_delete", "Delete a ticket from the CRM.", Record, frozenset({"delete"}), delete),
]


class Careless:
    """Looks a ticket up, and wants to delete it."""

    name = "careless"

    async def propose(self, view: View) -> Proposal:
        outputs = [event.text for event in view.history if event.type == "tool_output"]
        if view.rejected is not None:
            action = Action(type="finish", value=f"{outputs[0]} Deleting it is not for me to decide.")
        else:
            name = "crm_delete" if outputs else "crm_customer"
            action = Action(type="tool_call", name=name, arguments={"ticket": 1005})
        return Proposal(action=action, by=self.name)


async def main(desk: str, folder: Path) -> None:
    agent = build_guarded_agent(web_agent=Careless(), custom_actions=ACTIONS)
    task = {"task": "Whose ticket is 1005?", "url": f"{desk}/tickets", "sources": [POLICIES]}
    result = await agent.ainvoke(task, context=settings(folder))
    print(result["outcome"], "-", result.get("answer"))


if __name__ == "__main__":
    on_a_desk(main)

"""reflection: hands the rejected proposal and the guidance back, so that the Web Agent proposes again."""

from __future__ import annotations

from typing import Any

from langgraph.runtime import Runtime

from harmonyguard.nodes.shared.entering import current_page, enter
from harmonyguard.nodes.shared.parts import Function, Parts, Update
from harmonyguard.runs.approvals import ReviewAnswer
from harmonyguard.state import AgentState, GuardContext
from harmonyguard.steps import Guidance


async def reflection(
    state: AgentState, runtime: Runtime[GuardContext], parts: Parts, custom: Function | None = None
) -> Update:
    """A person's reason for a rejection is guidance as well.

    `custom` is a node that reflects in place of this one: it may return other `guidance`, and add to `messages`.
    """
    run = await enter(state, runtime, parts)
    current_page(run, state)
    guidance = list((state.get("verdict") or {}).get("guidance") or [])
    review = state.get("review")
    if review is not None:
        answer = ReviewAnswer.model_validate(review)
        text = f"A person rejected this. {answer.reason}".strip()
        guidance.append(Guidance(text=text, suggestion="follow_task").to_json())
    said: list[Any] = []
    if custom is not None:
        update = await custom(state, runtime=runtime)
        guidance = [Guidance.model_validate(item).to_json() for item in update.get("guidance", guidance)]
        said = list(update.get("messages") or ())
    await run.journal.append(
        "reflected",
        run.ledger.step,
        {"rejected": state["proposal"], "guidance": guidance, "reason": "rejected" if review else "revise"},
    )
    return {
        "rejected": state["proposal"],
        "guidance": guidance,
        "proposal": None,
        "verdict": None,
        "review": None,
        "revision": run.ledger.step_revisions,
        "messages": said,
    }

"""observe_page: looks at the page and so begins the next step; the first time, begins the run."""

from __future__ import annotations

import asyncio

from langchain_core.messages import HumanMessage
from langgraph.runtime import Runtime

from harmonyguard.nodes.shared.entering import begin, enter
from harmonyguard.nodes.shared.metering import metered
from harmonyguard.nodes.shared.parts import Parts, Session, Update
from harmonyguard.runs.registry import Run
from harmonyguard.state import AgentState, GuardContext
from harmonyguard.steps import GuardError, Observation

_PICTURE_SECONDS = 5.0

_FRESH_RUN: Update = {
    "task": None,
    "url": None,
    "sources": None,
    "answer": None,
    "outcome": None,
    "error": None,
}
_FRESH_STEP: Update = {
    "revision": 0,
    "proposal": None,
    "verdict": None,
    "rejected": None,
    "guidance": [],
    "review": None,
}


async def observe_page(state: AgentState, runtime: Runtime[GuardContext], parts: Parts) -> Update:
    """A task in the input begins a new run; everything of an earlier run on the thread is put back."""
    update: Update = dict(_FRESH_STEP)
    if state.get("task") is not None or not state.get("run"):
        run = await begin(state, runtime, parts)
        goal = HumanMessage(run.pinned.task.goal, name="user")
        update |= {**_FRESH_RUN, "run": run.pinned.to_json(), "messages": [goal]}
    else:
        run = await enter(state, runtime, parts)
    with metered() as meter:
        session = await parts.sessions.open(run)
        observation = await _with_picture(session, await session.observe(), run)
    shown = await run.looked(
        observation, holds_instructions=parts.holds_instructions(observation.text), spent=meter.to_json()
    )
    return {
        **update,
        "step": run.ledger.step,
        "observation": shown,
        "history": [event.to_json() for event in run.ledger.history],
        "grants": [grant.to_json() for grant in run.ledger.grants],
    }


async def _with_picture(session: Session, observation: Observation, run: Run) -> Observation:
    """The observation with a screenshot beside it. A picture is for people: a run goes on without one."""
    if observation.url == "about:blank":
        return observation
    name = f"step-{run.ledger.step + 1:03d}.png"
    try:
        async with asyncio.timeout(_PICTURE_SECONDS):
            await session.screenshot(run.journal.folder / name)
    except (TimeoutError, GuardError):
        return observation
    return observation.model_copy(update={"screenshot": name})

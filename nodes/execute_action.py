"""execute_action: the one node that acts, and only with the permit that the run keeps for this very action.

It has no retry, time-out or cache policy: a retry would repeat the effect.
"""

from __future__ import annotations

from langchain_core.messages import AIMessage
from langgraph.runtime import Runtime

from harmonyguard.nodes.shared.entering import current_page, enter
from harmonyguard.nodes.shared.messages_to_user import deliver
from harmonyguard.nodes.shared.parts import Parts, Update
from harmonyguard.nodes.shared.words import say_result
from harmonyguard.nodes.web_action import BLANK
from harmonyguard.state import AgentState, GuardContext
from harmonyguard.steps import MESSAGES, ActionResult, InputError, PageChangedError, Proposal


async def execute_action(state: AgentState, runtime: Runtime[GuardContext], parts: Parts) -> Update:
    """Without a permit nothing happens and the run ends with an error.

    Raises InputError when the very first act, opening the task's URL, fails.
    """
    run = await enter(state, runtime, parts)
    observation = current_page(run, state)
    proposal = run.see(Proposal, state["proposal"] or {})
    action = proposal.action
    permit = run.permits.find(run=run.id, step=run.ledger.step, action=action)
    if action.type in MESSAGES:
        result = await deliver(run, observation, action, permit)
    else:
        session = await parts.sessions.open(run)
        try:
            result = await session.perform(action, permit)
        except PageChangedError as error:
            # Nothing was done, and the permit is void: the next look at the page begins a new step.
            result = ActionResult(error=str(error), url=observation.url)
            await run.journal.append(
                "act_failed", run.ledger.step, {"permit": permit.id, "action": action.to_json(), **result.to_json()}
            )
    # A run that goes on has something to lose: it looks again, and tries again as long as it has steps.
    if result.error is not None and observation.url == BLANK and proposal.by == "start" and run.ledger.step == 1:
        raise InputError(f"{action.url} could not be opened: {result.error}")
    shown = Proposal.model_validate(run.show(proposal)).action
    story = AIMessage(run.journal.redactor.text(say_result(shown, observation, result)), name="browser")
    return {"messages": [story], "history": [event.to_json() for event in run.ledger.history]}

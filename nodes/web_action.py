"""web_action: the Web Agent proposes one action. Nothing has happened yet."""

from __future__ import annotations

from typing import Any

from langchain_core.messages import AIMessage
from langgraph.runtime import Runtime
from pydantic import ValidationError

from harmonyguard.nodes.shared.entering import current_page, enter, going
from harmonyguard.nodes.shared.metering import metered
from harmonyguard.nodes.shared.parts import Function, Parts, Update
from harmonyguard.nodes.shared.words import say_proposal
from harmonyguard.runs.registry import Run
from harmonyguard.state import AgentState, GuardContext
from harmonyguard.steps import Action, Box, GuardError, Guidance, Observation, Proposal, secrets_named
from harmonyguard.web_agent.agent import View

BLANK = "about:blank"


async def web_action(
    state: AgentState, runtime: Runtime[GuardContext], parts: Parts, custom: Function | None = None
) -> Update:
    """The first proposal of a run opens the task's URL; it is judged like any other.

    `custom` is a node that proposes in place of the Web Agent: it returns `proposal`, and may add to `messages`.
    """
    run = await enter(state, runtime, parts)
    observation = current_page(run, state)
    rejected = state.get("rejected")
    view = View(
        task=run.task,
        observation=observation,
        history=run.ledger.history,
        rejected=None if rejected is None else run.see(Proposal, rejected),
        guidance=tuple(Guidance.model_validate(item) for item in state.get("guidance") or ()),
        secrets=run.secrets.known,
        tools=parts.tools,
    )
    said: list[Any] = []
    with metered() as meter:
        if observation.url == BLANK and len(observation.tabs) < 2:
            proposal = _start(view, None if run.storage is None else run.storage.reopen)
        elif custom is not None:
            update = await custom(state, runtime=runtime)
            proposal, said = _proposal_in(run, update), list(update.get("messages") or ())
        else:
            proposal = await (await going(run, runtime, parts)).agents.web_agent.propose(view)
    learn_secret(run, observation, proposal.action)
    shown = run.show(proposal)
    told = {**shown, "revision": run.ledger.step_revisions, **meter.to_json()}
    box = await _box(run, proposal.action, parts)
    await run.journal.append("proposed", run.ledger.step, told if box is None else {**told, "box": box.to_json()})
    story = AIMessage(say_proposal(Proposal.model_validate(shown), observation), name="web_agent")
    return {"proposal": shown, "verdict": None, "review": None, "messages": [*said, story]}


def _proposal_in(run: Run, update: Update) -> Proposal:
    try:
        return run.see(Proposal, update.get("proposal") or {})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise GuardError(f"the node returned no proposal that can be read: {place}: {first['msg']}") from error


async def _box(run: Run, action: Action, parts: Parts) -> Box | None:
    """Where the target is in the picture of the page, for the report."""
    if action.ref is None or run.observation is None or run.observation.screenshot is None:
        return None
    return await (await parts.sessions.open(run)).box(action.ref)


def _start(view: View, reopen: str | None) -> Proposal:
    """Opens the task's URL; in a run that was cut short the last address that can be opened without repeating an act,
    and the task's when that one is not allowed.
    """
    rejected = None if view.rejected is None else view.rejected.action
    if rejected is None and reopen is not None:
        return Proposal(action=Action(type="goto", url=reopen), reasoning="The run goes on here.", by="start")
    if rejected is None or (rejected.type, rejected.url) == ("goto", reopen) != ("goto", view.task.url):
        return Proposal(action=Action(type="goto", url=view.task.url), reasoning="The task starts here.", by="start")
    why = " ".join(guidance.text for guidance in view.guidance) or "it was not allowed"
    action = Action(type="report_infeasible", value=f"{view.task.url} may not be opened: {why}")
    return Proposal(action=action, reasoning="The task starts here.", by="start")


def learn_secret(run: Run, observation: Observation, action: Action) -> None:
    """What goes into a password field is hidden from here on, wherever it turns up."""
    target = observation.element(action.ref)
    # A name is no secret.
    if target is not None and target.input_type == "password" and not secrets_named(action.value):
        run.journal.redactor.learn(action.value)

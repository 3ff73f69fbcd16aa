"""human_review: a person decides on a proposal that the guard does not decide alone. Nothing before the interrupt."""

from __future__ import annotations

from typing import Any

from langchain_core.messages import HumanMessage
from langgraph.runtime import Runtime
from langgraph.types import interrupt
from pydantic import ValidationError

from harmonyguard.nodes.shared.entering import current_page, enter
from harmonyguard.nodes.shared.parts import Parts, Update
from harmonyguard.nodes.shared.questions import asked, review_request
from harmonyguard.nodes.utility_evaluation import notes
from harmonyguard.nodes.web_action import learn_secret
from harmonyguard.runs.approvals import ReviewAnswer, ReviewRequest
from harmonyguard.runs.registry import Run
from harmonyguard.state import AgentState, GuardContext
from harmonyguard.steps import GuardError, Observation, PermitError, Proposal, Verdict, page_state


async def human_review(state: AgentState, runtime: Runtime[GuardContext], parts: Parts) -> Update:
    """An approval mints the permit; an edit is judged like any proposal; anything else is a rejection."""
    run = await enter(state, runtime, parts)
    observation = current_page(run, state)
    proposal = run.see(Proposal, state["proposal"] or {})
    verdict = run.ledger.verdict
    if verdict is None or run.ledger.step_verdict_of != proposal.action.digest():
        raise GuardError("there is nothing to review: this proposal was not judged in this step")
    request = review_request(run, observation, proposal, verdict)
    answer = read_answer(interrupt(asked(run, request)), request)
    refused = None
    if answer.answer == "approve":
        answer, refused = await _approve(run, observation, proposal, verdict, request, answer)
    if answer.action is not None:
        learn_secret(run, observation, answer.action)
    await run.journal.append(
        "review_answered",
        run.ledger.step,
        {**run.show(answer), "refused_because": refused, "authority": run.pinned.approver_authority},
    )
    said = HumanMessage(run.journal.redactor.text(f"{answer.answer}. {answer.reason}".strip()), name="reviewer")
    update: Update = {"review": run.show(answer), "messages": [said]}
    if answer.answer == "edit" and answer.action is not None:
        edited = Proposal(action=answer.action, reasoning=answer.reason, by="human")
        shown = run.show(edited)
        await run.journal.append("proposed", run.ledger.step, {**shown, "revision": run.ledger.step_revisions})
        update["proposal"] = shown
    return update


def read_answer(raw: Any, request: ReviewRequest) -> ReviewAnswer:
    """The answer, or a rejection when it cannot be read or answers something else than was shown."""
    try:
        answer = ReviewAnswer.model_validate(raw)
    except ValidationError as error:
        return ReviewAnswer(answer="reject", reason=f"the answer could not be read: {error.errors()[0]['msg']}")
    if answer.answer != "reject" and answer.shown != request.digest():
        return ReviewAnswer(answer="reject", reason="the answer was for something else than what was shown")
    if answer.answer == "edit" and answer.action is None:
        return ReviewAnswer(answer="reject", reason="the edit came without an action")
    return answer


async def _approve(
    run: Run,
    observation: Observation,
    proposal: Proposal,
    verdict: Verdict,
    request: ReviewRequest,
    answer: ReviewAnswer,
) -> tuple[ReviewAnswer, str | None]:
    try:
        await run.permits.mint_approved(
            run=run.id,
            step=run.ledger.step,
            action=proposal.action,
            page_state=page_state(observation, proposal.action),
            verdict=verdict,
            request=request,
            answer=answer,
            authority=run.pinned.approver_authority,
            notes=notes(run, observation, proposal, verdict),
        )
    except PermitError as error:
        return ReviewAnswer(answer="reject", shown=answer.shown, reason=str(error)), str(error)
    return answer, None

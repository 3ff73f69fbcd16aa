"""ask_user: the agent's question to its user. A yes grants what the question listed. Nothing before the interrupt."""

from __future__ import annotations

from typing import Any

from langchain_core.messages import HumanMessage
from langgraph.runtime import Runtime
from langgraph.types import interrupt
from pydantic import ValidationError

from harmonyguard.nodes.shared.entering import current_page, enter
from harmonyguard.nodes.shared.messages_to_user import deliver
from harmonyguard.nodes.shared.parts import Parts, Update
from harmonyguard.nodes.shared.questions import asked, user_question
from harmonyguard.runs.approvals import UserAnswer, UserQuestion
from harmonyguard.runs.credentials import take_answered
from harmonyguard.runs.registry import Run
from harmonyguard.state import AgentState, GuardContext
from harmonyguard.steps import Grant, Proposal


async def ask_user(state: AgentState, runtime: Runtime[GuardContext], parts: Parts) -> Update:
    """Grants are kept with the run and in its journal; the copy in state is for display."""
    run = await enter(state, runtime, parts)
    observation = current_page(run, state)
    proposal = run.see(Proposal, state["proposal"] or {})
    permit = run.permits.find(run=run.id, step=run.ledger.step, action=proposal.action)
    question = user_question(run, observation, proposal)
    answer = _with_names(run, question, read_answer(interrupt(asked(run, question)), question))
    await deliver(run, observation, proposal.action, permit)
    grants = grants_of(question, answer)
    await run.journal.append(
        "consent_answered",
        run.ledger.step,
        {
            **run.show(answer),
            "requests": [item.to_json() for item in question.requests],
            "grants": [grant.to_json() for grant in grants],
        },
    )
    said = f"{answer.answer}. {answer.text}".strip() if question.requests else answer.text
    return {
        "grants": [grant.to_json() for grant in run.ledger.grants],
        "messages": [HumanMessage(run.journal.redactor.text(said), name="user")],
    }


def _with_names(run: Run, question: UserQuestion, answer: UserAnswer) -> UserAnswer:
    """The answer with names in the place of credentials: their values stay with the run, in memory."""
    taken = [secret.name for secret in run.secrets.known]
    text, values = take_answered(question.question, answer.text, taken=taken)
    run.secrets.add(values, run.task)
    run.secrets.teach(run.journal.redactor)
    return answer.model_copy(update={"text": text})


def read_answer(raw: Any, question: UserQuestion) -> UserAnswer:
    """The answer. Plain text answers a question that asks for no leave; leave needs a yes that repeats the digest."""
    if isinstance(raw, str):
        return UserAnswer(answer="no", text=raw)
    try:
        answer = UserAnswer.model_validate(raw)
    except ValidationError:
        return UserAnswer(answer="no", text="The answer could not be read.")
    if answer.answer == "yes" and question.requests and answer.shown != question.digest():
        return UserAnswer(answer="no", text="The answer was for something else than what was asked.")
    return answer


def grants_of(question: UserQuestion, answer: UserAnswer) -> tuple[Grant, ...]:
    """A grant for exactly each item that the question listed, after a yes."""
    if answer.answer != "yes":
        return ()
    return tuple(
        Grant(request=item, question=question.question, step=question.step, page=question.page)
        for item in question.requests
    )

"""check_action: judges one proposed action by itself, with nothing behind it that could act."""

from __future__ import annotations

import asyncio

from langgraph.runtime import Runtime
from pydantic import ValidationError
from typing_extensions import TypedDict  # pydantic reads no other one before Python 3.12

from harmonyguard.nodes.shared.parts import Guard, LoadBook, Update
from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.policy import Policy, Source, policy_id
from harmonyguard.state import GuardContext, Json
from harmonyguard.steps import Event, InputError, Proposal, Situation, Task, digest_of


class CheckInput(TypedDict, total=False):
    """One proposed action.

    `observation` is a `steps.Observation` (at least `url`), `action` a `steps.Action`, `history` a list of
    `steps.Event`; `policies` are statements in words that hold instead of the book.
    """

    task: str
    url: str
    observation: Json
    action: Json
    reasoning: str
    history: list[Json]
    policies: list[str]


class CheckState(CheckInput, total=False):
    """The input and the verdict (`steps.Verdict`)."""

    verdict: Json
    outcome: str


class CheckOutput(TypedDict, total=False):
    """The verdict, and its outcome beside it."""

    verdict: Json
    outcome: str


async def check_action(
    state: CheckState, runtime: Runtime[GuardContext], *, guard: Guard | None, load_book: LoadBook
) -> Update:
    """History is the caller's word here: a question and a yes in it count as consent."""
    context = runtime.context or GuardContext()
    situation = situation_of(state)
    statements = state.get("policies")
    book = await asyncio.to_thread(book_of, statements) if statements else await load_book(context)
    if guard is None:
        from harmonyguard.nodes.shared.defaults import make_utility_agent

        guard = await asyncio.to_thread(make_utility_agent, context)
    verdict = await guard.evaluate(situation, book)
    return {"verdict": verdict.to_json(), "outcome": verdict.outcome}


def situation_of(state: CheckState) -> Situation:
    """The input as a situation. Raises InputError when it cannot be read."""
    observation = state.get("observation") or {}
    try:
        return Situation.model_validate(
            {
                "task": Task(goal=state.get("task") or "", url=state.get("url") or observation.get("url")),
                "observation": observation,
                "proposal": Proposal.model_validate(
                    {"action": state.get("action"), "reasoning": state.get("reasoning") or "", "by": "caller"}
                ),
                "history": [Event.model_validate(event) for event in state.get("history") or []],
                "consent_from_history": True,
            }
        )
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InputError(f"the action cannot be checked: {place}: {first['msg']}") from error


def book_of(statements: list[str]) -> PolicyBook:
    """A book of policies given in words; each is its own source. Blocking."""
    from harmonyguard.policy_agent.compiler import compile_rule

    return PolicyBook.of(
        Policy(
            id=policy_id("input", statement),
            description=statement,
            sources=(Source(document="input", sha256=digest_of(statement), quote=statement),),
            rule=compile_rule(statement),
        )
        for statement in statements
    )

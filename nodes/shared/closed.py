"""Failing closed: a node that crashes ends the run with an error; nothing goes on after it."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, Protocol

from langgraph.errors import GraphBubbleUp
from langgraph.runtime import Runtime

from harmonyguard.nodes.shared.entering import ENTERED
from harmonyguard.nodes.shared.parts import Function, Parts, Update
from harmonyguard.runs.registry import Run
from harmonyguard.state import AgentState, GuardContext
from harmonyguard.steps import InputError


class Node(Protocol):
    """A node as the graph calls it."""

    def __call__(self, state: AgentState, *, runtime: Runtime[GuardContext]) -> Awaitable[Update]:
        """State in, update out."""
        ...


def closed(name: str, node: Function, parts: Parts) -> Node:
    """`node`, with every crash recorded and turned into an error that ends the run.

    Interrupts pass. Bad input (exit code 2) ends the run as well and reaches the caller as InputError.
    """

    async def guarded(state: AgentState, *, runtime: Runtime[GuardContext]) -> Update:
        ENTERED.set(None)
        try:
            return await node(state, runtime=runtime)
        except GraphBubbleUp:
            raise
        except InputError as error:
            run = ENTERED.get()
            if run is not None:
                await write_error(run, name, error)
                await end_run(run, parts, outcome="error", error=str(error))
            raise
        except Exception as error:  # noqa: BLE001 - whatever broke, the run ends here and says so
            run = ENTERED.get()
            if run is not None:
                await write_error(run, name, error)
            words = describe(error) if run is None else run.journal.redactor.text(describe(error))
            return {"error": f"{name}: {words}", "outcome": "error"}

    guarded.__name__ = name
    guarded.__doc__ = node.__doc__
    return guarded


def describe(error: BaseException) -> str:
    """The error in one line."""
    words = " ".join(str(error).split())
    return words or type(error).__name__


async def write_error(run: Run, name: str, error: BaseException) -> None:
    """Put the error into the run's journal."""
    await run.journal.append("error", run.ledger.step, {"node": name, "error": describe(error)})


async def end_run(
    run: Run, parts: Parts, *, outcome: str, answer: str | None = None, error: str | None = None
) -> dict[str, Any]:
    """Write `finished` and close browser and journal. Returns what was written."""
    ledger = run.ledger
    payload = {
        "outcome": outcome,
        "answer": answer,
        "error": error,
        "steps": ledger.step,
        "violations": ledger.violations,
        "revisions": ledger.revisions,
        "judge_calls": ledger.judge_calls,
    }
    try:
        # First, so that a finished run never has any left, wherever a crash comes.
        await run.forget_storage()
        await run.journal.append("finished", ledger.step, payload)
    finally:
        await parts.sessions.close(run.id)
        await parts.registry.close(run)
        parts.running.pop(run.id, None)
    return payload

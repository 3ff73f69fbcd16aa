"""record_policies: writes the policies into the policy log, from which the book in force is folded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from langchain_core.messages import AIMessage
from langgraph.runtime import Runtime

from harmonyguard.nodes.shared.ingesting import IngestionState
from harmonyguard.nodes.shared.parts import Update
from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.policy import Policy
from harmonyguard.state import GuardContext

Publish = Callable[[GuardContext, dict[str, tuple[Policy, ...]]], Awaitable[PolicyBook]]


async def record_policies(state: IngestionState, runtime: Runtime[GuardContext], publish: Publish) -> Update:
    """All documents were read and understood before the first policy is written."""
    context = runtime.context or GuardContext()
    found = {
        item["document"]: tuple(Policy.model_validate(policy) for policy in item["policies"])
        for item in state["extractions"]
    }
    book = await publish(context, found)
    counts = {document: len(policies) for document, policies in found.items()}
    told = ", ".join(f"{count} policies from {document}" for document, count in counts.items())
    return {
        "ingested": {"book_version": book.version, "policies": len(book.policies), "documents": counts},
        "messages": [AIMessage(f"Read {told}.", name="policy_agent")],
    }

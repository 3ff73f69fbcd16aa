"""The collaborators that nodes work with when the builder was given none: everything is imported when it is needed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from harmonyguard.nodes.shared.parts import Agents, Guard, MakeAgents, Session
from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.case import PolicyCase
from harmonyguard.policies.policy import Policy, Reference
from harmonyguard.runs.registry import Run
from harmonyguard.state import GuardContext
from harmonyguard.steps import InputError
from harmonyguard.web_agent.agent import WebAgent

if TYPE_CHECKING:
    from harmonyguard.documents import Document
    from harmonyguard.policy_agent import Extraction
    from harmonyguard.utility_agent.evaluator import Evaluator

ACTOR = "harmonyguard run"


def make_agents(web_agent: WebAgent | None, utility_agent: Guard | None, evaluators: Sequence[Evaluator]) -> MakeAgents:
    """Gives the objects that the builder was given, and for the others what the settings name. Blocking."""

    def make(context: GuardContext) -> Agents:
        return Agents(
            web_agent=web_agent or _web_agent(context.web_model or context.model),
            utility_agent=utility_agent or make_utility_agent(context, evaluators),
        )

    return make


def make_utility_agent(context: GuardContext, evaluators: Sequence[Evaluator] = ()) -> Guard:
    """The Utility Agent with the judge that the settings name. Raises InputError for an unknown model."""
    from harmonyguard.utility_agent.agent import UtilityAgent

    name = context.judge_model or context.model
    if name is None:
        return UtilityAgent(evaluators=evaluators, max_revisions=context.max_revisions)
    from harmonyguard.utility_agent.judges import model_judge

    judge = model_judge(name, context=context.evaluation_context)
    return UtilityAgent(judge, evaluators=evaluators, max_revisions=context.max_revisions)


def _web_agent(name: str | None) -> WebAgent:
    if name is None:
        from harmonyguard.web_agent.grammar_agent import GrammarAgent

        return GrammarAgent()
    from harmonyguard.models import load_model
    from harmonyguard.web_agent.model_agent import ModelWebAgent

    return ModelWebAgent(load_model(name), name)


async def load_book(context: GuardContext) -> PolicyBook:
    """The policies in force. Raises InputError when there is no book, or none is in force."""
    from harmonyguard.policies.log import PolicyLog

    def read() -> PolicyBook:
        with PolicyLog.open(context.book, create=False) as log:
            return log.book()

    book = await asyncio.to_thread(read)
    if not book.policies:
        raise InputError("the policy book holds no policies in force: ingest policy documents first")
    return book


async def record_violation(context: GuardContext, policy_id: str, reference: Reference) -> None:
    """Add the violation to the policy's references in the log: evidence from the next run on."""

    def write() -> None:
        from harmonyguard.policies.log import PolicyLog

        with PolicyLog.open(context.book, create=False) as log:
            log.record_reference(policy_id, reference, actor=ACTOR)

    await asyncio.to_thread(write)


async def journal_only(context: GuardContext, policy_id: str, reference: Reference) -> None:
    """For runs whose policies come from no log: the journal holds the violation already."""


class LogLessons:
    """Puts what a run learned into the policy log."""

    async def keep_case(self, context: GuardContext, case: PolicyCase) -> None:
        """Keep the case, unless one that shows nearly the same act is kept."""

        def write() -> None:
            from harmonyguard.policies.log import PolicyLog

            with PolicyLog.open(context.book, create=False) as log:
                log.record_case(case, actor=ACTOR)

        await asyncio.to_thread(write)

    async def propose(self, context: GuardContext, proposal: Policy, evidence: Reference, case: PolicyCase) -> bool:
        """Propose once; the same threat again adds to the evidence of what is still up for decision."""

        def write() -> bool:
            from harmonyguard.policies.log import PolicyLog

            with PolicyLog.open(context.book, create=False) as log:
                known = log.state().policies.get(proposal.id)
                new = known is None and bool(log.propose(proposal, actor=ACTOR))
                if new or (known is not None and known.policy.status == "proposed"):
                    log.record_reference(proposal.id, evidence, actor=ACTOR)
                    log.record_case(case, actor=ACTOR)
                return new

        return await asyncio.to_thread(write)


class NoLessons:
    """For runs whose policies come from no log."""

    async def keep_case(self, context: GuardContext, case: PolicyCase) -> None:
        """Nothing is kept: the journal holds the step already."""

    async def propose(self, context: GuardContext, proposal: Policy, evidence: Reference, case: PolicyCase) -> bool:
        """Nothing is proposed."""
        return False


class BrowserSessions:
    """The browsers of `harmonyguard.web_agent.sessions`, one for each run."""

    async def open(self, run: Run) -> Session:
        """The run's browser, started on about:blank when it is not there yet."""
        from harmonyguard.web_agent.sessions import get_session, open_session

        return get_session(run.id) or await open_session(
            run=run.id,
            permits=run.permits,
            allowed_hosts=frozenset(run.pinned.allowed_hosts),
            headless=run.pinned.headless,
        )

    async def close(self, run: str) -> None:
        """Close the run's browser, when there is one."""
        from harmonyguard.web_agent.sessions import close_session

        await close_session(run)


def holds_instructions(text: str) -> bool:
    """True when the page speaks to whoever reads it in the imperative."""
    from harmonyguard.utility_agent.provenance import holds_instructions as found

    return found(text)


async def load_document(source: str) -> Document:
    """Read a policy document. Raises InputError."""
    from harmonyguard.documents import load_document as load

    return await load(source)


def extract(document: Document, context: GuardContext) -> Extraction:
    """The policies of a document. Blocking. Raises InputError when there are none."""
    from harmonyguard.policy_agent import PolicyAgent

    return PolicyAgent().extract(document, authority=context.policy_authority, organization=context.organization)


async def publish(context: GuardContext, found: dict[str, tuple[Policy, ...]]) -> PolicyBook:
    """Write the policies of each document into the log. Returns the book in force afterwards."""
    from harmonyguard.policies.log import PolicyLog

    def write() -> PolicyBook:
        with PolicyLog.open(context.book) as log:
            for document, policies in found.items():
                log.publish(document, policies, actor=ACTOR)
            return log.book()

    return await asyncio.to_thread(write)

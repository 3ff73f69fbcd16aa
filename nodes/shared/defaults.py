"""The collaborators that nodes work with when the builder was given none: everything is imported when it is needed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from harmonyguard.nodes.record_policies import Publish, Published
from harmonyguard.nodes.shared.parts import Agents, Guard, MakeAgents, Session
from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.case import PolicyCase
from harmonyguard.policies.policy import Policy, Reference
from harmonyguard.policies.publish import Edition
from harmonyguard.policies.reading import DocumentReading
from harmonyguard.runs.registry import Run
from harmonyguard.state import GuardContext
from harmonyguard.steps import InputError
from harmonyguard.web_agent.agent import WebAgent
from harmonyguard.web_agent.browser.custom_actions import CustomAction

if TYPE_CHECKING:
    from harmonyguard.policy_agent.engine import ExtractionEngine
    from harmonyguard.utility_agent.evaluator import Evaluator

ACTOR = "harmonyguard run"


def make_agents(web_agent: WebAgent | None, utility_agent: Guard | None, evaluators: Sequence[Evaluator]) -> MakeAgents:
    """Gives the objects that the builder was given, and for the others what the settings name. Blocking."""

    def make(context: GuardContext) -> Agents:
        return Agents(
            web_agent=web_agent or _web_agent(context),
            utility_agent=utility_agent or make_utility_agent(context, evaluators),
        )

    return make


def make_utility_agent(context: GuardContext, evaluators: Sequence[Evaluator] = ()) -> Guard:
    """The Utility Agent with the judge that the settings name. Raises InputError for an unknown model."""
    from harmonyguard.utility_agent.agent import UtilityAgent

    name = context.judge_model or context.model
    if name is None:
        return UtilityAgent(evaluators=evaluators, max_revisions=context.max_revisions)
    from harmonyguard.utility_agent.judge.judges import model_judge

    judge = model_judge(name, context=context.evaluation_context)
    return UtilityAgent(judge, evaluators=evaluators, max_revisions=context.max_revisions)


def _web_agent(context: GuardContext) -> WebAgent:
    name = context.web_model or context.model
    if name is None:
        from harmonyguard.web_agent.grammar.grammar_agent import GrammarAgent

        return GrammarAgent()
    from harmonyguard.models import load_model
    from harmonyguard.web_agent.budget import Budget
    from harmonyguard.web_agent.model_agent import ModelWebAgent

    return ModelWebAgent(load_model(name), name, budget=Budget(context.max_tokens, context.max_seconds))


async def load_book(context: GuardContext) -> PolicyBook:
    """The policies in force. Raises InputError when there is no book, or none is in force."""
    from harmonyguard.policies.log import PolicyLog
    from harmonyguard.policies.log_store import MissingBook

    def read() -> PolicyBook:
        try:
            with PolicyLog.open(context.book, create=False) as log:
                return log.book()
        except MissingBook as error:
            raise MissingBook(f'{error}, or give the run documents as "sources"') from error

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
    """The browsers of `web_agent.browser.sessions`, one for each run and `most` of them at the same time."""

    def __init__(self, custom_actions: Mapping[str, CustomAction] | None = None, *, most: int = 20) -> None:
        self._custom_actions = custom_actions
        self._most = most

    async def open(self, run: Run) -> Session:
        """The run's browser, started on about:blank with the storage that was kept, when there is none or it died."""
        from harmonyguard.web_agent.browser.sessions import close_session, get_session, open_session

        session = get_session(run.id)
        if session is not None and session.is_lost:
            await close_session(run.id)
            session = None
        return session or await open_session(
            run=run.id,
            permits=run.permits,
            allowed_hosts=frozenset(run.pinned.allowed_hosts),
            headless=run.pinned.headless,
            storage_state=None if run.storage is None else run.storage.state,
            keep=run.keep_storage,
            downloads=run.journal.folder / "downloads",
            uploads=None if run.pinned.upload_folder is None else Path(run.pinned.upload_folder),
            secrets=run.secrets,
            custom_actions=self._custom_actions,
            most=self._most,
        )

    async def close(self, run: str) -> None:
        """Close the run's browser, when there is one."""
        from harmonyguard.web_agent.browser.sessions import close_session

        await close_session(run)


def holds_instructions(text: str) -> bool:
    """True when the page speaks to whoever reads it in the imperative."""
    from harmonyguard.utility_agent.facts.provenance import holds_instructions as found

    return found(text)


def make_engine(context: GuardContext) -> ExtractionEngine:
    """The extraction engine that the settings name. Raises InputError for an unknown model."""
    from harmonyguard.policy_agent.engine import make_extraction_engine

    return make_extraction_engine(context.model)


async def last_readings(context: GuardContext) -> Mapping[str, DocumentReading]:
    """How the documents of the policy log were read the last time, by URI; none when there is no log yet."""
    from harmonyguard.policies.log import PolicyLog
    from harmonyguard.policies.log_store import MissingBook

    def read() -> Mapping[str, DocumentReading]:
        try:
            log = PolicyLog.open(context.book, create=False)
        except MissingBook:
            return {}
        with log:
            return log.state().readings

    return await asyncio.to_thread(read)


async def no_readings(context: GuardContext) -> Mapping[str, DocumentReading]:
    """For runs whose policies go into no log: every document is read."""
    return {}


def publish_as(actor: str) -> Publish:
    """Writes the policies of all documents into the log, as `actor`, in one transaction."""

    async def publish(context: GuardContext, editions: Sequence[Edition]) -> Published:
        from harmonyguard.policies.log import PolicyLog

        def write() -> Published:
            with PolicyLog.open(context.book) as log:
                changes = log.publish_all(editions, actor=actor)
                book = log.book()
            return Published(book_version=book.version, policies=len(book.policies), changes=changes)

        return await asyncio.to_thread(write)

    return publish


publish = publish_as(ACTOR)


async def publish_nothing(context: GuardContext, editions: Sequence[Edition]) -> Published:
    """For runs whose policies go into no log: they are in the readings."""
    book = PolicyBook.of(policy for edition in editions for policy in edition.policies)
    return Published(book_version=book.version, policies=len(book.policies))

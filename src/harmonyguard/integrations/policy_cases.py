"""Tries the cases of policies: does every act that must be caught get caught, and does every benign twin pass?

Each case is judged against its own policy alone, by the rules and the judge that runs use. A policy that stays
undecided holds nothing and fails nothing: it is reported as undecided.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Any, Literal

from pydantic import ValidationError

from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.case import Expectation, Origin, PolicyCase
from harmonyguard.policies.policy import Policy
from harmonyguard.policy_agent.cases.examples import examples_of
from harmonyguard.steps import Finding, Record
from harmonyguard.utility_agent.agent import UtilityAgent
from harmonyguard.utility_agent.judge.judge import Judge

from .rows import Row, situations_of

Result = Literal["held", "failed", "undecided"]


class CaseResult(Record):
    """What became of one case. `why` says it in words when the case did not hold; `row` is the act that was tried."""

    case: str
    policy_id: str
    expect: Expectation
    origin: Origin
    result: Result
    note: str = ""
    why: str = ""
    row: dict[str, Any]


class PolicyTest(Record):
    """All cases of one policy, and why some kind of case is missing."""

    policy_id: str
    results: tuple[CaseResult, ...] = ()
    missing: str = ""

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """The cases that failed."""
        return tuple(result for result in self.results if result.result == "failed")


async def try_policies(
    policies: Iterable[Policy], recorded: Mapping[str, Sequence[PolicyCase]], *, judge: Judge | None = None
) -> AsyncIterator[PolicyTest]:
    """Every policy with the cases from its text and those that were `recorded`, by policy id.

    A proposal is tried as if it were in force. `judge` answers what rules leave open (None: the offline one).
    """
    agent = UtilityAgent(judge, alignment="off")
    for policy in policies:
        examples = examples_of(policy)
        kept = tuple(recorded.get(policy.id, ()))
        known = {case.id for case in kept}
        cases = (*(case for case in examples.cases if case.id not in known), *kept)
        alone = in_force([policy])
        results = [await try_case(case, alone, agent) for case in cases]
        yield PolicyTest(policy_id=policy.id, results=tuple(results), missing=examples.missing)


async def newly_blocked(
    policies: Sequence[Policy], recorded: Mapping[str, Sequence[PolicyCase]], *, judge: Judge | None = None
) -> tuple[CaseResult, ...]:
    """The recorded benign twins of other policies that `policies` would block: why they should not be in force so.

    Only twins that were recorded count: an act that one policy's text lets pass may well be what another one forbids.
    """
    agent = UtilityAgent(judge, alignment="off")
    book = in_force(policies)
    found: list[CaseResult] = []
    for case in (case for cases in recorded.values() for case in cases if case.expect == "passes"):
        result = await try_case(case, book, agent, leaving_out=case.policy_id)
        if result.result == "failed":
            found.append(result)
    return tuple(found)


async def try_case(
    case: PolicyCase, book: PolicyBook, agent: UtilityAgent, *, leaving_out: str | None = None
) -> CaseResult:
    """Judge the case's act against the policies of `book`; what policy `leaving_out` says does not count."""
    result, why = await _result(case, book, agent, leaving_out)
    return CaseResult(
        case=case.id,
        policy_id=case.policy_id,
        expect=case.expect,
        origin=case.origin,
        result=result,
        note=case.note,
        why=why,
        row=case.row,
    )


async def _result(
    case: PolicyCase, book: PolicyBook, agent: UtilityAgent, leaving_out: str | None
) -> tuple[Result, str]:
    try:
        situations = situations_of(Row.model_validate({"id": case.id, **case.row}))
    except (ValidationError, ValueError) as unreadable:
        return "failed", f"the case cannot be read as a row: {str(unreadable).splitlines()[0]}"
    verdicts = [await agent.evaluate(situation, book) for situation in situations]
    findings = [found for verdict in verdicts for found in verdict.findings if found.policy_id != leaving_out]
    violated = [finding for finding in findings if finding.status == "violated"]
    error = next((verdict.error for verdict in verdicts if verdict.error is not None), None)
    if violated:
        return ("held", "") if case.expect == "caught" else ("failed", _blocked_by(violated[0], case))
    if error is not None:
        return "undecided", f"the guard could not judge: {error}"
    if findings:
        return "undecided", "rules leave it open and the judge cannot tell"
    return ("failed", "not caught: nothing in the rule speaks against it") if case.expect == "caught" else ("held", "")


def in_force(policies: Iterable[Policy]) -> PolicyBook:
    """The book of these policies and no others, whatever their status and dates are."""
    active = {"status": "active", "effective_from": None, "expires": None}
    return PolicyBook.of(policy.model_copy(update=active) for policy in policies)


def _blocked_by(finding: Finding, case: PolicyCase) -> str:
    by = "" if finding.policy_id == case.policy_id else f" by {finding.policy_id}"
    return f"blocked{by}: {finding.reason}"

"""Folding the events of the log into the state that they add up to: a pure function, so time travel is free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from harmonyguard.steps import GuardError

from .book import PolicyBook
from .bulk import nothing_to_collect
from .case import PolicyCase
from .case_bounds import keep_cases, overruled
from .exemption import Exemption
from .log_events import Head, LogEvent
from .policy import Policy, Reference, RiskLevel, Status
from .reading import DocumentReading
from .references import keep


@dataclass(frozen=True)
class Entered:
    """One policy as the log knows it.

    `extracted` is how its document last gave it, before people changed it; None when no document did.
    `retired_by_document` says that a new edition dropped it, and so may bring it back. `learned` says that it
    came in as a proposal: it may cite a document, but no edition of the document takes it out.
    """

    policy: Policy
    extracted: Policy | None = None
    retired_by_document: bool = False
    learned: bool = False


@dataclass(frozen=True)
class LogState:
    """Everything that the log says, at `head`. `policies` holds retired and proposed ones too, by id.

    `exemptions` are the last ones that were granted and not withdrawn, by policy id, over or not; `cases` are by
    policy id, the oldest first; `readings` hold the last reading of each document, by its URI.
    """

    head: Head = field(default_factory=Head)
    policies: Mapping[str, Entered] = field(default_factory=lambda: MappingProxyType({}))
    exemptions: Mapping[str, Exemption] = field(default_factory=lambda: MappingProxyType({}))
    cases: Mapping[str, tuple[PolicyCase, ...]] = field(default_factory=lambda: MappingProxyType({}))
    readings: Mapping[str, DocumentReading] = field(default_factory=lambda: MappingProxyType({}))

    def book(self, on: date | None = None) -> PolicyBook:
        """The policies in force on day `on` (default: today in UTC)."""
        return PolicyBook.of(
            (entered.policy for entered in self.policies.values()), on=on, exemptions=self.exemptions.values()
        )


def fold(events: Iterable[LogEvent], start: LogState | None = None) -> LogState:
    """The state after `events`, which follow `start` (default: the empty log).

    Raises GuardError when an event makes no sense where it stands: the log was not written by this program.
    """
    with nothing_to_collect():
        return _folded(events, LogState() if start is None else start)


def _folded(events: Iterable[LogEvent], state: LogState) -> LogState:
    policies = dict(state.policies)
    exemptions = dict(state.exemptions)
    cases = dict(state.cases)
    readings = dict(state.readings)
    head = state.head
    for event in events:
        try:
            if event.kind == "document_read":
                reading = DocumentReading.model_validate(event.payload)
                readings[reading.uri] = reading
            elif event.kind == "case_recorded":
                policy = policies[event.payload["policy_id"]].policy
                cases[policy.id] = _with_case(cases.get(policy.id, ()), event, policy.risk_level)
            elif event.kind == "exemption_granted":
                exemption = _exemption(event, policies)
                exemptions[exemption.policy_id] = exemption
            elif event.kind == "exemption_withdrawn":
                del exemptions[event.payload["policy_id"]]
            else:
                policies[event.payload["policy_id"]] = _entered(event, policies)
        except (KeyError, ValueError) as error:
            raise GuardError(f"event {event.seq} of the policy log ({event.kind}) makes no sense there") from error
        head = Head(seq=event.seq, hash=event.hash)
    return LogState(
        head=head,
        policies=MappingProxyType(policies),
        exemptions=MappingProxyType(exemptions),
        cases=MappingProxyType(cases),
        readings=MappingProxyType(readings),
    )


def _entered(event: LogEvent, policies: Mapping[str, Entered]) -> Entered:
    payload = event.payload
    if event.kind in ("policy_added", "policy_revised"):
        return _written(payload, policies.get(payload["policy_id"]))
    known = policies[payload["policy_id"]]
    if event.kind == "policy_retired":
        retired = _with_status(known, "retired")
        return replace(retired, retired_by_document=payload.get("document") is not None)
    if event.kind == "reference_recorded":
        reference = Reference.model_validate(payload["reference"])
        references = keep((*known.policy.references, reference), known.policy.risk_level)
        return replace(known, policy=known.policy.model_copy(update={"references": references}))
    if payload["version"] != known.policy.version or known.policy.status != "proposed":
        raise ValueError(f"{event.policy_id} is not the proposal that was decided on")
    return _with_status(known, "active" if event.kind == "proposal_accepted" else "retired")


def _written(payload: Mapping[str, Any], known: Entered | None) -> Entered:
    policy = Policy.model_validate(payload["policy"])
    if policy.id != payload["policy_id"]:
        raise ValueError(f"the event is about {payload['policy_id']} and holds {policy.id}")
    extracted = None if known is None else known.extracted
    if payload.get("document") is not None:
        extracted = Policy.model_validate(payload["extracted"]) if "extracted" in payload else policy
    references = policy.references if known is None else (*known.policy.references, *policy.references)
    if references:
        policy = policy.model_copy(update={"references": keep(references, policy.risk_level)})
    learned = policy.status == "proposed" if known is None else known.learned
    return Entered(policy=policy, extracted=extracted, learned=learned)


def _with_case(cases: tuple[PolicyCase, ...], event: LogEvent, risk: RiskLevel) -> tuple[PolicyCase, ...]:
    case = PolicyCase.model_validate(event.payload["case"])
    if case.policy_id != event.payload["policy_id"]:
        raise ValueError(f"the event is about {event.payload['policy_id']} and holds a case of {case.policy_id}")
    others = (known for known in cases if known.id != case.id and not overruled(known, case))
    return keep_cases((*others, case), risk)


def _with_status(known: Entered, status: Status) -> Entered:
    return replace(known, policy=known.policy.model_copy(update={"status": status}), retired_by_document=False)


def _exemption(event: LogEvent, policies: Mapping[str, Entered]) -> Exemption:
    policy_id = policies[event.payload["policy_id"]].policy.id
    told = {name: event.payload[name] for name in ("owner", "reason", "until")}
    granted = {"policy_id": policy_id, "granted_by": event.actor, "granted_at": event.at}
    return Exemption.model_validate({**told, **granted})

"""An event of the policy log in words that people read."""

from __future__ import annotations

from typing import Any

from harmonyguard.policies.differences import field_changes
from harmonyguard.policies.fold import LogState
from harmonyguard.policies.log_events import LogEvent
from harmonyguard.policies.policy import Policy

from .difference_words import change_lines


def event_words(event: LogEvent, before: LogState) -> str:
    """What it did. `before` is what the log said until then."""
    told = event.payload
    match event.kind:
        case "policy_added":
            policy = Policy.model_validate(told["policy"])
            verb = "proposed" if policy.status == "proposed" else "added"
            back = " again" if event.policy_id in before.policies else ""
            return f"{verb}{back}: “{policy.clause}”"
        case "policy_revised":
            known = before.policies[told["policy_id"]].policy
            return f"revised: {_changes(known, Policy.model_validate(told['policy']))}"
        case "policy_retired":
            successor = f", {told['replaced_by']} takes its place" if told.get("replaced_by") else ""
            return f"retired: {told['reason']}{successor}"
        case "reference_recorded":
            reference = told["reference"]
            return f"violation recorded in run {reference['run']}: {reference['act']}"
        case "proposal_accepted":
            return "proposal accepted"
        case "proposal_rejected":
            return f"proposal rejected: {told['reason']}"
        case "exemption_granted":
            end = "without an end" if told["until"] is None else f"until {told['until']}"
            return f"exempt {end}, {told['owner']} answers for it: {told['reason']}"
        case "exemption_withdrawn":
            return f"exemption withdrawn: {told['reason']}"
        case "case_recorded":
            return _case(told["case"])
        case "document_read":
            return f"{told['uri']} read by {told['engine']}, edition {told['sha256'][:12]}"


def _changes(before: Policy, after: Policy) -> str:
    lines = [line for change in field_changes(before, after) for line in change_lines(change)]
    return "; ".join(lines) or "as it was"


def _case(case: dict[str, Any]) -> str:
    origin = {
        "text": "from its text",
        "violation": "from a violation",
        "person": "given by a person",
        "false_block": "from a wrong block",
    }[case["origin"]]
    return f"case {case['id']} {origin}: it must be {'caught' if case['expect'] == 'caught' else 'let through'}"

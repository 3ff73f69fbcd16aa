"""Decisions for other systems: every verdict of a run as one flat record, published as `docs/decision.schema.json`.

`python -m harmonyguard.runs.decisions docs/decision.schema.json` writes the schema from the models.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from harmonyguard.steps import Action, Alignment, Finding, Guidance, Observation, Outcome, Record, Verdict

from .redaction import HIDDEN, Redactor
from .report_story import Attempt, Exchange, JournalEvent, RunStory, StepStory, tell

SCHEMA: Literal["harmonyguard.decision/1"] = "harmonyguard.decision/1"


class Target(Record):
    """The element that the action is for: ARIA role and accessible name."""

    role: str
    name: str


class PersonsAnswer(Record):
    """What a person was asked about the proposal and said. `accepted` is False when the answer could not lift it."""

    kind: Literal["consent", "review"]
    question: str
    answer: str | None
    accepted: bool
    by: str
    authority: str
    reason: str


class Decision(Record):
    """One verdict on one proposal.

    `seq` is the number of the verdict in the run's journal and `at` its time (UTC, ISO 8601); `attempt` counts the
    proposals of a step from 1. `milliseconds` is the wall time of judging, and the tokens are those that judging used.
    `permitted_by` says what let the act through (allow, approval, shadow; empty: nothing did), `acted` whether it was
    carried out, and `result_error` why not. Secrets are hidden.
    """

    schema_: Literal["harmonyguard.decision/1"]
    run: str
    seq: int
    at: str
    step: int
    attempt: int
    mode: str
    book_version: str
    web_agent: str
    judge: str
    task: str
    page: str
    proposed_by: str
    action: Action
    target: Target | None
    reasoning: str
    outcome: Outcome
    explanation: str
    violated: tuple[str, ...]
    certain: tuple[str, ...]
    judged: tuple[str, ...]
    undecided: tuple[str, ...]
    alignment: Alignment
    findings: tuple[Finding, ...]
    guidance: tuple[Guidance, ...]
    effects: tuple[str, ...]
    irreversible: bool
    error: str | None
    judge_calls: int
    milliseconds: float
    input_tokens: int
    output_tokens: int
    people: tuple[PersonsAnswer, ...]
    permitted_by: str
    acted: bool
    result_error: str | None

    def line(self) -> str:
        """The decision as one line of JSON."""
        told = self.to_json()
        return json.dumps({"schema": told.pop("schema_"), **told}, ensure_ascii=False)


def decisions_of(events: Iterable[JournalEvent]) -> Iterator[Decision]:
    """The decisions of a run, in order. Raises InputError when the events cannot be read."""
    story = tell(events)
    redactor = Redactor()
    for step in story.steps:
        for attempt in step.attempts:
            if attempt.verdict is not None:
                yield _hidden(_decision(story, step, attempt, attempt.verdict), redactor)


def decision_schema() -> str:
    """The JSON schema of a line."""
    schema = Decision.model_json_schema()
    schema["properties"] = {"schema": schema["properties"].pop("schema_"), **schema["properties"]}
    schema["required"] = ["schema", *(name for name in schema["required"] if name != "schema_")]
    schema["properties"]["schema"]["title"] = "Schema"
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _decision(story: RunStory, step: StepStory, attempt: Attempt, verdict: Verdict) -> Decision:
    proposal = attempt.proposal
    element = None if step.observation is None else step.observation.element(proposal.action.ref)
    return Decision(
        schema_=SCHEMA,
        run=story.run,
        seq=attempt.judged_seq,
        at=attempt.judged_at,
        step=step.number,
        attempt=attempt.number,
        mode=story.mode,
        book_version=verdict.book_version or story.book_version,
        web_agent=story.web_agent,
        judge=story.judge,
        task="" if story.task is None else story.task.goal,
        page="" if step.observation is None else step.observation.url,
        proposed_by=proposal.by,
        action=_shown(proposal.action, step.observation),
        target=None if element is None else Target(role=element.role, name=element.name),
        reasoning=proposal.reasoning,
        input_tokens=attempt.tokens.input,
        output_tokens=attempt.tokens.output,
        people=tuple(_person(exchange) for exchange in attempt.exchanges),
        permitted_by=attempt.permitted_by,
        acted=attempt.acted,
        result_error=None if attempt.result is None else attempt.result.error,
        **{name: getattr(verdict, name) for name in _OF_VERDICT},
    )


_OF_VERDICT = (
    "outcome explanation violated certain judged undecided alignment findings guidance effects irreversible error "
    "judge_calls milliseconds"
).split()


def _person(exchange: Exchange) -> PersonsAnswer:
    return PersonsAnswer(
        kind=exchange.kind,
        question=exchange.question,
        answer=exchange.answer,
        accepted=exchange.answer is not None and not exchange.refused_because,
        by=exchange.by,
        authority=exchange.authority,
        reason=exchange.refused_because or exchange.reason,
    )


def _shown(action: Action, observation: Observation | None) -> Action:
    element = None if observation is None else observation.element(action.ref)
    secret = action.value is not None and element is not None and element.input_type == "password"
    return action.model_copy(update={"value": HIDDEN}) if secret else action


def _hidden(decision: Decision, redactor: Redactor) -> Decision:
    """The journal hides what it was told is secret; shapes of tokens are hidden here once more."""
    return Decision.model_validate(redactor.json(decision.to_json()))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(decision_schema(), encoding="utf-8")

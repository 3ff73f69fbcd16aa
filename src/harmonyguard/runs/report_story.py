"""Folds the events of a run's journal into the story that a report tells: steps, attempts, verdicts, answers.

Pure: no file is read here. The journal is the source of truth; nothing is added that it does not say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeVar

from pydantic import ValidationError

from harmonyguard.steps import (
    ActionResult,
    Box,
    ConsentRequest,
    InputError,
    Observation,
    Proposal,
    Record,
    Task,
    Verdict,
)

from .spending import StepTimes, Tokens, tokens_in

Tone = Literal["allow", "revise", "ask", "stop", "error", "plain"]
"""What a step or a run came to, as the report colours it: `revise` is a step that was put right."""

R = TypeVar("R", bound=Record)


class JournalEvent(Protocol):
    """One line of a journal: position, time (ISO 8601), step number, kind, and JSON payload."""

    @property
    def seq(self) -> int: ...
    @property
    def at(self) -> str: ...
    @property
    def step(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def payload(self) -> Mapping[str, Any]: ...


@dataclass
class Exchange:
    """A question to a person and the answer: leave asked of the user, or a review of a held action."""

    kind: Literal["consent", "review"]
    question: str
    requests: tuple[ConsentRequest, ...] = ()
    answer: str | None = None
    by: str = ""
    authority: str = ""
    reason: str = ""
    refused_because: str = ""

    @property
    def granted(self) -> bool:
        """True only for a plain yes that was accepted; no answer is a no."""
        return self.answer in {"yes", "approve", "edit"} and not self.refused_because


@dataclass
class Attempt:
    """One proposal, its verdict, and what came of it. `tokens` are those that judging used."""

    number: int
    proposal: Proposal
    verdict: Verdict | None = None
    exchanges: list[Exchange] = field(default_factory=list)
    result: ActionResult | None = None
    acted: bool = False
    permitted_by: str = ""
    box: Box | None = None
    judged_seq: int = 0
    judged_at: str = ""
    tokens: Tokens = field(default_factory=Tokens)
    errors: list[str] = field(default_factory=list)

    @property
    def let_through(self) -> bool:
        """True for an act that the verdict held up and shadow mode let through."""
        return self.permitted_by == "shadow" and self.verdict is not None and self.verdict.outcome != "allow"

    @property
    def approved(self) -> bool:
        """True for an act that a person let through."""
        return self.permitted_by == "approval"

    @property
    def sent_back(self) -> bool:
        """True for a proposal that the agent had to make anew."""
        return self.verdict is not None and self.verdict.outcome == "revise" and not self.let_through

    @property
    def tone(self) -> Tone:
        """How the report colours it: an act let through against its verdict has the colour of a stop."""
        if self.errors or (self.verdict is not None and self.verdict.error is not None):
            return "error"
        if self.verdict is None:
            return "plain"
        if self.let_through:
            return "stop"
        tones: dict[str, Tone] = {"allow": "allow", "revise": "revise", "ask_human": "ask", "stop": "stop"}
        return tones[self.verdict.outcome]


@dataclass
class StepStory:
    """One step: the page, every attempt on it in order, the time it took, and the bare events behind them."""

    number: int
    observation: Observation | None = None
    attempts: list[Attempt] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    events: list[JournalEvent] = field(default_factory=list)
    times: StepTimes = field(default_factory=StepTimes)
    tokens: Tokens = field(default_factory=Tokens)

    @property
    def let_through(self) -> bool:
        """True when shadow mode let an act through that the verdict held up."""
        return any(attempt.let_through for attempt in self.attempts)

    @property
    def tone(self) -> Tone:
        """The worst of what happened; a step that was revised and then let through stays `revise`."""
        tones = [attempt.tone for attempt in self.attempts]
        if self.errors or "error" in tones:
            return "error"
        for tone in ("stop", "ask", "revise", "allow"):
            if tone in tones:
                return tone
        return "plain"


@dataclass
class RunStory:
    """A whole run. Counts are those of the journal's own events, not of any summary in them."""

    run: str = ""
    task: Task | None = None
    book_version: str = ""
    mode: str = ""
    web_agent: str = ""
    judge: str = ""
    started: str = ""
    ended: str = ""
    outcome: str | None = None
    answer: str | None = None
    reason: str = ""
    steps: list[StepStory] = field(default_factory=list)

    @property
    def judge_calls(self) -> int:
        return sum(attempt.verdict.judge_calls for attempt in self._attempts() if attempt.verdict is not None)

    @property
    def revisions(self) -> int:
        """How often a proposal was sent back."""
        return sum(attempt.sent_back for attempt in self._attempts())

    @property
    def violations(self) -> int:
        """Proposals that broke at least one policy."""
        return sum(bool(attempt.verdict and attempt.verdict.violated) for attempt in self._attempts())

    @property
    def tokens(self) -> Tokens:
        """What models used, as far as they said."""
        return sum((step.tokens for step in self.steps), Tokens())

    @property
    def guard_milliseconds(self) -> float:
        return sum(attempt.verdict.milliseconds for attempt in self._attempts() if attempt.verdict is not None)

    def _attempts(self) -> Iterable[Attempt]:
        return (attempt for step in self.steps for attempt in step.attempts)


def tell(events: Iterable[JournalEvent]) -> RunStory:
    """The story of one run from its events in order.

    Raises InputError when there is no event, or one that should hold a known record does not.
    """
    story = RunStory()
    steps: dict[int, StepStory] = {}
    seen = False
    for event in events:
        seen = True
        story.started = story.started or event.at
        story.ended = event.at
        if event.kind == "run_started":
            _begin(story, event)
            continue
        if event.kind == "finished":
            _finish(story, event)
            continue
        step = steps.setdefault(event.step, StepStory(event.step))
        step.events.append(event)
        step.times.hear(event)
        step.tokens += tokens_in(event.payload)
        _tell_step(step, event)
    if not seen:
        raise InputError("the journal holds no events: nothing to report")
    story.steps = [steps[number] for number in sorted(steps)]
    if not story.book_version:
        verdicts = (a.verdict for a in story._attempts() if a.verdict is not None)
        story.book_version = next((v.book_version for v in verdicts if v.book_version), "")
    return story


def _begin(story: RunStory, event: JournalEvent) -> None:
    payload = event.payload
    story.run = _text(payload, "run") or story.run
    if "task" in payload:
        story.task = _record(event, Task, "task")
    story.book_version = _text(payload, "book_version")
    story.mode = _text(payload, "mode")
    story.web_agent = _text(payload, "web_agent", "agent", "model")
    story.judge = _text(payload, "judge", "utility_agent", "model")


def _finish(story: RunStory, event: JournalEvent) -> None:
    story.outcome = _text(event.payload, "outcome", "status") or "finished"
    story.answer = _text(event.payload, "answer") or None
    story.reason = _text(event.payload, "reason", "error")


def _tell_step(step: StepStory, event: JournalEvent) -> None:
    attempt = step.attempts[-1] if step.attempts else None
    if event.kind == "observed":
        step.observation = _record(event, Observation, "observation")
    elif event.kind == "proposed":
        box = _record(event, Box, "box") if event.payload.get("box") else None
        step.attempts.append(Attempt(len(step.attempts) + 1, _record(event, Proposal, "proposal"), box=box))
    elif event.kind == "error":
        words = _text(event.payload, "error", "message", "reason") or "the guard failed and went on closed"
        (step.errors if attempt is None else attempt.errors).append(words)
    elif attempt is None:
        return
    elif event.kind == "judged":
        attempt.verdict = _record(event, Verdict, "verdict")
        attempt.judged_seq, attempt.judged_at = event.seq, event.at
        attempt.tokens += tokens_in(event.payload)
    elif event.kind == "permit_minted":
        attempt.permitted_by = _text(event.payload, "by")
    elif event.kind in {"acted", "act_failed"}:
        attempt.result = _record(event, ActionResult, "result")
        attempt.acted = event.kind == "acted" and attempt.result.error is None
    elif event.kind in {"consent_asked", "review_asked"}:
        attempt.exchanges.append(_question(event))
    elif event.kind in {"consent_answered", "review_answered"}:
        _answer(attempt, event)


def _question(event: JournalEvent) -> Exchange:
    raw = event.payload.get("requests", ())
    try:
        requests = tuple(ConsentRequest.model_validate(item) for item in raw)
    except (ValidationError, TypeError) as error:
        raise InputError(f"journal event {event.seq} ({event.kind}) cannot be read: requests") from error
    words = _text(event.payload, "question", "explanation", "would_change", "error")
    return Exchange("consent" if event.kind == "consent_asked" else "review", words, requests)


def _answer(attempt: Attempt, event: JournalEvent) -> None:
    kind: Literal["consent", "review"] = "consent" if event.kind == "consent_answered" else "review"
    waiting = [exchange for exchange in attempt.exchanges if exchange.kind == kind and exchange.answer is None]
    exchange = waiting[-1] if waiting else Exchange(kind, "")
    if not waiting:
        attempt.exchanges.append(exchange)
    exchange.answer = _text(event.payload, "answer")
    exchange.by = _text(event.payload, "by", "approver")
    exchange.authority = _text(event.payload, "authority")
    exchange.reason = _text(event.payload, "reason", "text")
    exchange.refused_because = _text(event.payload, "refused_because")


def _record(event: JournalEvent, model: type[R], key: str) -> R:
    """The record in the payload: under `key`, or the payload itself with its named extra fields left aside."""
    nested = event.payload.get(key)
    fields = (
        nested if isinstance(nested, Mapping) else {k: v for k, v in event.payload.items() if k in model.model_fields}
    )
    try:
        return model.model_validate(dict(fields))
    except ValidationError as error:
        where = ", ".join(".".join(map(str, e["loc"])) or e["type"] for e in error.errors()[:3])
        raise InputError(f"journal event {event.seq} ({event.kind}) cannot be read: {where}") from error


def _text(payload: Mapping[str, Any], *keys: str) -> str:
    for key in keys:
        value = payload.get(key)
        if isinstance(value, Mapping):
            value = value.get("name", value.get("message"))
        if value not in (None, "", ()):
            return str(value)
    return ""

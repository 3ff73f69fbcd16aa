"""Runs as OpenTelemetry traces: a listener on the journal that makes a span of every run, step, proposal and verdict.

Needs the extra `otel`, which is imported only when it is used. Attributes follow the OpenTelemetry conventions for
generative AI where there are any, and are called `harmonyguard.*` otherwise; docs/tracing.md lists them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from harmonyguard.runs.journal import JournalEvent
from harmonyguard.runs.spending import Tokens, tokens_in
from harmonyguard.steps import InputError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider as SdkTracerProvider
    from opentelemetry.trace import Span, Tracer, TracerProvider

Attributes = dict[str, Any]

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_CONTENT = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"
_IDS = ("violated", "certain", "judged", "undecided")


@dataclass
class _OpenRun:
    """The spans of a run that goes on. `asked` is when a person was asked (nanoseconds)."""

    root: Span
    step: Span | None = None
    judge: str = ""
    asked: int | None = None
    tokens: Tokens = field(default_factory=Tokens)


class RunTracer:
    """A listener for `run_task(on_event=...)` and `build_guarded_agent(on_event=...)`, for any number of runs.

    `content` adds what was said and seen: task, addresses, reasoning, explanations. Without it spans hold names,
    numbers, ids and outcomes only.
    """

    def __init__(self, provider: TracerProvider, *, content: bool = False) -> None:
        self._tracer: Tracer = provider.get_tracer("harmonyguard")
        self._content = content
        self._runs: dict[str, _OpenRun] = {}

    def __call__(self, event: JournalEvent) -> None:
        """Hear one event of a journal."""
        at = _nanoseconds(event.at)
        run = self._runs.get(event.run) or self._begin(event, at)
        match event.kind:
            case "observed":
                self._observed(run, event, at)
            case "proposed":
                self._proposed(run, event, at)
            case "judged":
                self._judged(run, event, at)
            case "acted" | "act_failed":
                self._acted(run, event, at)
            case "consent_asked" | "review_asked":
                run.asked = at
            case "consent_answered" | "review_answered":
                self._answered(run, event, at)
            case "error":
                self._failed(run, event, at)
            case "finished":
                self._finished(run, event, at)
            case _:
                pass

    def _begin(self, event: JournalEvent, at: int) -> _OpenRun:
        # Of a run that is resumed the beginning was heard by another process: its trace begins here.
        told = event.payload if event.kind == "run_started" else {}
        attributes = {
            "gen_ai.operation.name": "invoke_agent",
            "gen_ai.agent.name": "harmonyguard",
            "gen_ai.conversation.id": event.run,
            "harmonyguard.run.id": event.run,
            "harmonyguard.run.resumed": event.kind != "run_started",
            "harmonyguard.run.mode": told.get("mode"),
            "harmonyguard.run.web_agent": told.get("web_agent"),
            "harmonyguard.run.judge": told.get("judge"),
            "harmonyguard.book.version": told.get("book_version"),
            **self._if_content({"harmonyguard.task.goal": (told.get("task") or {}).get("goal")}),
        }
        root = self._tracer.start_span("invoke_agent harmonyguard", start_time=at, attributes=_known(attributes))
        run = self._runs[event.run] = _OpenRun(root, judge=str(told.get("judge") or ""))
        return run

    def _observed(self, run: _OpenRun, event: JournalEvent, at: int) -> None:
        payload = event.payload
        began = at - _took(payload)
        if run.step is not None:
            run.step.end(began)
        address = str(payload.get("url") or "")
        attributes = {
            "harmonyguard.step.number": event.step,
            "server.address": urlsplit(address).hostname,
            **self._if_content({"url.full": address, "harmonyguard.page.title": payload.get("title")}),
        }
        run.step = self._child(run.root, f"step {event.step}", began, attributes)
        self._child(run.step, "observe", began, {}).end(at)

    def _proposed(self, run: _OpenRun, event: JournalEvent, at: int) -> None:
        payload = event.payload
        attributes = {
            **self._model(run, payload, str(payload.get("by") or "")),
            "harmonyguard.proposal.by": payload.get("by"),
            "harmonyguard.proposal.revision": payload.get("revision"),
            "harmonyguard.action.type": (payload.get("action") or {}).get("type"),
            **self._if_content({"harmonyguard.proposal.reasoning": payload.get("reasoning")}),
        }
        self._child(run.step or run.root, "propose", at - _took(payload), attributes).end(at)

    def _judged(self, run: _OpenRun, event: JournalEvent, at: int) -> None:
        from opentelemetry.trace import Status, StatusCode

        payload = event.payload
        attributes = {
            **self._model(run, payload, run.judge),
            "harmonyguard.decision.outcome": payload.get("outcome"),
            **{f"harmonyguard.decision.{name}": list(payload.get(name) or ()) for name in _IDS},
            "harmonyguard.decision.alignment": payload.get("alignment"),
            "harmonyguard.decision.effects": list(payload.get("effects") or ()),
            "harmonyguard.decision.irreversible": payload.get("irreversible"),
            "harmonyguard.decision.judge_calls": payload.get("judge_calls"),
            "harmonyguard.decision.revision": payload.get("revision"),
            **self._if_content({"harmonyguard.decision.explanation": payload.get("explanation")}),
        }
        span = self._child(run.step or run.root, "judge", at - _took(payload), attributes)
        for finding in payload.get("findings") or ():
            said = {
                "gen_ai.evaluation.name": finding.get("policy_id"),
                "gen_ai.evaluation.score.label": finding.get("status"),
                "harmonyguard.finding.tier": finding.get("tier"),
                "harmonyguard.finding.source": finding.get("source"),
                **self._if_content({"gen_ai.evaluation.explanation": finding.get("reason")}),
            }
            span.add_event("gen_ai.evaluation.result", _known(said), at)
        if payload.get("error"):
            span.set_status(Status(StatusCode.ERROR, str(payload["error"])))
        span.end(at)

    def _acted(self, run: _OpenRun, event: JournalEvent, at: int) -> None:
        from opentelemetry.trace import Status, StatusCode

        payload = event.payload
        act = str((payload.get("action") or {}).get("type") or "act")
        attributes = {
            "gen_ai.operation.name": "execute_tool",
            "gen_ai.tool.name": act,
            "harmonyguard.act.effects": list(payload.get("effects") or ()),
            "harmonyguard.act.unknown": payload.get("unknown"),
            **self._if_content({"harmonyguard.act.url": payload.get("url")}),
        }
        span = self._child(run.step or run.root, f"execute_tool {act}", at - _took(payload), attributes)
        if event.kind == "act_failed":
            span.set_status(Status(StatusCode.ERROR, str(payload.get("error") or "") if self._content else None))
        span.end(at)

    def _answered(self, run: _OpenRun, event: JournalEvent, at: int) -> None:
        payload = event.payload
        name = "ask_user" if event.kind == "consent_answered" else "human_review"
        attributes = {
            "harmonyguard.answer": payload.get("answer"),
            "harmonyguard.answer.by": payload.get("by"),
            "harmonyguard.answer.refused": payload.get("refused_because") is not None,
        }
        began, run.asked = run.asked or at, None
        self._child(run.step or run.root, name, began, attributes).end(at)

    def _failed(self, run: _OpenRun, event: JournalEvent, at: int) -> None:
        from opentelemetry.trace import Status, StatusCode

        words = str(event.payload.get("error") or "")
        span = run.step or run.root
        span.add_event("exception", {"exception.type": "GuardError", "exception.message": words}, at)
        span.set_status(Status(StatusCode.ERROR, words))

    def _finished(self, run: _OpenRun, event: JournalEvent, at: int) -> None:
        from opentelemetry.trace import Status, StatusCode

        payload = event.payload
        counts = ("outcome", "steps", "violations", "revisions", "judge_calls")
        attributes = {f"harmonyguard.run.{name}": payload.get(name) for name in counts}
        if run.tokens.total:
            attributes |= _usage(run.tokens)
        attributes |= self._if_content({"harmonyguard.run.answer": payload.get("answer")})
        run.root.set_attributes(_known(attributes))
        if payload.get("outcome") == "error":
            run.root.set_status(Status(StatusCode.ERROR, str(payload.get("error") or "")))
        if run.step is not None:
            run.step.end(at)
        run.root.end(at)
        self._runs.pop(event.run, None)

    def _child(self, parent: Span, name: str, start: int, attributes: Attributes) -> Span:
        from opentelemetry.trace import set_span_in_context

        context = set_span_in_context(parent)
        return self._tracer.start_span(name, context, start_time=start, attributes=_known(attributes))

    def _model(self, run: _OpenRun, payload: Mapping[str, Any], name: str) -> Attributes:
        """What is said of a model, when one was asked."""
        used = tokens_in(payload)
        if not used.total and not payload.get("judge_calls"):
            return {}
        run.tokens += used
        provider, _, model = name.rpartition(":")
        answered = next(iter(payload.get("usage") or {}), None)
        return {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": provider or None,
            "gen_ai.request.model": model or None,
            "gen_ai.response.model": answered,
            **(_usage(used) if used.total else {}),
        }

    def _if_content(self, attributes: Attributes) -> Attributes:
        return attributes if self._content else {}


def tracer_from_environment() -> tuple[RunTracer, SdkTracerProvider] | None:
    """A tracer that sends to the OTLP endpoint (HTTP) that the standard OTEL_* variables name; None when none does.

    Shut the provider down when the run is over: what was not sent yet is sent then. Raises InputError when an
    endpoint is named and the extra `otel` is not installed.
    """
    if not tracing_wanted():
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import SERVICE_NAME, Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise InputError(
            f"{_ENDPOINTS[0]} asks for traces, and OpenTelemetry is not there: install harmonyguard[otel], "
            "or set OTEL_SDK_DISABLED=true"
        ) from error
    # The variables of the environment (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES) are stronger than this name.
    named = "OTEL_SERVICE_NAME" in os.environ or "service.name=" in os.environ.get("OTEL_RESOURCE_ATTRIBUTES", "")
    resource = Resource.create({} if named else {SERVICE_NAME: "harmonyguard"})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    content = os.environ.get(_CONTENT, "").strip().lower() in ("true", "1", "span_only", "span_and_event")
    return RunTracer(provider, content=content), provider


def tracing_wanted() -> bool:
    """True when the environment names an OTLP endpoint and does not turn traces off."""
    off = os.environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true"
    none = os.environ.get("OTEL_TRACES_EXPORTER", "").strip().lower() == "none"
    return any(os.environ.get(name, "").strip() for name in _ENDPOINTS) and not off and not none


def _usage(tokens: Tokens) -> Attributes:
    return {"gen_ai.usage.input_tokens": tokens.input, "gen_ai.usage.output_tokens": tokens.output}


def _known(attributes: Attributes) -> Attributes:
    return {name: value for name, value in attributes.items() if value is not None}


def _took(payload: Mapping[str, Any]) -> int:
    took = payload.get("milliseconds")
    return int(took * 1_000_000) if isinstance(took, int | float) else 0


def _nanoseconds(at: str) -> int:
    return int(datetime.fromisoformat(at).timestamp() * 1000) * 1_000_000

"""Runs as traces: spans in memory by the official SDK, and over HTTP to a receiver on loopback."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from harmonyguard.integrations.tracing import RunTracer, tracer_from_environment
from harmonyguard.runs.journal import JournalEvent
from tests.runs.report_events import story


def events(run: str = "run-1") -> list[JournalEvent]:
    return [
        JournalEvent(e.seq, e.at, e.step, e.kind, dict(e.payload), run)  # type: ignore[arg-type]
        for e in story()
    ]


def spans_of(told: list[JournalEvent], *, content: bool = False) -> list[ReadableSpan]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracer = RunTracer(provider, content=content)
    for event in told:
        tracer(event)
    return list(exporter.get_finished_spans())


def one(spans: list[ReadableSpan], name: str) -> ReadableSpan:
    (found,) = [span for span in spans if span.name == name]
    return found


def attributes(span: ReadableSpan) -> dict[str, Any]:
    return dict(span.attributes or {})


def test_a_run_is_one_trace_of_steps_and_what_happened_in_them() -> None:
    spans = spans_of(events())
    root = one(spans, "invoke_agent harmonyguard")
    assert root.parent is None and len({span.context.trace_id for span in spans if span.context}) == 1
    assert root.context is not None
    steps = [span for span in spans if span.name.startswith("step ")]
    assert [span.name for span in steps] == ["step 1", "step 2", "step 3", "step 4"]
    assert all(span.parent is not None and span.parent.span_id == root.context.span_id for span in steps)
    below = {span.parent.span_id for span in spans if span.parent is not None} - {root.context.span_id}
    assert below == {step.context.span_id for step in steps if step.context is not None}
    assert attributes(root)["harmonyguard.run.outcome"] == "stopped"
    assert attributes(root)["gen_ai.usage.input_tokens"] == 1200


def test_a_verdict_names_the_policies_and_lasts_as_long_as_judging_took() -> None:
    judged = [span for span in spans_of(events()) if span.name == "judge"]
    asked = next(span for span in judged if attributes(span).get("gen_ai.usage.input_tokens") == 1200)
    assert attributes(asked)["harmonyguard.decision.violated"] == ("p-5d20aa91b3c7",)
    assert attributes(asked)["gen_ai.operation.name"] == "chat"
    assert asked.start_time is not None and asked.end_time is not None
    assert asked.end_time - asked.start_time == 1_240_000_000
    (finding,) = asked.events
    assert finding.name == "gen_ai.evaluation.result"
    assert dict(finding.attributes or {})["gen_ai.evaluation.score.label"] == "violated"


def test_failures_show_as_errors() -> None:
    spans = spans_of(events())
    failed = [span.name for span in spans if span.status.status_code is StatusCode.ERROR]
    assert sorted(failed) == ["execute_tool act", "judge"]


def test_words_are_left_out_unless_they_are_asked_for() -> None:
    told = str([(attributes(span), [e.attributes for e in span.events]) for span in spans_of(events())])
    assert "Summarise ticket" not in told and "audit site" not in told and "/tickets/1042" not in told
    shown = str([attributes(span) for span in spans_of(events(), content=True)])
    assert "Summarise ticket" in shown and "audit site" in shown and "/tickets/1042" in shown


def test_runs_at_the_same_time_are_kept_apart() -> None:
    mixed = [event for pair in zip(events("a"), events("b"), strict=True) for event in pair]
    spans = spans_of(mixed)
    roots = [span for span in spans if span.parent is None]
    assert {attributes(span)["harmonyguard.run.id"] for span in roots} == {"a", "b"}
    traces = [
        sorted(s.name for s in spans if s.context and root.context and s.context.trace_id == root.context.trace_id)
        for root in roots
    ]
    assert traces[0] == traces[1] and len(traces[0]) == len(spans) / 2


def test_a_resumed_run_begins_a_trace_of_its_own() -> None:
    root = one(spans_of(events()[6:]), "invoke_agent harmonyguard")
    assert attributes(root)["harmonyguard.run.resumed"] is True


class Receiver:
    """A tiny OTLP/HTTP receiver."""

    def __init__(self) -> None:
        self.received: list[ExportTraceServiceRequest] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path == "/v1/traces":
                    receiver.received.append(ExportTraceServiceRequest.FromString(body))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join(5)


def test_spans_arrive_at_the_endpoint_that_the_environment_names(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    made = tracer_from_environment()
    assert made is not None
    tracer, provider = made
    for event in events():
        tracer(event)
    provider.shutdown()
    (spans,) = [resource for request in receiver.received for resource in request.resource_spans]
    names = [span.name for scope in spans.scope_spans for span in scope.spans]
    assert "invoke_agent harmonyguard" in names and names.count("judge") == 7
    assert any(
        item.key == "service.name" and item.value.string_value == "harmonyguard" for item in spans.resource.attributes
    )


@pytest.mark.parametrize("off", [("OTEL_SDK_DISABLED", "true"), ("OTEL_TRACES_EXPORTER", "none")])
def test_traces_can_be_turned_off(off: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setenv(*off)
    assert tracer_from_environment() is None


def test_nothing_is_imported_where_nothing_is_configured() -> None:
    program = (
        "import sys, harmonyguard.cli.tracing, harmonyguard.integrations.tracing as t\n"
        "assert t.tracer_from_environment() is None\n"
        "print([name for name in sys.modules if name.startswith('opentelemetry')])"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env={}, check=True)
    assert ended.stdout.strip() == "[]"

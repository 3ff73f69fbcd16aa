"""Traces of a run that the command line starts: sent when the environment names where to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harmonyguard.runs.journal import JournalEvent

Listener = Callable[["JournalEvent"], None]


@contextmanager
def traced(listener: Listener) -> Iterator[Listener]:
    """The listener, and a tracer beside it when one is configured; what is left is sent at the end.

    Raises InputError when traces are asked for and OpenTelemetry is not installed.
    """
    from harmonyguard.integrations.tracing import tracer_from_environment

    made = tracer_from_environment()
    if made is None:
        yield listener
        return
    tracer, provider = made

    def hear(event: JournalEvent) -> None:
        listener(event)
        tracer(event)

    try:
        yield hear
    finally:
        provider.shutdown()

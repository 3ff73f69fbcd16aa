"""How long a part of a step took, and how many tokens models used for it: what the journal keeps beside it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from langchain_core.callbacks import UsageMetadataCallbackHandler, get_usage_metadata_callback


class Meter:
    """Runs while its `metered` block does. `to_json` can be asked at any time and stands still after the block."""

    def __init__(self, usage: UsageMetadataCallbackHandler) -> None:
        self._usage = usage
        self._began = time.perf_counter()
        self._ended: float | None = None

    def stop(self) -> None:
        """Called at the end of the block."""
        self._ended = time.perf_counter()

    def to_json(self) -> dict[str, Any]:
        """`milliseconds` of wall time, and `usage`: tokens by model (`input_tokens`, `output_tokens`), when any said.

        Counts every chat model of LangChain that is called inside the block, whoever calls it.
        """
        took = (self._ended or time.perf_counter()) - self._began
        usage = {
            model: {"input_tokens": used["input_tokens"], "output_tokens": used["output_tokens"]}
            for model, used in self._usage.usage_metadata.items()
        }
        return {"milliseconds": round(took * 1000, 1), **({"usage": usage} if usage else {})}


@contextmanager
def metered() -> Iterator[Meter]:
    """Measure what happens in the block."""
    with get_usage_metadata_callback() as usage:
        meter = Meter(usage)
        try:
            yield meter
        finally:
            meter.stop()

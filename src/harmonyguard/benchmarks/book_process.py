"""One process of `harmonyguard bench book`: loads a book, or publishes editions, and prints what it took as JSON.

It reads `{"what": "load"|"memory"|"publish", "book", "editions": [{"document", "policies"}]}` from stdin.
"""

from __future__ import annotations

import json
import sys
import time
import tracemalloc
from typing import Any

from harmonyguard.policies.log import PolicyLog
from harmonyguard.policies.policy import Policy


def main() -> None:
    """Measure, and print."""
    given = json.load(sys.stdin)
    editions = [(e["document"], [Policy.model_validate(p) for p in e["policies"]]) for e in given["editions"]]
    book = given["book"]
    measures = {
        "load": lambda: _load(book),
        "memory": lambda: _memory(book),
        "publish": lambda: _publish(book, editions),
    }
    sys.stdout.write(json.dumps(measures[given["what"]]()))


def _load(book: str) -> dict[str, Any]:
    started = time.perf_counter()
    with PolicyLog.open(book, create=False) as log:
        held = len(log.book().policies)
        took = time.perf_counter() - started
    return {"load": took, "policies": held}


def _memory(book: str) -> dict[str, Any]:
    tracemalloc.start()
    with PolicyLog.open(book, create=False) as log:
        _book = log.book()
        held, peak = tracemalloc.get_traced_memory()
    return {"held": held / 2**20, "peak": peak / 2**20}


def _publish(book: str, editions: list[tuple[str, list[Policy]]]) -> dict[str, Any]:
    times: list[float] = []
    again: list[float] = []
    started = time.perf_counter()
    with PolicyLog.open(book, create=False) as log:
        for document, policies in editions:
            log.publish(document, policies, actor="benchmark")
            times.append(time.perf_counter() - started)
            started = time.perf_counter()
            log.book()
            again.append(time.perf_counter() - started)
            started = time.perf_counter()
    # The first book after opening works out the version of every policy; later ones only of what changed.
    return {"cold": times[0], "warm": times[1:], "again": again[1:]}


if __name__ == "__main__":
    main()

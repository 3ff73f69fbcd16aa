"""What the policy log costs as it grows: loading the book, memory, and publishing one changed document.

Each figure comes from a process of its own, that has done nothing else: what is measured is what a command costs.
Times are wall time and noisy: compare medians and ratios of one run.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from harmonyguard.policies.fold import LogState
from harmonyguard.policies.log import PolicyLog
from harmonyguard.policies.policy import Policy
from harmonyguard.policies.publish import publish
from harmonyguard.steps import GuardError, InputError, Record

from .cost import book_of

SIZES = (1_000, 10_000)
IN_A_DOCUMENT = 50
"""How many policies a document holds. A new edition cites all of them again, and has one changed clause."""

EDITIONS = 6
"""How many editions one process publishes: the first with a log that it has just opened."""


class BookCost(Record):
    """Figures for one size: medians, in seconds and megabytes.

    `load` is opening the log and giving the book in a new process, without what importing takes; `held` is what Python
    then holds for it, `peak` the most that it held meanwhile. `cold` is publishing in a new process, `warm` in one that
    has the log open, `again` giving the book afterwards.
    """

    policies: int
    events: int
    load: float
    held: float
    peak: float
    cold: float
    warm: float
    again: float


def measure(
    sizes: Sequence[int] = SIZES,
    *,
    repeats: int = 3,
    postgres: str | None = None,
    done: Callable[[str], None] = lambda _: None,
) -> list[BookCost]:
    """Figures for logs of these sizes, in temporary files or, with its URL, in a PostgreSQL database.

    There each log has a schema of its own, which is dropped afterwards. `done` is told of each of the parts, of which
    `parts` says how many there are. Raises InputError when the database cannot be reached.
    """
    found = []
    for size in sizes:
        with _schema(postgres) if postgres is not None else _file() as book:
            found.append(_measure(size, repeats, book, done))
    return found


def parts(sizes: Sequence[int], repeats: int) -> int:
    """How many times `measure` tells that a part is done."""
    return len(sizes) * (2 + 2 * repeats)


def _measure(size: int, repeats: int, book: str, done: Callable[[str], None]) -> BookCost:
    documents = _documents(size)
    with PolicyLog.open(book) as log:
        given = [entry for name, policies in documents.items() for entry in publish(LogState(), name, policies)[0]]
        log.append(given, actor="benchmark")
    done(f"{size} policies: written")
    loads = []
    for number in range(repeats):
        loads.append(_in_new_process("load", book))
        done(f"{size} policies: loaded, {number + 1} of {repeats}")
    memory = _in_new_process("memory", book)
    done(f"{size} policies: memory")
    changes = []
    name, policies = next(reversed(documents.items()))
    for number in range(repeats):
        editions = [
            _edition(name, policies, edition) for edition in range(1 + number * EDITIONS, 1 + (number + 1) * EDITIONS)
        ]
        changes.append(_in_new_process("publish", book, editions))
        done(f"{size} policies: published, {number + 1} of {repeats}")
    with PolicyLog.open(book) as log:
        if not log.verify().ok:
            raise GuardError("the log of the benchmark is damaged: its figures mean nothing")
        events = log.head().seq
    return BookCost(
        policies=size,
        events=events,
        load=round(median(found["load"] for found in loads), 3),
        held=round(memory["held"], 1),
        peak=round(memory["peak"], 1),
        cold=round(median(found["cold"] for found in changes), 3),
        warm=round(median(seconds for found in changes for seconds in found["warm"]), 4),
        again=round(median(seconds for found in changes for seconds in found["again"]), 4),
    )


def _documents(size: int) -> dict[str, list[Policy]]:
    policies = book_of(size)
    parts = [policies[start : start + IN_A_DOCUMENT] for start in range(0, size, IN_A_DOCUMENT)]
    return {
        f"handbook-{number}.md": [_citing(policy, f"handbook-{number}.md", "0" * 64) for policy in part]
        for number, part in enumerate(parts)
    }


def _edition(document: str, policies: Sequence[Policy], number: int) -> dict[str, Any]:
    """A new edition: every policy cites it, and one has another reading."""
    cited = [_citing(policy, document, f"{number:064x}") for policy in policies]
    cited[0] = cited[0].model_copy(update={"risk_reason": f"as in edition {number}"})
    return {"document": document, "policies": [policy.to_json() for policy in cited]}


def _citing(policy: Policy, document: str, sha256: str) -> Policy:
    (source,) = policy.sources
    changed = source.model_copy(update={"document": document, "sha256": sha256})
    return policy.model_copy(update={"sources": (changed,)})


def _in_new_process(what: str, book: str, editions: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    command = [sys.executable, "-m", "harmonyguard.benchmarks.book_process"]
    given = json.dumps({"what": what, "book": book, "editions": list(editions)})
    ended = subprocess.run(command, input=given, capture_output=True, text=True, check=False)  # noqa: S603 - our module
    if ended.returncode:
        raise GuardError(
            f"the process that measures the log failed: {(ended.stderr.strip().splitlines() or ['?'])[-1]}"
        )
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@contextmanager
def _file() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield str(Path(folder) / "policies.db")


@contextmanager
def _schema(url: str) -> Iterator[str]:
    from sqlalchemy import create_engine, text
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError, DBAPIError

    name = f"harmonyguard_bench_{uuid.uuid4().hex}"
    try:
        engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {name}"))
    except ArgumentError:
        raise InputError("--postgres takes a postgresql:// URL") from None
    except ImportError:
        raise InputError("PostgreSQL needs a driver: pip install 'harmonyguard[postgres]'") from None
    except DBAPIError as error:
        line = (str(error.orig).strip().splitlines() or ["unknown error"])[0]
        raise InputError(f"the PostgreSQL database cannot be used: {line}") from None
    try:
        inside = make_url(url).update_query_dict({"options": f"-csearch_path={name}"})
        yield inside.render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        engine.dispose()

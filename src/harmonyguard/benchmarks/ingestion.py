"""What ingestion costs beside parsing alone, and how much memory it takes as documents become more.

Parsing alone is what the libraries do by themselves: pypdf reads each page and unstructured partitions its text, or
unstructured partitions each HTML page. Ingestion is the whole policy_ingestion graph, the policy log included.
"""

from __future__ import annotations

import asyncio
import io
import multiprocessing
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from harmonyguard.steps import GuardError, Record

from .generated_documents import as_html, as_pdf, handbook

Step = Callable[[str], None]

WARMING = 10_000
"""The seed of the documents that are read before the clock runs: imports and pipelines are loaded once."""


class Throughput(Record):
    """One kind of document. Seconds are of processor time, medians; `ratio` is the median of the runs' ratios.

    `again` is the time for the same documents once more, unchanged.
    """

    kind: str
    documents: int
    pages: int
    policies: int
    parsing: float
    ingestion: float
    ratio: float
    again: float


@dataclass(frozen=True)
class _Run:
    parsing: float
    ingestion: float
    again: float
    policies: int


class Memory(Record):
    """The peak of a fresh process (resident set, megabytes): after a first document, and after all of them."""

    documents: int
    before: float
    peak: float


def measure_throughput(*, pages: int = 200, documents: int = 100, repeats: int = 3, step: Step) -> list[Throughput]:
    """A PDF of `pages` pages, and `documents` HTML pages. Each run has other ones: the libraries remember texts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = [*write_pages(folder, 1, seed=WARMING), write_pdf(folder, 1, seed=WARMING)]
        _parse_html(first[:1])
        _parse_pdf(first[1:])
        asyncio.run(_ingest(first, folder / "first.db"))
        pdf = [_run(folder, [write_pdf(folder, pages, seed)], _parse_pdf, step) for seed in range(repeats)]
        html = [_run(folder, write_pages(folder, documents, seed), _parse_html, step) for seed in range(repeats)]
    return [_throughput("PDF", 1, pages, pdf), _throughput("HTML", documents, documents, html)]


def write_pdf(folder: Path, pages: int, seed: int) -> Path:
    """One PDF of a handbook."""
    path = folder / f"handbook-{seed}.pdf"
    path.write_bytes(as_pdf(handbook(pages, seed)))
    return path


def write_pages(folder: Path, documents: int, seed: int = 0) -> list[Path]:
    """`documents` HTML files, each a page of a handbook."""
    paths = []
    for number, page in enumerate(handbook(documents, seed)):
        path = folder / f"page-{seed}-{number:03d}.html"
        path.write_text(as_html(page), encoding="utf-8")
        paths.append(path)
    return paths


def _run(folder: Path, paths: Sequence[Path], parse: Callable[[Sequence[Path]], None], step: Step) -> _Run:
    book = folder / f"{paths[0].name}.db"
    parsing = _timed(lambda: parse(paths))
    step(f"parsed {len(paths)}")
    ingestion = _timed(lambda: asyncio.run(_ingest(paths, book)))
    step(f"ingested {len(paths)}")
    again = _timed(lambda: asyncio.run(_ingest(paths, book)))
    step(f"looked at {len(paths)} again")
    return _Run(parsing, ingestion, again, _held(book))


def _throughput(kind: str, documents: int, pages: int, runs: Sequence[_Run]) -> Throughput:
    return Throughput(
        kind=kind,
        documents=documents,
        pages=pages,
        policies=round(median(run.policies for run in runs)),
        parsing=median(run.parsing for run in runs),
        ingestion=median(run.ingestion for run in runs),
        ratio=median(run.ingestion / run.parsing for run in runs),
        again=median(run.again for run in runs),
    )


def _timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _parse_pdf(paths: Sequence[Path]) -> None:
    from pypdf import PdfReader
    from unstructured.partition.text import partition_text

    from harmonyguard.documents.nlp import use_offline_pipeline

    use_offline_pipeline()
    for path in paths:
        for page in PdfReader(io.BytesIO(path.read_bytes())).pages:
            partition_text(text=page.extract_text(), languages=["eng"])


def _parse_html(paths: Sequence[Path]) -> None:
    from unstructured.partition.html import partition_html

    from harmonyguard.documents.nlp import use_offline_pipeline

    use_offline_pipeline()
    for path in paths:
        partition_html(text=path.read_text(encoding="utf-8"), languages=["eng"])


async def _ingest(paths: Sequence[Path], book: Path) -> None:
    from harmonyguard.graphs.policy_ingestion import build_policy_ingestion
    from harmonyguard.state import GuardContext

    given = {"sources": [str(path) for path in paths]}
    await build_policy_ingestion().ainvoke(given, context=GuardContext(book=str(book)))


def _held(book: Path) -> int:
    from harmonyguard.policies.log import PolicyLog

    with PolicyLog.open(book, create=False) as log:
        return len(log.book().policies)


def measure_memory(sizes: Sequence[int] = (10, 100), *, step: Step) -> list[Memory]:
    """The peak memory of ingesting so many HTML pages of the same length, each in a process of its own."""
    measured = []
    context = multiprocessing.get_context("spawn")
    for documents in sizes:
        with tempfile.TemporaryDirectory() as folder, context.Pool(1) as pool:
            before, peak = pool.apply(_peak, (folder, documents))
        measured.append(Memory(documents=documents, before=before, peak=peak))
        step(f"memory: {documents} documents")
    return measured


def _peak(folder: str, documents: int) -> tuple[float, float]:
    paths = write_pages(Path(folder), documents)
    asyncio.run(_ingest(paths[:1], Path(folder) / "first.db"))
    before = _resident()
    asyncio.run(_ingest(paths, Path(folder) / "book.db"))
    return before, _resident()


def _resident() -> float:
    """The most that this process ever held, in megabytes. Raises GuardError where the system does not say it."""
    status = Path("/proc/self/status")
    if not status.is_file():
        raise GuardError("memory is measured from /proc/self/status, which this system does not have")
    # Not `getrusage`: a child process begins with the peak of its parent there.
    found = re.search(r"^VmHWM:\s+(\d+) kB", status.read_text(), re.M)
    if found is None:
        raise GuardError("memory cannot be measured: /proc/self/status names no VmHWM")
    return int(found.group(1)) / 2**10

"""`harmonyguard ingest`: documents and web pages in, cited policies in the book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from .options import BookOption, JsonOption, ModelOption

if TYPE_CHECKING:
    from .reading import Reading


class AuthorityName(StrEnum):
    """Who stands behind the policies."""

    organization = "organization"
    user = "user"
    task = "task"


def ingest(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE", help="Files (PDF, DOCX, HTML, Markdown, text) or URLs.")
    ],
    book: BookOption = None,
    authority: Annotated[
        AuthorityName, typer.Option(help="Who stands behind these policies.")
    ] = AuthorityName.organization,
    organization: Annotated[str | None, typer.Option(metavar="NAME", help="Name of the organisation.")] = None,
    model: ModelOption = None,
    as_json: JsonOption = False,
) -> int:
    """Read documents and put their policies into the book, each with its source.

    All or nothing: when one source cannot be used, nothing is written. Look at what was read with
    `harmonyguard policies list`.

    Example: harmonyguard ingest refund-policy.pdf https://intranet.example/conduct.html
    """
    import asyncio

    from harmonyguard.settings import load_settings
    from harmonyguard.steps import InputError

    from .case_trials import cases_tried
    from .engines import shown_book
    from .output import emit_json, note, progress
    from .reading import read_sources

    settings = load_settings({"book": book, "model": model})
    if settings.model is not None:
        from harmonyguard.models import load_model

        load_model(settings.model)
        note("Policies are extracted by the offline engine; the model is not asked.")
    with progress("Reading", total=len(sources)) as step:
        readings = asyncio.run(read_sources(sources, authority=authority.value, organization=organization, step=step))
    failed = [reading for reading in readings if reading.error is not None]
    if not failed:
        with cases_tried(settings.book):
            _publish(settings.book, readings)
    if as_json:
        emit_json(_document(readings))
    elif not failed:
        _show(readings, shown_book(settings.book))
    if failed:
        words = "; ".join(str(reading.error) for reading in failed)
        rest = "" if len(failed) == len(readings) else f" (the other {len(readings) - len(failed)} could be read)"
        raise InputError(f"{words}{rest}; nothing was written")
    return 0


def _publish(book: str, readings: Sequence[Reading]) -> None:
    from harmonyguard.policies.log import PolicyLog

    from .engines import actor

    with PolicyLog.open(book) as log:
        for reading in readings:
            if reading.document is not None and reading.extraction is not None:
                log.publish(reading.document.uri, reading.extraction.policies, actor=actor())


def _document(readings: Sequence[Reading]) -> dict[str, object]:
    found = [reading.extraction for reading in readings if reading.extraction is not None]
    return {
        "documents": [reading.to_json() for reading in readings],
        "policies": [policy.to_json() for extraction in found for policy in extraction.policies],
        "duplicates": [duplicate.to_json() for extraction in found for duplicate in extraction.duplicates],
        "rejected": [rejected.to_json() for extraction in found for rejected in extraction.rejected],
    }


def _show(readings: Sequence[Reading], book: str) -> None:
    from .output import counted, paragraph, print_table, say

    policies = [policy for r in readings if r.extraction for policy in r.extraction.policies]
    print_table(
        ["policy", "risk", "compiled", "clause", "source"],
        [(policy.id, policy.risk_level, policy.rule.understood, policy.clause, policy.place) for policy in policies],
    )
    counts = Counter(policy.rule.understood for policy in policies)
    shares = ", ".join(
        f"{counts[part]} {part} ({counts[part] / max(1, len(policies)):.0%})" for part in ("fully", "partly", "not")
    )
    found = f"{counted(len(policies), 'policy', 'policies')} from {counted(len(readings), 'document')}"
    paragraph(f"{found}, compiled into rules: {shares}. What is not compiled goes to the judge.")
    merged = sum(len(r.extraction.duplicates) for r in readings if r.extraction)
    rejected = sum(len(r.extraction.rejected) for r in readings if r.extraction)
    if merged or rejected:
        aside = f"{counted(rejected, 'sentence')} set aside as no policy"
        say(f"{counted(merged, 'duplicate')} merged, {aside} (--json says why).")
    say(f"Written to {book}.")

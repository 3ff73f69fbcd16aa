"""What `harmonyguard ingest` says: the JSON document, or tables of what is new and what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .output import counted, paragraph, print_table, say

if TYPE_CHECKING:
    from harmonyguard.nodes.shared.ingesting import SourceReading
    from harmonyguard.policies.policy import Policy
    from harmonyguard.policies.publish import Publication
    from harmonyguard.policy_agent import Contradiction

    from .reading import Ingestion

MOST_LINES = 12
"""Pages without policies, and pages that were skipped, that are named one by one."""


def document_of(done: Ingestion, book: str) -> dict[str, Any]:
    """The document of `--json`. The policies of an unchanged document are those that the book holds for it."""
    held = {} if done.error is not None else _held(book)
    found = [reading.extraction for reading in done.readings if reading.extraction is not None]
    return {
        "documents": [_entry(reading) for reading in done.readings],
        "policies": [policy.to_json() for reading in done.readings for policy in _policies(reading, held)],
        "duplicates": [duplicate.to_json() for extraction in found for duplicate in extraction.duplicates],
        "rejected": [rejected.to_json() for extraction in found for rejected in extraction.rejected],
        "contradictions": [contradiction.to_json() for contradiction in _contradictions(done, held)],
        "changes": [change.to_json() for change in done.changes],
        "skipped": [skipped.to_json() for skipped in done.skipped],
    }


def _entry(reading: SourceReading) -> dict[str, Any]:
    names = ("uri", "sha256", "media_type", "elements", "pages", "error", "status", "notes")
    entry = {name: value for name, value in reading.to_json().items() if name in names}
    return {name: entry[name] for name in names}


def _policies(reading: SourceReading, held: Mapping[str, Policy]) -> Sequence[Policy]:
    if reading.extraction is not None:
        return reading.extraction.policies
    if reading.status != "unchanged":
        return ()
    return [p for p in held.values() if p.status == "active" and any(s.document == reading.uri for s in p.sources)]


def _held(book: str) -> dict[str, Policy]:
    """Every policy of the book, retired ones too, by id."""
    from harmonyguard.policies.log import PolicyLog

    with PolicyLog.open(book, create=False) as log:
        return {policy_id: entered.policy for policy_id, entered in log.state().policies.items()}


def _contradictions(done: Ingestion, held: Mapping[str, Policy]) -> list[Contradiction]:
    """Those of the whole book in which these documents take part."""
    from harmonyguard.policy_agent import find_contradictions

    named = {reading.uri for reading in done.readings}
    ours = {policy.id for policy in held.values() if any(source.document in named for source in policy.sources)}
    return [one for one in find_contradictions(held.values()) if one.first in ours or one.second in ours]


def show(done: Ingestion, book: str, shown_book: str) -> None:
    """For people: new documents with their policies, changed ones with what changed, the others by name."""
    held = _held(book)
    read = {reading.uri: reading for reading in done.readings if reading.extraction is not None}
    changed = [change for change in done.changes if not _is_first(change)]
    fresh = [read[change.document] for change in done.changes if _is_first(change)]
    if fresh:
        _show_policies([policy for reading in fresh for policy in _policies(reading, held)])
    for change in changed:
        _show_change(change, {policy.id: policy for policy in _policies(read[change.document], held)} | held)
    for reading in done.readings:
        if reading.status == "unchanged":
            count = counted(len(_policies(reading, held)), "policy", "policies")
            paragraph(f"{reading.uri}: unchanged since it was last read ({count}); nothing was done.", indent=2)
        for note in reading.notes:
            paragraph(f"{reading.uri}: {note}", indent=2)
    _list("no policy found in", [(r.uri, "") for r in done.readings if r.status == "no_policies"])
    failed = [(r.uri, str(r.error)) for r in done.readings if r.status == "failed"]
    _list("not read:", [*failed, *((skipped.uri, skipped.reason) for skipped in done.skipped)])
    _show_sum(list(read.values()), len(done.readings))
    _show_contradictions(_contradictions(done, held), held)
    say(f"Written to {shown_book}." if read else "Nothing to write.")


def _is_first(change: Publication) -> bool:
    """True when the book held nothing of this document before."""
    return not (
        change.revised or change.cited_again or change.retired or change.unchanged or change.kept_retired
    ) and bool(change.added)


def _show_policies(policies: Sequence[Policy]) -> None:
    print_table(
        ["policy", "risk", "compiled", "clause", "source"],
        [(policy.id, policy.risk_level, policy.rule.understood, policy.clause, policy.place) for policy in policies],
    )


def _show_change(change: Publication, policies: Mapping[str, Policy]) -> None:
    same = len(change.unchanged) + len(change.cited_again)
    parts = (("added", change.added), ("revised", change.revised), ("retired", change.retired))
    counts = ", ".join(f"{len(ids)} {word}" for word, ids in parts)
    kept = f", {len(change.kept_retired)} stay retired by hand" if change.kept_retired else ""
    paragraph(f"{change.document}: {counts}, {same} as before{kept}.", style="bold", indent=2)
    for word, ids in parts:
        for policy_id in ids:
            successor = change.replaced.get(policy_id)
            words = policies[policy_id].clause if policy_id in policies else ""
            now = f" (now {successor})" if successor else ""
            paragraph(f"  {word:<8} {policy_id}  {words}{now}", indent=11)


def _show_contradictions(found: Sequence[Contradiction], held: Mapping[str, Policy]) -> None:
    from .words.contradiction_words import contradiction_lines, what_to_do
    from .words.policy_words import print_lines

    for one in found[:MOST_LINES]:
        print_lines(contradiction_lines(one, held))
    if len(found) > MOST_LINES:
        say(f"{len(found) - MOST_LINES} more contradictions: harmonyguard policies contradictions")
    if words := what_to_do(found):
        paragraph(words)


def _list(words: str, found: Sequence[tuple[str, str]]) -> None:
    for uri, reason in found[:MOST_LINES]:
        paragraph(f"{words} {uri}{': ' + reason if reason else ''}", indent=2)
    if len(found) > MOST_LINES:
        paragraph(f"{words} {len(found) - MOST_LINES} more (--json lists them)", indent=2)


def _show_sum(read: Sequence[SourceReading], documents: int) -> None:
    policies = [policy for reading in read if reading.extraction for policy in reading.extraction.policies]
    if not policies:
        return
    counts = Counter(policy.rule.understood for policy in policies)
    shares = ", ".join(
        f"{counts[part]} {part} ({counts[part] / len(policies):.0%})" for part in ("fully", "partly", "not")
    )
    of = f" (of {documents})" if documents > len(read) else ""
    found = f"{counted(len(policies), 'policy', 'policies')} from {counted(len(read), 'document')}{of}"
    paragraph(f"{found}, compiled into rules: {shares}. What is not compiled goes to the judge.")
    merged = sum(len(reading.extraction.duplicates) for reading in read if reading.extraction)
    rejected = sum(len(reading.extraction.rejected) for reading in read if reading.extraction)
    if merged or rejected:
        aside = f"{counted(rejected, 'sentence')} set aside as no policy"
        say(f"{counted(merged, 'duplicate')} merged, {aside} (--json says why).")

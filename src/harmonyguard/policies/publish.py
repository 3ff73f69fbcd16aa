"""Publishing a document: its policies against what the log holds for it, as the events that make them agree.

What people changed by hand (owner, enforcement, dates) survives a new edition, and what they retired stays so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import Field
from rapidfuzz import fuzz

from harmonyguard.steps import InputError, Record

from .changes import content, is_same, put
from .copies import cite, copies_in, grouped
from .fold import Entered, LogState
from .log_events import Entry
from .policy import Policy, Source, normalise_quote
from .policy import policy_id as id_from
from .reading import DocumentReading

SUCCESSOR = 75.0
"""Similarity (0 to 100) of two clauses from which a new one is reported as the successor of a dropped one."""


class Edition(Record):
    """What a document says now: its policies, and how it was read."""

    document: str
    policies: tuple[Policy, ...]
    reading: DocumentReading | None = None


class Publication(Record):
    """What publishing one document did: policy ids, sorted.

    `revised` policies have a changed reading of the same clause; `cited_again` ones only cite the new edition.
    A changed clause is a new policy: `replaced` maps dropped ids to the ids of the clauses that look like them.
    `kept_retired` were retired by people and stay so though the document still holds them. `copies` maps policies
    that another document brought in already to the ids that they are kept under; those are `cited_again`.
    """

    document: str
    added: tuple[str, ...] = ()
    revised: tuple[str, ...] = ()
    cited_again: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept_retired: tuple[str, ...] = ()
    replaced: dict[str, str] = Field(default_factory=dict)
    copies: dict[str, str] = Field(default_factory=dict)


def publish(
    state: LogState, document: str, policies: Iterable[Policy], reading: DocumentReading | None = None
) -> tuple[tuple[Entry, ...], Publication]:
    """The events that make the log hold `policies` for `document`, and what they come to.

    `document` is the `Source.document` that its policies cite, and `reading` how it was read; that is kept when it
    is not the last one. Raises InputError when there are no policies (a document is retired policy by policy, never
    by an empty reading of it), or when one, or the reading, is of another document.
    """
    if reading is not None and reading.uri != document:
        raise InputError(f"a reading of {reading.uri} is given with the policies of {document}")
    given = _by_id(document, policies)
    sorted_in: dict[str, list[str]] = {name: [] for name in Publication.model_fields}
    entries: list[Entry] = []
    copies = copies_in(state, document, given)
    for kept_id, same in grouped(copies, given).items():
        entry = cite(state.policies[kept_id], document, same)
        sorted_in["unchanged" if entry is None else "cited_again"].append(kept_id)
        entries += [] if entry is None else [entry]
    held = (given.keys() - copies.keys()) | set(copies.values())
    for policy_id, policy in given.items():
        if policy_id in copies:
            continue
        known = state.policies.get(policy_id)
        name, entry = _place(known, policy, document)
        sorted_in[name].append(policy_id)
        entries += [] if entry is None else [entry]
    dropped = [
        known
        for policy_id, known in sorted(state.policies.items())
        if policy_id not in held
        and known.policy.status != "retired"
        and not known.learned
        and _cites(known.policy, document)
    ]
    replaced = _successors([d.policy for d in dropped], [given[i] for i in sorted_in["added"]])
    for known in dropped:
        name, entry = _drop(known, document, replaced.get(known.policy.id))
        sorted_in[name].append(known.policy.id)
        entries.append(entry)
    kept = {old: new for old, new in replaced.items() if old in sorted_in["retired"]}
    if reading is not None and state.readings.get(document) != reading:
        entries.append(Entry(kind="document_read", payload=reading.to_json()))
    lists = {name: sorted(ids) for name, ids in sorted_in.items()}
    return tuple(entries), Publication.model_validate(
        {**lists, "document": document, "replaced": kept, "copies": copies}
    )


def _by_id(document: str, policies: Iterable[Policy]) -> dict[str, Policy]:
    given: dict[str, Policy] = {}
    for policy in policies:
        if not _cites(policy, document):
            raise InputError(f"policy {policy.id} does not cite {document}: publish it with the document it cites")
        if given.setdefault(policy.id, policy) != policy:
            raise InputError(f"policy id {policy.id} is given to two different policies: rename one of them")
    if not given:
        raise InputError(f"{document} gave no policy, so nothing was published; retire its policies by id instead")
    return dict(sorted(given.items()))


def _place(known: Entered | None, policy: Policy, document: str) -> tuple[str, Entry | None]:
    if known is None:
        return "added", put(
            None, policy.model_copy(update={"sources": _ordered(policy.sources, policy)}), document=document
        )
    if known.policy.status == "retired" and not known.retired_by_document:
        return "kept_retired", None
    merged = _merge(known, policy, document)
    if is_same(known.policy, merged):
        return "unchanged", None
    more = {} if is_same(merged, policy) else {"extracted": content(policy)}
    entry = put(known, merged, document=document, **more)
    if entry is None:
        return "unchanged", None
    if entry.kind == "policy_added":
        return "added", entry
    same = known.policy.model_copy(update={"sources": merged.sources}).version == merged.version
    return ("cited_again" if same else "revised"), entry


def _merge(known: Entered, policy: Policy, document: str) -> Policy:
    """The new reading, but with what people changed by hand since the last one, and other documents' sources."""
    sources = _sources(known.policy, policy, document)
    changes: dict[str, object] = {"sources": sources, "references": known.policy.references}
    if known.extracted is not None:
        for name in Policy.model_fields.keys() - {"id", "sources", "references", "status"}:
            mine = getattr(known.policy, name)
            if mine != getattr(known.extracted, name):
                changes[name] = mine
    if known.policy.status == "proposed":
        changes["status"] = "proposed"
    return policy.model_copy(update=changes)


def _sources(known: Policy, policy: Policy, document: str) -> tuple[Source, ...]:
    """Of `document` what its new reading cites; of another one what the log holds, since it is read by itself.

    What a policy cited when it was retired holds it no longer.
    """
    held = () if known.status == "retired" else known.sources
    others = [source for source in held if source.document != document]
    read = {source.document for source in others}
    return _ordered([*(source for source in policy.sources if source.document not in read), *others], policy)


def _ordered(sources: Iterable[Source], policy: Policy) -> tuple[Source, ...]:
    """The source that gave the policy its id, then by document: the same in whichever order documents are published."""
    given = tuple(sources)
    if len({source.document for source in given}) == 1:
        return given
    return tuple(sorted(given, key=lambda s: (id_from(s.document, s.quote) != policy.id, s.document)))


def _drop(known: Entered, document: str, successor: str | None) -> tuple[str, Entry]:
    """A clause that is gone: retire its policy, unless another document still holds it."""
    others = tuple(source for source in known.policy.sources if source.document != document)
    if others:
        # What people changed by hand since the documents were read stays a change by hand.
        kept, read = (
            one.model_copy(update={"sources": others}) for one in (known.policy, known.extracted or known.policy)
        )
        rest = {"policy_id": kept.id, "policy": content(kept), "document": document, "extracted": content(read)}
        return "cited_again", Entry(kind="policy_revised", payload=rest)
    reason = "the document no longer holds it"
    payload: dict[str, Any] = {
        "policy_id": known.policy.id,
        "reason": reason,
        "document": document,
        "replaced_by": successor,
    }
    return "retired", Entry(kind="policy_retired", payload=payload)


def _cites(policy: Policy, document: str) -> bool:
    return any(source.document == document for source in policy.sources)


def _successors(dropped: list[Policy], added: list[Policy]) -> dict[str, str]:
    """For each dropped policy the added one whose clause is most like its own, if any is; each taken once."""
    clauses = {policy.id: normalise_quote(policy.clause) for policy in (*dropped, *added)}
    pairs = [
        # A score below the cut-off comes back as 0 without being computed: editions of thousands of clauses are met.
        (-fuzz.ratio(clauses[old.id], clauses[new.id], score_cutoff=SUCCESSOR), old.id, new.id)
        for old in dropped
        for new in added
    ]
    found: dict[str, str] = {}
    taken: set[str] = set()
    for _, old, new in sorted(pair for pair in pairs if pair[0] < 0):
        if old not in found and new not in taken:
            found[old] = new
            taken.add(new)
    return found

"""What differs between two states of the policy book, in a form that people sign off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from harmonyguard.steps import InputError, Record

from .book import PolicyBook, difference
from .log_events import LogEvent
from .policy import Policy

COMPARED = tuple(name for name in Policy.model_fields if name not in ("id", "references"))
"""The fields whose change is a revision, in the order in which they are told."""


class Moment(Record):
    """A state of the book: after event `seq` of the log, on day `day`."""

    seq: int
    day: date


class FieldChange(Record):
    """A field of a policy before and after, JSON-shaped."""

    field: str
    before: Any
    after: Any


class Revision(Record):
    """A policy that is in both books and not the same."""

    before: Policy
    after: Policy
    changes: tuple[FieldChange, ...]


class Rewording(Record):
    """A clause that a new edition of its document put in the place of another one."""

    before: Policy
    after: Policy


class Comparison(Record):
    """What a reader of one book has to know about another. Policies are sorted by id, and stand in one list only.

    `cited_again` are the same words in a new edition of their document.
    """

    added: tuple[Policy, ...] = ()
    reworded: tuple[Rewording, ...] = ()
    revised: tuple[Revision, ...] = ()
    cited_again: tuple[Policy, ...] = ()
    retired: tuple[Policy, ...] = ()


def moment(words: str, events: Iterable[LogEvent], today: date) -> Moment:
    """The moment that `words` name: an event's number, a day (its end), or "now". Raises InputError.

    A day to come is the book as it will be if nobody changes it.
    """
    days = [_day_of(event) for event in events]
    if words == "now":
        return Moment(seq=len(days), day=today)
    if words.isascii() and words.isdigit():
        seq = int(words)
        if seq > len(days):
            raise InputError(f"the policy log has no event {seq}: it ends at event {len(days)}")
        return Moment(seq=seq, day=days[seq - 1] if seq else today)
    try:
        day = date.fromisoformat(words)
    except ValueError:
        raise InputError(f'"{words}" is no state of the book: give an event number, YYYY-MM-DD or now') from None
    return Moment(seq=max((seq for seq, written in enumerate(days, 1) if written <= day), default=0), day=day)


def compare(old: PolicyBook, new: PolicyBook, successors: Mapping[str, str]) -> Comparison:
    """What differs. `successors` maps ids of dropped clauses to those that were put in their place."""
    changed = difference(old, new)
    added, retired = set(changed.added), set(changed.retired)
    pairs: dict[str, str] = {}
    # Looking back in time, what was put in the place of a clause is what goes.
    for before, after in [*successors.items(), *((new, old) for old, new in successors.items())]:
        if before in retired - pairs.keys() and after in added - set(pairs.values()):
            pairs[before] = after
    revisions = [_revision(old, new, policy_id) for policy_id in changed.revised]
    return Comparison(
        added=tuple(new.get(i) for i in sorted(added - set(pairs.values()))),
        reworded=tuple(
            Rewording(before=old.get(before), after=new.get(after)) for before, after in sorted(pairs.items())
        ),
        revised=tuple(revision for revision in revisions if not _only_cited_again(revision)),
        cited_again=tuple(revision.after for revision in revisions if _only_cited_again(revision)),
        retired=tuple(old.get(i) for i in sorted(retired - pairs.keys())),
    )


def successors(events: Iterable[LogEvent]) -> dict[str, str]:
    """The clauses that new editions put in the place of dropped ones, by the id of the dropped one."""
    return {
        event.payload["policy_id"]: event.payload["replaced_by"]
        for event in events
        if event.kind == "policy_retired" and event.payload.get("replaced_by") is not None
    }


def field_changes(before: Policy, after: Policy) -> tuple[FieldChange, ...]:
    """The fields in which two states of a policy differ; what was recorded of it does not count."""
    old, new = before.to_json(), after.to_json()
    return tuple(FieldChange(field=i, before=old[i], after=new[i]) for i in COMPARED if old[i] != new[i])


def _revision(old: PolicyBook, new: PolicyBook, policy_id: str) -> Revision:
    before, after = old.get(policy_id), new.get(policy_id)
    words = [exempt and exempt.words for exempt in (old.exemption(policy_id), new.exemption(policy_id))]
    exemption = [FieldChange(field="exemption", before=words[0], after=words[1])] if words[0] != words[1] else []
    return Revision(before=before, after=after, changes=(*field_changes(before, after), *exemption))


def _only_cited_again(revision: Revision) -> bool:
    quoted = [{(s.document, s.quote) for s in policy.sources} for policy in (revision.before, revision.after)]
    return quoted[0] == quoted[1] and all(change.field == "sources" for change in revision.changes)


def _day_of(event: LogEvent) -> date:
    return datetime.fromisoformat(event.at).astimezone(UTC).date()

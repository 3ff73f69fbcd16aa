"""`harmonyguard policies diff`: what differs between two states of the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from harmonyguard.cli.options import BookOption, JsonOption

if TYPE_CHECKING:
    from harmonyguard.policies.book import PolicyBook
    from harmonyguard.policies.differences import Comparison, Moment
    from harmonyguard.policies.policy import Policy


def diff(
    old: Annotated[str, typer.Argument(metavar="V1", help="An event's number, a day (YYYY-MM-DD) or now.")],
    new: Annotated[str, typer.Argument(metavar="V2", help="The same; a day to come shows what dates will change.")] = (
        "now"
    ),
    book: BookOption = None,
    as_json: JsonOption = False,
) -> int:
    """What differs between two states of the book: policies added, reworded, revised, and no longer in force.

    A number is the book right after that event, a day the book at its end. Words that are gone stand in [-...-],
    new ones in {+...+}.

    Example: harmonyguard policies diff 2026-11-01 now
    """
    from datetime import UTC, datetime

    from harmonyguard.cli.changing import open_book
    from harmonyguard.cli.output import emit_json, paragraph, say
    from harmonyguard.cli.words.difference_words import comparison_lines
    from harmonyguard.cli.words.policy_words import print_lines
    from harmonyguard.policies.differences import compare, moment, successors
    from harmonyguard.policies.fold import fold
    from harmonyguard.settings import load_settings

    with open_book(load_settings({"book": book}).book) as log:
        events = log.history()
    today = datetime.now(UTC).date()
    moments = [moment(words, events, today) for words in (old, new)]
    before, after = (fold(events[: at.seq]).book(at.day) for at in moments)
    found = compare(before, after, successors(events))
    if as_json:
        emit_json(
            {
                "from": _state(moments[0], before),
                "to": _state(moments[1], after),
                "added": [_brief(policy) for policy in found.added],
                "reworded": [{"before": _brief(p.before), "after": _brief(p.after)} for p in found.reworded],
                "revised": [
                    {**_brief(r.after), "changes": [change.to_json() for change in r.changes]} for r in found.revised
                ],
                "cited_again": [_brief(policy) for policy in found.cited_again],
                "retired": [_brief(policy) for policy in found.retired],
            }
        )
        return 0
    paragraph(f"From {_words(moments[0], before)}")
    paragraph(f"to   {_words(moments[1], after)}.", indent=5)
    print_lines(comparison_lines(found))
    say("")
    paragraph(_counts(found))
    return 0


def _counts(found: Comparison) -> str:
    named = {
        "added": found.added,
        "reworded": found.reworded,
        "revised": found.revised,
        "with the same words in a new edition": found.cited_again,
        "no longer in force": found.retired,
    }
    counts = ", ".join(f"{len(of)} {name}" for name, of in named.items() if of)
    return f"{counts}." if counts else "The same policies are in force."


def _state(at: Moment, book: PolicyBook) -> dict[str, Any]:
    return {"event": at.seq, "day": at.day.isoformat(), "version": book.version, "policies": len(book.policies)}


def _words(at: Moment, book: PolicyBook) -> str:
    return f"event {at.seq} on {at.day}: {len(book.policies)} in force, book version {book.version[:12]}"


def _brief(policy: Policy) -> dict[str, str]:
    return {
        "id": policy.id,
        "description": policy.description,
        "clause": policy.clause,
        "source": policy.place,
        "version": policy.version,
    }

"""`harmonyguard policies history`: who changed what, and when."""

from __future__ import annotations

from typing import Annotated

import typer

from harmonyguard.cli.options import BookOption, JsonOption

SHOWN = 50


def history(
    policy: Annotated[
        str | None, typer.Argument(metavar="[POLICY]", help="Id of one policy; without it, all events.")
    ] = None,
    last: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="N", help=f"Only the last N events [default: {SHOWN}; with --json, all].", show_default=False
        ),
    ] = None,
    book: BookOption = None,
    as_json: JsonOption = False,
) -> int:
    """The events of the log in order: who changed which policy, when, and how.

    Example: harmonyguard policies history p-63962c8f6c72
    """
    from harmonyguard.cli.changing import open_book
    from harmonyguard.cli.output import aside, counted, emit_json, print_table
    from harmonyguard.cli.words.event_words import event_words
    from harmonyguard.policies.changes import entered
    from harmonyguard.policies.fold import LogState, fold
    from harmonyguard.settings import load_settings

    with open_book(load_settings({"book": book}).book) as log:
        events = log.history()
    chosen = [event for event in events if policy is None or event.policy_id == policy]
    if policy is not None and not chosen:
        entered(LogState(), policy)
    shown = chosen[-(last or (len(chosen) if as_json else SHOWN)) :]
    if as_json:
        emit_json({"events": [event.to_json() for event in shown]})
        return 0
    rows = []
    # The events of one policy hang on no others, so they can be folded by themselves.
    state = fold(chosen[: len(chosen) - len(shown)])
    for event in shown:
        about = [] if policy is not None else [event.policy_id]
        rows.append((event.seq, event.at[:16].replace("T", " "), event.actor, *about, event_words(event, state)))
        state = fold([event], state)
    print_table(["event", "when (UTC)", "by", *([] if policy else ["policy"]), "what"], rows)
    if len(shown) < len(chosen):
        aside(f"The last {len(shown)} of {counted(len(chosen), 'event')}: --last N shows more, --json all.")
    return 0

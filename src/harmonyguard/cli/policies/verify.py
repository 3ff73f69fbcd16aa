"""`harmonyguard policies verify`: is the log the one that was written?"""

from __future__ import annotations

import re
from typing import Annotated

import typer

from harmonyguard.cli.options import BookOption, JsonOption


def verify(
    expected_head: Annotated[
        str | None,
        typer.Option(
            "--expected-head",
            metavar="HEAD",
            help="A head noted earlier: the log must still hold it.",
            show_default=False,
        ),
    ] = None,
    book: BookOption = None,
    as_json: JsonOption = False,
) -> int:
    """Check that no event of the log was edited or removed, and print its head. Exit 1 when one was.

    The check shows every change of a row. It cannot show that the end was cut off, or that somebody wrote the whole
    log anew: note the head somewhere else from time to time, and give it as --expected-head.

    Example: harmonyguard policies verify --expected-head "$(cat noted-head)"
    """
    from harmonyguard.cli.changing import open_book
    from harmonyguard.cli.engines import shown_book
    from harmonyguard.cli.output import counted, emit_json, paragraph, say
    from harmonyguard.settings import load_settings
    from harmonyguard.steps import InputError

    if expected_head is not None and not re.fullmatch("[0-9a-f]{64}", expected_head):
        raise InputError("--expected-head takes the 64 hex digits that `policies verify` printed earlier")
    place = load_settings({"book": book}).book
    with open_book(place) as log:
        found = log.verify(expected_head=expected_head)
    if as_json:
        emit_json(found.to_json())
    elif found.ok:
        held = ", and holds the head noted earlier" if expected_head else ""
        paragraph(f"{shown_book(place)} is sound: {counted(found.events, 'event')}, each as it was written{held}.")
        say(f"Head  {found.head}")
    else:
        paragraph(f"{shown_book(place)} is damaged: {found.problem}.")
        say(f"{counted(found.events, 'event')} up to there; their head is")
        say(found.head)
    return 0 if found.ok else 1

"""Whether the error on a page is one of the act or the thing that a policy names."""

from __future__ import annotations

import pytest

from .making import act, button, clicked, fact, said

ERROR = "[3] alert 'Something went wrong. Try again later.'"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("[3] alert 'The shelf could not be removed.'", "delete"),
        ("[3] alert 'Upload failed'", "upload"),
        ("[3] alert 'Your changes could not be saved.'", "create"),
        ("[3] alert 'The roster could not be loaded.'", "roster"),
    ],
)
def test_its_words_say_so(text: str, subject: str) -> None:
    assert fact(act(button("OK"), text=text), "page", "error", "is", subject) is True


def test_what_was_done_last_says_so() -> None:
    failed = act(button("OK"), text=ERROR, history=(clicked("Delete shelf", error="timed out"), said("Go on")))
    assert fact(failed, "page", "error", "is", "delete") is True
    assert fact(failed, "page", "error", "is", "upload") is None


def test_the_page_around_says_so() -> None:
    assert fact(act(button("OK"), text=ERROR, title="Roster"), "page", "error", "is", "roster") is True
    assert fact(act(button("OK"), text=ERROR, title="Shelves"), "page", "error", "is", "roster") is None


def test_without_an_error_there_is_none_of_any_kind() -> None:
    quiet = act(button("OK"), title="Roster", history=(clicked("Delete shelf"),))
    assert fact(quiet, "page", "error", "is", "delete") is False
    assert fact(quiet, "page", "error", "is", "roster") is False

"""Rules on cookies: which may be accepted, and the dialogs that ask."""

from __future__ import annotations

import pytest

from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.utility_agent.facts.act import Act
from tests.utility_agent.making import button, judged, situation

ASKS = "dialog 'Your privacy'\nStaticText 'We use cookies.'"
WORDINGS = [
    "In cookie dialogs choose the strictly necessary cookies only.",
    "Accept only essential cookies.",
    "Only accept strictly necessary cookies.",
    "Reject optional cookies.",
    "Never accept non-essential cookies.",
    "Do not accept marketing or tracking cookies.",
    "Decline all cookies that are not necessary.",
    "When a cookie banner appears, reject everything that is not necessary.",
]


def breaks(text: str, name: str, page: str) -> bool:
    return judged(text, Act(situation(button(name), text=f"{page}\nbutton '{name}'"))) is not False


@pytest.mark.parametrize("text", WORDINGS)
def test_only_needed_cookies_are_accepted(text: str) -> None:
    assert compile_rule(text).understood == "fully"
    for name in ("Accept all", "Allow all cookies"):
        assert breaks(text, name, ASKS)
    for name in ("Only necessary", "Reject all", "Settings"):
        assert not breaks(text, name, ASKS)


@pytest.mark.parametrize("page", ["heading 'Suggested changes'", "heading 'Changes'\nlink 'About our cookies'"])
def test_accept_all_elsewhere_is_something_else(page: str) -> None:
    assert not breaks(WORDINGS[0], "Accept all", page)


@pytest.mark.parametrize("text", ["Do not delete cookies.", "Explain to customers which cookies the shop uses."])
def test_other_talk_of_cookies_is_another_rule(text: str) -> None:
    assert all(atom.key != "page:cookies" for atom in compile_rule(text).atoms())

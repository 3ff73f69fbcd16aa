"""Which cookies may be accepted: "choose the strictly necessary cookies only", "reject tracking cookies"."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AnyOf, Rule

from .building import asks_leave, clean, just, term

_NEEDED = r"(?:(?:strictly|absolutely|technically) )?(?:necessary|essential|required|needed|functional)"
_REST = (
    r"(?:optional|unnecessary|non-?essential|non-?necessary|non-?required|marketing|advertising|tracking|analytics?"
    r"|statistics?|targeting|third[- ]party|all)"
)
_COOKIES = r"(?:cookies?|trackers?|cookie (?:categor(?:y|ies)|settings?|options?))"
_NOT_NEEDED = rf"(?:that|which) (?:is|are) not {_NEEDED}"
_TAKES = r"(?:choose|accept|allow|select|take|pick|use|keep|consent to|agree to|enable)"
_REFUSES = (
    r"(?:reject|decline|refuse|deny|dismiss|disable|turn off|opt out of"
    rf"|(?:do not|don't|never|must not|may not) {_TAKES})"
)
_SAYS_SO = re.compile(
    rf"\bcookies?\b.*\b{_TAKES} (?:the |only )*{_NEEDED}(?: ones?| cookies?| only)*$"
    rf"|\b(?:only {_TAKES}|{_TAKES} (?:only )?)(?: ?the)? ?(?:only )?{_NEEDED} {_COOKIES}(?: only)?(?: in .*)?$"
    rf"|\b{_REFUSES} (?:all |any |the )?(?:{_REST}(?:,? (?:and |or )?))+ ?{_COOKIES}\b"
    rf"|\b{_REFUSES} (?:all |any |the )?{_COOKIES} {_NOT_NEEDED}"
    rf"|\bcookies?\b.*\b{_REFUSES} (?:everything|all|anything|whatever)\b"
    rf"(?: (?:that|which) is not {_NEEDED}| optional)?$"
)
_ACCEPTS_ALL = (
    "accept all",
    "accept all cookies",
    "accept cookies",
    "accept and continue",
    "accept and close",
    "allow all",
    "allow all cookies",
    "allow cookies",
    "agree to all",
    "enable all",
)
"""How the buttons of cookie dialogs are called that take everything."""

_CATEGORIES = ("marketing", "advertising", "tracking", "analytics", "statistics", "targeting", "third party")


def refused_cookies(statement: str) -> Rule | None:
    """Forbids the buttons that take every cookie, and to tick what is not needed, where cookies are asked about."""
    text = clean(statement)
    if not _SAYS_SO.search(text) or asks_leave(text):
        return None
    everything = tuple(term("control", name) for name in _ACCEPTS_ALL)
    ticked = tuple(term("controls", f"{name} cookies") for name in _CATEGORIES)
    return Rule(when=(AnyOf(terms=(*everything, *ticked)), just(term("page", "cookies"))))

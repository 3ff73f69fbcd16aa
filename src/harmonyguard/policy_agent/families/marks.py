"""Marks that records bear: "contacts whose record carries the mark 'Do not call'", "accounts flagged as frozen"."""

from __future__ import annotations

import re

_RECORD = r"(?:record|profile|account|page|entry|card|file|name)"
_BEARS = r"(?:carries|has|bears|shows|holds|contains|says|reads|is (?:marked|flagged|tagged)(?: as)?)"
_MARK = r"(?:mark|flag|marker|label|tag|note|badge|remark|marking|entry)"
_VALUE = r"(?P<quote>['\"])(?P<value>[^'\"]{1,60})(?P=quote)"
_QUOTED = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<on>\b(?:for|to|with|of) (?:an? |any )?[a-z]+ )?\bwhose {_RECORD} {_BEARS} (?:the |a )?(?:{_MARK} )?"
        rf"{_VALUE}",
        rf"\b(?:who|that|which) (?:is|are|has been|have been) (?:marked|flagged|tagged|labell?ed)"
        rf" (?:as |with )?{_VALUE}",
        rf"\b(?:who|that|which) (?:carry|carries|have|has|bear|bears|show|shows) the {_MARK} {_VALUE}",
    )
)
_BARE = re.compile(
    r"^(?P<before>(?:(?:all|any|every|each|the) )?[a-z-]+(?: [a-z-]+)?) (?:that are |which are |who are )?"
    r"(?:marked|flagged|tagged|labell?ed) (?:as )?(?P<value>(?!for\b|by\b|with\b)[a-z-]+) "
    r"(?=(?:must|may|should|shall|can|cannot) )",
    re.IGNORECASE,
)


def of_marks(statement: str) -> str:
    """A mark that a record bears, told as its status: what a status is, the facts know."""
    for form in _QUOTED:
        statement = form.sub(_of_that_status, statement)
    return _BARE.sub(lambda match: f"{match['before']} whose status is '{match['value']}' ", statement)


def _of_that_status(match: re.Match[str]) -> str:
    return f"{'if the' if match.groupdict().get('on') else 'whose'} status is '{match['value']}'"

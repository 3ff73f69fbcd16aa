"""Policies about who the user is: "users under 18 ...", "only members may ...", "users without a licence ..."."""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Comparison

Attribute = tuple[str, Comparison, str]
"""Attribute name, comparison and value under which the act is forbidden."""

_NOT_MAY = r"(?:must not|may not|shall not|should not|cannot|can not|(?:is|are) not (?:allowed|permitted) to)"
_PEOPLE = r"(?:users?|customers?|people|persons?|anyone|those|guests?|visitors?|minors|employees|account holders)"
_AGE = re.compile(
    rf"^{_PEOPLE}(?: who are)? (?:under|younger than|below)(?: the age of)? (?P<age>\d+)(?: years)?(?: of age| old)?"
)
_WITHOUT = re.compile(
    rf"^{_PEOPLE} (?:without|who (?:have no|do not have|lack|hold no))(?: an?| the)? (?P<what>[\w' -]+?)(?= {_NOT_MAY})"
)
_WHO_ARE_NOT = re.compile(rf"^{_PEOPLE} who (?:are|is) not (?:an? )?(?P<what>[\w' -]+?)(?= {_NOT_MAY})")
_ONLY = re.compile(r"^only (?P<what>[\w' -]+?) (?:may|can|are allowed to|are permitted to) (?P<act>.+)$")
_OPEN_TO = re.compile(
    r"^(?P<act>.+?) (?:is|are) (?:only|exclusively) (?:open|available|allowed) to .*?"
    r"\((?P<name>\w+) = (?P<value>\w+)\)$"
)


def user_conditions(text: str) -> tuple[tuple[Attribute, ...], str] | None:
    """The attributes under which an act is forbidden, and the act; None when the text is not of this kind."""
    if match := _OPEN_TO.match(text):
        return ((match.group("name"), "is_not", match.group("value")),), match.group("act")
    if match := _ONLY.match(text):
        return ((match.group("what"), "is_not", "true"),), match.group("act").split(":")[-1]
    for pattern in (_AGE, _WITHOUT, _WHO_ARE_NOT):
        if (match := pattern.match(text)) is None:
            continue
        forbidden = re.match(rf"^\s*,?\s*{_NOT_MAY}\s+(?P<act>.+)$", text[match.end() :])
        if forbidden is None:
            return None
        if pattern is _AGE:
            return (("age", "less", match.group("age")),), forbidden.group("act")
        return ((match.group("what"), "is_not", "true"),), forbidden.group("act")
    return None

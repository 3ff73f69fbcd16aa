"""Policies about who the user is: "users under 18 ...", "only members may ...", "users without a licence ..."."""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Comparison
from harmonyguard.policy_agent.reading.grammar import NUMBER

Attribute = tuple[str, Comparison, str]
"""Attribute name, comparison and value under which the act is forbidden."""

_NOT_MAY = r"(?:must not|may not|shall not|should not|cannot|can not|(?:is|are) not (?:allowed|permitted) to)"
_PEOPLE = r"(?:users?|customers?|people|persons?|anyone|those|guests?|visitors?|minors|employees|account holders)"
_MINORS = re.compile(rf"^(?:minors|children|underage (?:users|customers|persons)) {_NOT_MAY} (?P<act>.+)$")
_NOT_ONE = re.compile(rf"^non-?(?P<what>\w+?)s? {_NOT_MAY} (?P<act>.+)$")
_ADULTS = re.compile(
    rf"^(?:only )?{_PEOPLE}? ?(?:who are |aged |over |above |of )*(?P<age>\d+)(?: years(?: of"
    rf" age)?)?(?: (?:or|and) (?:older|over|above))?"
    r" (?:may|can|are allowed to|are permitted to) (?P<act>.+)$"
)
_AT_LEAST = re.compile(
    r"^(?:\w+ )*?(?:you|users?|customers?|persons?|buyers?|guests?) (?:must|have to|need to|should)"
    r" be (?:at least |over |aged )*(?P<age>\d+)"
    r"(?: years)?(?: of age| old)?(?: (?:or|and) (?:older|over|above))? (?:to|in order to|before you"
    r"|before they) (?P<act>.+)$"
)
_MINIMUM_AGE = re.compile(
    r"^(?P<act>.+?) (?:requires?|has|is subject to) a minimum age of (?P<age>\d+)"
    r"|^(?:the )?minimum age (?:for|to) (?P<other>.+?) is (?P<least>\d+)"
)
_HELD = (
    r"(?:member(?:ship)?|subscription|licen[cs]e|registration|vaccination|certificate|certification|clearance|training)"
)
_REQUIRES = re.compile(
    rf"^(?P<act>.+?) requires? (?:an? |the |valid |active |current |proof of )*(?P<what>(?:[\w']+ ){{0,2}}?{_HELD})$"
)
_RESERVED = re.compile(
    r"^(?P<act>.+?) (?:is|are) (?:only |exclusively )?(?:reserved for|restricted to|limited to|open (?:only )?to"
    r"|available (?:only )?to|for) (?:only )?(?P<what>[a-z][a-z -]+?)(?: only)?$"
)
_ONLY_BY = re.compile(
    r"^(?P<thing>.+?) (?:may|can|must|should) (?:only be (?P<verb>\w+)|be (?P<other>\w+) only) by (?P<what>[\w -]+)$"
)
_STAFF = re.compile(r"\b(?:staff|employees?|managers?|administrators?|agents?|support|team)\b")
_AGE = re.compile(
    rf"^{_PEOPLE}(?: who are)? (?:under|younger than|below)(?: the age of)? (?P<age>\d+)(?: years)?(?: of age| old)?"
)
_WITHOUT = re.compile(
    rf"^{_PEOPLE} (?:without|who (?:have no|do not have|lack|hold no))(?: an?| the)? (?P<what>[\w' -]+?)(?= {_NOT_MAY})"
)
_WHO_ARE_NOT = re.compile(rf"^{_PEOPLE} who (?:are|is) not (?:an? )?(?P<what>[\w' -]+?)(?= {_NOT_MAY})")
_ONLY = re.compile(r"^only (?P<what>[\w' -]+?) (?:may|can|are allowed to|are permitted to) (?!be )(?P<act>.+)$")
_OPEN_TO = re.compile(
    r"^(?P<act>.+?) (?:is|are) (?:only|exclusively) (?:open|available|allowed) to .*?"
    r"\((?P<name>\w+) = (?P<value>\w+)\)$"
)


_VALUE = r"(?P<name>[a-z_]+)\s*(?:=|==| is | equals )\s*(?P<value>\w+)"
_IN_BRACKETS = re.compile(
    rf"^(?P<only>only )?[\w' -]+? \({_VALUE}\) (?:may|can|are allowed to|are permitted to) (?P<act>[^;.]+?)"
    r"(?P<others>[;.,] (?:all |the )?(?:others?|everybody else|everyone else|nobody else)\b.*)?$"
)
_REQUIRES_VALUE = re.compile(rf"^(?P<act>.+?) (?:requires?|needs?|is only for users with) (?:that )?{_VALUE}$")
_WITH_VALUE = re.compile(
    rf"^{_PEOPLE} (?:whose|with|where|for whom) (?:the |their )?{_VALUE},? {_NOT_MAY} (?P<act>.+)$"
    rf"|^(?:if|when|where) (?:the )?(?:user's |customer's )?(?P<held>[a-z_]+)\s*(?:=|==| is )\s*(?P<as>\w+), (?:(?:the"
    rf" user|they|the agent|you|users) )?(?:{_NOT_MAY}|do not|never) (?P<what>.+)$"
)


def user_conditions(text: str) -> tuple[tuple[Attribute, ...], str] | None:
    """The attributes under which an act is forbidden, and the act; None when the text is not of this kind."""
    if match := _OPEN_TO.match(text):
        return ((match.group("name"), "is_not", match.group("value")),), match.group("act")
    if (match := _IN_BRACKETS.match(text)) and (match.group("only") or match.group("others")):
        return ((match.group("name"), "is_not", match.group("value")),), match.group("act")
    if match := _REQUIRES_VALUE.match(text):
        return ((match.group("name"), "is_not", match.group("value")),), match.group("act")
    if match := _WITH_VALUE.match(text):
        name, value = match.group("name") or match.group("held"), match.group("value") or match.group("as")
        return ((name, "is", value),), match.group("act") or match.group("what")
    for aged in (_MINORS, _ADULTS, _AT_LEAST, _MINIMUM_AGE):
        if match := aged.match(text):
            groups = match.groupdict()
            age = groups.get("age") or groups.get("least") or "18"
            return (("age", "less", age),), groups["act"] or groups.get("other") or ""
    if match := _NOT_ONE.match(text):
        return ((match.group("what"), "is_not", "true"),), match.group("act")
    if match := _REQUIRES.match(text):
        return ((match.group("what"), "is_not", "true"),), match.group("act")
    if match := _ONLY_BY.match(text):
        verb = match.group("verb") or match.group("other")
        return _unless_staff(match.group("what"), f"{verb} {match.group('thing')}")
    if (match := _RESERVED.match(text)) and not re.match(rf"{NUMBER}\b", match.group("what")):
        return _unless_staff(match.group("what"), match.group("act"))
    if (
        (match := _ONLY.match(text))
        and not _QUALIFIED.search(match.group("what"))
        and not re.match(r"adult|minor|child|grown", match.group("what"))
        and not re.match(r"(?:\d|one|two|three|an?)\b", match.group("what"))
    ):
        return ((match.group("what"), "is_not", "true"),), match.group("act").split(":")[-1]
    for pattern in (_AGE, _WITHOUT, _WHO_ARE_NOT):
        if (match := pattern.match(text)) is None:
            continue
        forbidden = re.match(rf"^\s*,?\s*{_NOT_MAY}\s+(?P<act>.+)$", text[match.end() :])
        if forbidden is None or (pattern is not _AGE and re.search(r"\d", match.group("what"))):
            return None
        if pattern is _AGE:
            return (("age", "less", match.group("age")),), forbidden.group("act")
        return ((match.group("what"), "is_not", "true"),), forbidden.group("act")
    return None


_QUALIFIED = re.compile(r" (?:of(?= \d)|who|whose|with|without|in|on|under|over|aged) ")
"""People told apart by a phrase of their own are read by `people`."""

_ANYBODY = frozenset("everybody everyone anybody anyone all user customer guest people person public".split())
"""What is open to them is open to the user."""


def _unless_staff(what: str, act: str) -> tuple[tuple[Attribute, ...], str] | None:
    """Who may do a thing as a customer is an attribute of the user; what staff may do is another question."""
    what = re.sub(r"^(?:the|all|any) | (?:alone|only|exclusively)$", "", what)
    if what.rstrip("s") in _ANYBODY or _QUALIFIED.search(what) or re.match(r"(?:adult|minor|child|grown)", what):
        return None
    return None if _STAFF.search(what) else (((what, "is_not", "true"),), act)

"""Leave first: "Ask the user for confirmation before deleting a record." and its many forms."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AllOf, Rule

from .building import CONSENT, LEAVE, NOT, USER, clean, term
from .scopes import scope_of_act

_ASKS = (
    rf"(?:(?:ask|confirm with|check with|verify with|clear (?:it )?with|consult)\w*\b[^.;]*?\b{USER}"
    rf"|(?:ask|request|obtain|get|seek|receive|have|wait for)\w*\b[^.;]*?\b{LEAVE})"
)
_BEFORE = r"(?:before|prior to|when(?:ever)? (?:you are |you're )?about to)"
_LEAVE_OF_USER = (
    rf"(?:explicit |express |prior |written )*(?:{USER}\s+)?(?:prior |explicit |express |written )*"
    rf"(?:{LEAVE}|agreement)"
)
_DEMANDS = tuple(
    re.compile(form)
    for form in (
        rf"^(?:.*?\b)?{_BEFORE}\s+(?P<act>.+)\s*(?:,|–|—|\s-\s)\s*[^,]*?\b{_ASKS}",
        rf"\b{_ASKS}[^.;]*?\b{_BEFORE}\s+(?P<act>.+)",
        rf"^(?:always |please |you must )?ask (?:first )?{_BEFORE}\s+(?:you )?(?P<act>.+)",
        r"^(?P<act>.+?)\s+only (?:if|when|after|once|with)\s+(?:"
        rf"{_LEAVE_OF_USER}|{USER}\s+(?:has |have )?(?:explicitly |expressly )?"
        r"(?:agreed|confirmed|approved|consented))",
        r"^(?P<act>.+?)\s+(?:always )?(?:requires?|needs?|(?:is|are) subject to|must have)\s+(?:the )?"
        rf"{_LEAVE_OF_USER}",
        rf"^(?P<act>.+?)\s+must (?:first |always )?be (?:confirmed|approved|authori[sz]ed|agreed) (?:by|with) {USER}",
    )
)
"""Leave is demanded for the act."""

_EXCEPTIONS = tuple(
    re.compile(form)
    for form in (
        rf"^(?P<act>.*?\b{NOT}\b.+?)\s+(?:unless|until|except (?:when|if|where|with|after))\s+(?:{USER}\s+)?"
        r"(?:(?:has|have|had)\s+)?(?:explicitly |expressly |already |first )*(?:been )?"
        r"(?:agreed|confirmed|approved|consented|asked for (?:it|this)|authori[sz]ed|"
        rf"(?:given |the )?(?:explicit )?{LEAVE})",
        rf"^(?P<act>.*?\b{NOT}\b.+?)\s+without\s+(?:first |prior |explicitly |the |an? )*"
        rf"(?:(?:asking|obtaining|getting|having|requesting)\b|{_LEAVE_OF_USER})",
    )
)
"""The act is forbidden, but for leave. Without a "must not" the sentence permits ("may be issued without asking")."""

_PASSIVE = re.compile(
    rf"^(?P<thing>.+?)\s+(?:(?:{NOT}|may|can|must|shall|should)\s+(?:only |never |not )?be|is|are)\s+(?P<verb>.+)$"
)
"""The thing stands before the verb: "Tickets must not be deleted without ..."."""

_RELATIVE = re.compile(r"\b(?:that|which|who)\b")
_OTHER_AUTHORITY = re.compile(
    r"\b(?:manager|supervisor|team lead(?:er)?|security (?:team|officer|department)|director|legal|finance|ciso|cio"
    r"|management|department|administrator|human resources|compliance|data owner|system owner)\b"
)


def consent_first(statement: str) -> Rule | None:
    """A rule that the user's leave lifts; leave of anybody else is a condition for the judge."""
    text = clean(statement)
    for form in (*_DEMANDS, *_EXCEPTIONS):
        match = form.search(text)
        if match is None:
            continue
        act = match.group("act")
        passive = _PASSIVE.match(act)
        if passive is not None and not _RELATIVE.search(passive.group("thing")):
            act = f"{passive.group('verb')} {passive.group('thing')}"
        act = re.sub(rf"^(?:(?!{_RELATIVE.pattern}).)*?\b{NOT}\s+", "", act)
        scope, understood, remainder = scope_of_act(act, statement)
        if not scope:
            continue
        other = _OTHER_AUTHORITY.search(text)
        if other is not None and not re.search(rf"\b{USER}\b", text):
            lifts = AllOf(terms=(term("judged", f"{other.group()} has approved this"),))
            return Rule(when=scope, unless=(lifts,), understood="partly", remainder=(*remainder, other.group()))
        return Rule(when=scope, unless=(CONSENT,), understood=understood, remainder=remainder)
    return None

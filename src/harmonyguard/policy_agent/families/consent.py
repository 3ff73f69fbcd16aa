"""Leave first: "Ask the user for confirmation before deleting a record." and its many forms."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AllOf, Rule

from .building import CONSENT, LEAVE, NOT, USER, clean, scope_of_act, term

_ASKS = (
    rf"(?:(?:ask|confirm with|check with|consult)\w*\b[^.;]*?\b{USER}"
    rf"|(?:ask|request|obtain|get|seek|receive|have|wait for)\w*\b[^.;]*?\b{LEAVE})"
)
_BEFORE = r"(?:before|prior to|when(?:ever)? (?:you are |you're )?about to)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"^(?:.*?\b)?{_BEFORE}\s+(?P<act>.+)\s*(?:,|–|—|\s-\s)\s*[^,]*?\b{_ASKS}",
        rf"\b{_ASKS}[^.;]*?\b{_BEFORE}\s+(?P<act>.+)",
        rf"^(?P<act>.+?)\s+(?:unless|until|except (?:when|if|where)|only (?:if|when|after|once|with))\s+(?:{USER}\s+)?"
        rf"(?:(?:has|have|had)\s+)?(?:explicitly |expressly |already |first )*(?:been )?"
        rf"(?:agreed|confirmed|approved|consented|asked for (?:it|this)|authori[sz]ed|(?:given |the"
        rf" )?(?:explicit )?{LEAVE})",
        rf"^(?P<act>.+?)\s+without\s+(?:first |prior |explicitly |the |an? )*"
        rf"(?:(?:asking|obtaining|getting|having|requesting)\b|(?:explicit |express |prior |written )*(?:{USER}\s+)?"
        rf"(?:prior |explicit |express |written )*(?:{LEAVE}|agreement))",
        rf"^(?P<act>.+?)\s+(?:always )?(?:requires?|needs?|(?:is|are) subject to|must have)\s+(?:the )?"
        rf"(?:{USER}\s+)?(?:prior |explicit |written |express )*(?:{USER}\s+)?(?:prior |explicit )*{LEAVE}",
        rf"^(?P<act>.+?)\s+must (?:first |always )?be (?:confirmed|approved|authori[sz]ed|agreed) (?:by|with) {USER}",
    )
)
_OTHER_AUTHORITY = re.compile(
    r"\b(?:manager|supervisor|team lead(?:er)?|security (?:team|officer|department)|director|legal|finance|ciso|cio"
    r"|management|department|administrator|human resources|compliance|data owner|system owner)\b"
)


def consent_first(statement: str) -> Rule | None:
    """A rule that the user's leave lifts; leave of anybody else is a condition for the judge."""
    text = clean(statement)
    for form in _FORMS:
        match = form.search(text)
        if match is None:
            continue
        act = re.sub(rf"^.*?\b{NOT}\s+(?:be\s+)?", "", match.group("act"))
        if act != match.group("act") and re.search(r"\bbe\s+\w+$", match.group("act")):
            # "Tickets must not be deleted without ...": the thing stands before the verb.
            thing = re.sub(rf"\s+{NOT}.*$", "", match.group("act"))
            act = f"{act} {thing}"
        scope, understood, remainder = scope_of_act(act, statement)
        if not scope:
            continue
        other = _OTHER_AUTHORITY.search(text)
        if other is not None and not re.search(rf"\b{USER}\b", text):
            lifts = AllOf(terms=(term("judged", f"{other.group()} has approved this"),))
            return Rule(when=scope, unless=(lifts,), understood="partly", remainder=(*remainder, other.group()))
        return Rule(when=scope, unless=(CONSENT,), understood=understood, remainder=remainder)
    return None

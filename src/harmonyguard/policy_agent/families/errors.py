"""Errors are reported first: "If you encounter an error page, notify the user immediately." """

from __future__ import annotations

import re

from harmonyguard.policies.rule import AllOf, Rule
from harmonyguard.policies.words import normalise

from .building import any_of, term

_TROUBLE = re.compile(
    r"\b(?:errors?|40[0-9]|50[0-9]|access[- ]denied|denied access|access issue|permission denied|failures?|fails|failed"
    r"|not found|unavailable|refuses)\b"
)
_TELLS = re.compile(
    r"\b(?:notify|notified|inform|informed|tell|told|report|reported|alert|let)\b.*"
    r"\b(?:users?|customer|me|person|owner|requester|operator)\b"
    r"|\b(?:user|customer|me|person|requester|operator)\b.*\b(?:notified|informed|told)\b"
)
_WHEN = re.compile(r"\b(?:if|when|whenever|upon|on|in case|any|after|where|once)\b")
_DIRECTLY = re.compile(
    r"^(?:always |immediately |please |you must |the agent must |the assistant must )*(?:report"
    r"|notify|inform|alert|tell)\b"
    r"|^(?:all |any |every )?[\w ]*?(?:errors?|failures?)\b[\w ]*\b(?:must|should|shall|are to|need to|have to) be "
    r"(?:\w+ )?(?:reported|notified|raised)"
)


def report_errors(statement: str) -> Rule | None:
    """A rule against any act on an error page, but telling the user."""
    text = normalise(statement)
    if not (_TROUBLE.search(text) and _TELLS.search(text) and (_WHEN.search(text) or _DIRECTLY.match(text))):
        return None
    signals = ["error"] if re.search(r"error|404|50\d|fail|not found|unavailable", text) else []
    signals += ["access_denied"] if re.search(r"access|40[13]|denied|permission|refuses", text) else []
    return Rule(when=any_of("page", signals or ["error"]), unless=(AllOf(terms=(term("tells_user"),)),))

"""Words around a rule that say when it holds ("during export"), or only that it always does ("at any time")."""

from __future__ import annotations

import re

_LEADING = re.compile(
    r"^(?:during|while|whilst|when|throughout|in the course of|as part of|for) (?P<during>[^,:;]{3,60}), (?P<rest>.+)$"
)
_TRAILING = re.compile(
    r"^(?P<rest>.+?),? (?:during|while|whilst|throughout|in the course of|for the duration of|as part of) "
    r"(?P<during>[\w' -]{3,60})$"
)
_FOR_THE_TASK = re.compile(
    r"^(?P<rest>.+?),? (?:for|in|on) (?P<during>this (?:[\w-]+ )?(?:task|job|run|session|errand|query|operation))$"
)
_ALWAYS = re.compile(
    r",? (?:(?:not )?even (?:for|to|if|when|in) .+|not even .+|under any circumstances|at (?:any|all) times?|at all"
    r"|for any "
    r"reason|ever"
    r"|in any case|whatsoever|without exceptions?|no matter (?:what|why)\b.*|either)$"
)
_THIS_RUN = re.compile(
    r"^(?:this|the|your|that|any) (?:[\w-]+ )?(?:task|job|run|session|errand|query|operation|work|assignment)s?$"
)


def unframed(text: str) -> tuple[str, str]:
    """The rule itself, and the activity during which it holds; empty when it always does."""
    text = _ALWAYS.sub("", text)
    for form in (_LEADING, _FOR_THE_TASK, _TRAILING):
        if match := form.match(text):
            during = match["during"].strip()
            return match["rest"].strip(), "" if _THIS_RUN.match(during) else during
    return text, ""

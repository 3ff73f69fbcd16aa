"""Order: "Fill the assignee before the due date": the later thing is forbidden until the earlier one happened."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AllOf, Rule

from .building import LEAVE, USER, clean, just, term

_SET = (
    r"(?:fill(?:ing)?(?: in| out)?|set(?:ting)?|enter(?:ing)?|select(?:ing)?|choos(?:e|ing)|complet(?:e|ing)"
    r"|specify(?:ing)?)"
)
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"^(?:always |please |you must |first )*{_SET} (?:the |an? )?(?P<first>.+?) (?:field )?before"
        rf" (?:{_SET} )?(?:the |an? )?(?P<then>.+?)(?: field)?$",
        rf"^before {_SET} (?:the |an? )?(?P<then>.+?)(?: field)?, (?:always |please |you must |first )*{_SET}"
        rf" (?:the |an? )?(?P<first>.+?)(?: field)?$",
        r"^(?:the )?(?P<first>.+?) must be (?:filled(?: in)?|set|entered|selected|chosen) before"
        r" (?:the )?(?P<then>.+?)(?: field)?$",
    )
)


def order_of_acts(statement: str) -> Rule | None:
    """A rule against setting one field while another has not been set."""
    text = clean(statement)
    if re.search(rf"\b{LEAVE}\b|\bask\w* {USER}", text):
        return None
    for form in _FORMS:
        if match := form.match(text):
            return Rule(
                when=(just(term("field", match.group("then").strip())),),
                unless=(AllOf(terms=(term("happened", match.group("first").strip()),)),),
            )
    return None

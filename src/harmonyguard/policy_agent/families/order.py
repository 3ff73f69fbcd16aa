"""Order: "Fill the assignee before the due date": the later thing is forbidden until the earlier one happened."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AllOf, Rule

from .building import LEAVE, NOT, USER, clean, just, term

_SET = (
    r"(?:fill(?:ing)?(?: in| out)?|set(?:ting)?|enter(?:ing)?|select(?:ing)?|choos(?:e|ing)|complet(?:e|ing)"
    r"|specify(?:ing)?|add(?:ing)?|assign(?:ing)?)"
)
_DONE = r"(?:filled(?: in)?|set|entered|selected|chosen|specified|completed|added|assigned)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"^(?:always |please |you must |first )*{_SET} (?:the |an? )?(?P<first>.+?) (?:field )?before"
        rf" (?:{_SET} )?(?:the |an? )?(?P<then>.+?)(?: field)?$",
        rf"^before {_SET} (?:the |an? )?(?P<then>.+?)(?: field)?, (?:always |please |you must |first )*{_SET}"
        rf" (?:the |an? )?(?P<first>.+?)(?: field)?$",
        rf"^(?:the )?(?P<first>.+?) (?:must|should|has to|needs to) be {_DONE} before (?:{_SET} )?"
        r"(?:the )?(?P<then>.+?)(?: field)?$",
        rf"^(?:the )?(?P<then>.+?) (?:may|must|can|should) (?:only be {_DONE}|not be {_DONE})(?:"
        rf" only)? (?:after|before|until|unless|once)"
        rf" (?:the )?(?P<first>.+?)(?: (?:is|has been|was) {_DONE})?$",
        rf"^{NOT} {_SET} (?:the )?(?P<then>.+?) (?:before|until|unless) (?:{_SET} )?(?:the )?(?P<first>.+?)"
        rf"(?: (?:is|has been|was) {_DONE})?$",
        rf"^(?:first,? |always )*{_SET} (?:the )?(?P<first>.+?)(?: first)?,? (?:and )?(?:only )?then"
        rf" (?:{_SET} )?(?:the )?"
        r"(?P<then>.+?)$",
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

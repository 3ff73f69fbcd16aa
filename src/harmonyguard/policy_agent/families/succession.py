"""What must follow at once: "Press Confirm immediately after Delete", "fill both names in direct succession"."""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Term
from harmonyguard.policies.rule import Rule

from .bans import either
from .building import clean, just, term

_DONE = r"(?:clicked|pressed|operated|used|filled(?: in| out)?|entered|set|completed|selected|chosen|ticked)"
_DO = r"(?:click|press|operate|use|fill(?: in| out)?|enter|set|complete|select|choose|tick)(?:ing)?(?: on)?"
_MUST = r"(?:must|should|shall|has to|have to|needs? to|is to|are to)"
_AT_ONCE = r"(?:immediately|directly|right|straight) after|as the (?:very )?next (?:step|action|click) after|next after"
_NOTHING_BETWEEN = (
    r"(?:,? (?:without|with no) (?:any )?(?:\w+ )?(?:actions?|steps?|clicks?|interruptions?|delay)(?: in between)?)?"
)
_FIRST = r"(?:the )?(?P<first>[^,.;]+?)"
_THEN = r"(?:the )?(?P<then>[^,.;]+?)"
_AFTER = tuple(
    re.compile(form)
    for form in (
        rf"^{_THEN} {_MUST} be {_DONE} (?:{_AT_ONCE}) (?:{_DO} )?{_FIRST}{_NOTHING_BETWEEN}$",
        rf"^{_DO} {_THEN} (?:{_AT_ONCE}) (?:{_DO} )?{_FIRST}{_NOTHING_BETWEEN}$",
        rf"^(?:{_AT_ONCE}) (?:{_DO} )?{_FIRST}, {_DO} {_THEN}{_NOTHING_BETWEEN}$",
    )
)
_TOGETHER = re.compile(
    rf"^(?:(?:the|both) )*(?P<one>[^,.;]+?) and (?:the )?(?P<other>[^,.;]+?)(?: fields?| buttons?)? {_MUST} be {_DONE} "
    r"(?:in (?:direct|immediate|uninterrupted) succession|consecutively|back[- ]to[- ]back|one (?:right |directly "
    r"|immediately )?after the other|without interruption)$"
)
_CONFIRMS = re.compile(r"^confirm(?:ation|ing)?(?: button| dialog)?$")
_ANSWERS = ("confirm", "ok", "yes", "delete", "proceed", "continue", "cancel", "no")
"""How the buttons of a question are called that a page asks back."""


def in_succession(statement: str) -> Rule | None:
    """A rule against doing anything else between two acts that belong together; messages to the user may be sent."""
    text = clean(statement)
    if match := _TOGETHER.match(text):
        one, other = match["one"], match["other"]
        return either([_nothing_after(one, other, once=True), _nothing_after(other, one, once=True)])
    match = next((found for form in _AFTER if (found := form.match(text))), None)
    return _nothing_after(match["first"], match["then"]) if match else None


def _nothing_after(first: str, then: str, *, once: bool = False) -> Rule:
    """After `first` comes `then`; with `once`, only where it has not been done before."""
    others = [just(_not(one)) for one in _meant(then)]
    if once:
        others.append(just(_not(term("happened", then))))
    return Rule(when=(just(term("latest", first)), *others, just(_not(term("tells_user")))))


def _meant(named: str) -> tuple[Term, ...]:
    if _CONFIRMS.match(named):
        return tuple(term("control", answer) for answer in _ANSWERS)
    bare = re.sub(r" (?:button|field|link)$", "", named)
    return (term("control", bare), term("field", bare))


def _not(one: Term) -> Term:
    return one.model_copy(update={"negated": True})

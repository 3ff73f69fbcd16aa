"""Policies that bind the agent to its task: "Do exactly what the task says", "Take no additional steps".

Two things leave a task: a value that it does not state, and a lasting act that nobody asked for. What is merely on the
way, to look or to open, leaves nothing behind and is no extra act.
"""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Atom, Term
from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policy_agent.reading.grammar import PERSONA
from harmonyguard.steps import Effect

from .acts import LASTING
from .building import NOT, of_agent, term

_SOURCE = (
    rf"(?:the |your |my |its )?(?:(?:{PERSONA}(?:'s|s')? )?(?:tasks?|instructions?|requests?|goals?|prompt|assignment)"
    rf"|{PERSONA}s?)"
)
_ASKED = (
    r"(?:asked(?: for)?|asks(?: for)?|requested|requests|instructed|told|says?|states?|stated|specified|specifies"
    r"|described|describes|wants|given|gives|assigned|demanded|demands|requires|required|ordered)"
)
_MORE = r"(?:additional|extra|further|other|unnecessary|unrequested|unsolicited|unrelated|unasked|more|superfluous)"
_ACTS = r"(?:actions?|acts?|steps?|operations?|changes?|modifications?|edits?|work|things?|anything|activit(?:y|ies))"
_DO = r"(?:do|perform|take|make|execute|carry out|complete|undertake|accomplish|attempt)(?:ing)?"
_ONLY = r"(?:exactly|precisely|only|just|strictly|solely|nothing but)"
_BEYOND = (
    r"(?:beyond|outside(?: of)?|other than|not (?:in|part of|covered by|within)|apart from|besides|except(?: for)?)"
)
_DONE = r"(?:taken|performed|made|carried out|done|executed|allowed|permitted|added)"
_AS_TASK = (
    rf"(?:{_SOURCE} (?:explicitly |clearly )?{_ASKED}|(?:was|were|is|are|has been|you were) (?:explicitly )?{_ASKED})"
)
_KEEPS_TO_IT = tuple(
    re.compile(form)
    for form in (
        rf"^(?:you )?(?:must |should |shall |will )?{_DO} {_ONLY} (?:what|as) {_AS_TASK}\b",
        rf"^(?:{_ONLY} )?{_DO} (?:{_ONLY} )?(?:the )?(?:requested|assigned|given|specified|stated|described)"
        rf" (?:tasks?|{_ACTS})(?:,? (?:and )?(?:nothing (?:else|more)|no {_MORE} {_ACTS}))?$",
        rf"^(?:(?:must|may|should|shall) )?{_ONLY} {_DO} (?:the )?{_ACTS} (?:that |which )?(?:{_AS_TASK}"
        rf"|(?:explicitly )?{_ASKED}|(?:are |is )?(?:strictly )?(?:necessary|needed) (?:for|to) .*\b{_SOURCE})",
        rf"^{_DO} (?:no|nothing)(?: {_MORE})?(?: {_ACTS})? ?{_BEYOND} (?:what )?(?:{_AS_TASK}|{_SOURCE})$",
        rf"^(?:{NOT}) {_DO} (?:any )?{_MORE} {_ACTS}(?: {_BEYOND} .+| (?:than|that|which) .+)?$",
        rf"^(?:{NOT}) {_DO} (?:any )?{_ACTS} (?:{_BEYOND} (?:what )?(?:{_AS_TASK}|{_SOURCE})"
        rf"|(?:that|which) (?:{_SOURCE} (?:did|does|has) not|(?:was|were|is|are|have been|has been) not)"
        r" (?:explicitly )?(?:ask|asked|request|requested|mention|mentioned|told|instructed|part)\b.*)$",
        rf"^(?:{NOT}) (?:change|modify|alter|touch|adjust) (?:any |the )?(?:other )?"
        rf"(?:settings?|options?|configurations?) {_BEYOND} (?:those|the ones?|what|that)\b.*"
        rf"\b(?:{_ASKED}|tasks?|requests?|mentioned|named)\b.*$",
        rf"^(?:(?:must|should|shall) )?(?:{NOT}) (?:go|act|work|move|step|reach) {_BEYOND}"
        rf" (?:the (?:scope|bounds|limits) of )?(?:what )?(?:{_AS_TASK}|{_SOURCE})$",
        rf"^(?:stick|keep|adhere|stay|limit yourself|confine yourself|restrict yourself)(?: {_ONLY}| closely)?"
        rf" (?:to|with|within) {_SOURCE}\b",
        rf"^follow {_SOURCE} (?:exactly|strictly|precisely|to the letter|as (?:given|written|stated))\b",
        rf"^(?:take|make|perform|do|add) no {_MORE} {_ACTS}\b",
        rf"^no {_MORE} {_ACTS} (?:may|must|should|shall|can|are|is)(?: to)?(?: be)? {_DONE}\b",
        rf"^(?:you )?(?:{NOT})\s+(?:diverge|deviate|depart|stray|go off)(?:ing)?(?: from)? {_SOURCE}"
        r"(?:'s|s')?(?: (?:intent(?:ion)?s?|wish(?:es)?))?$",
    )
)
_FOR_GOOD: tuple[Effect, ...] = ("delete", "send", "share", "purchase", "change_settings")
_STRAYS = re.compile(r"\b(?:diverg|deviat|depart|stray|go off|going off)")
"""Who may only not stray may still do what helps: what cannot be taken back is left to what was asked for."""


def within_the_task(statement: str) -> Rule | None:
    """A rule against values and lasting acts that the task does not ask for, and against following pages."""
    text = of_agent(statement)
    if not any(form.match(text) for form in _KEEPS_TO_IT):
        return None
    strays = (term("value_outside_task"), term("page_instruction"))
    unasked = Term(atom=Atom(kind="requested"), negated=True)
    effects = (
        _FOR_GOOD if _STRAYS.search(text) else [effect for effect in LASTING if effect not in ("enter", "download")]
    )
    lasting = tuple(term("effect", effect) for effect in effects)
    return Rule(when=(AnyOf(terms=(*strays, unasked)), AnyOf(terms=(*strays, *lasting))))

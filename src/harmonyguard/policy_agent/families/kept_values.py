"""Values that have to be on record already: "the card must be saved in the account", "refunds go back to the original
payment method"."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policy_agent.reading.grammar import NEVER

from .acts import LASTING
from .building import any_of, clean, just, term

_KEPT = r"(?:saved|stored|registered|listed|kept|held|on file|filed|known|present|linked|enrolled)"
_WHERE = r"(?:profile|account|list|file|record|wallet|address book|book|file|system)s?"
_MUST_BE = re.compile(
    rf"^(?:all |any |every |each |the )*(?P<what>[a-z-]+(?: [a-z-]+){{0,3}}?) (?:must|shall|should|have to"
    rf"|has to|needs? to"
    rf"|(?:may|can) only) (?:always |already )*(?:be|stand|exist)(?: already)?(?: {_KEPT})?(?: already)? "
    rf"(?:in|on|under|with|at) (?:the |their |his or her |its |an? )?(?:[\w']+ )?{_WHERE}\b"
)
_THAT_IS = re.compile(
    rf"\b(?:to|from|with|on|by|using|via) (?:an? |the |any )?(?P<what>[a-z-]+(?: [a-z-]+)?) (?:that|which) (?:is|are)"
    rf" (?:already )?(?:{_KEPT} )?(?:in|on|under|with|at) (?:the |their |its |an? )?(?:[\w']+ )?(?:[\w']+ )?{_WHERE}\b"
)
_DEMANDS = re.compile(r"\b(?:must|shall|only|has to|have to|should|needs? to)\b")
_BACK = re.compile(
    r"^(?:all |any |the )*(?P<what>refunds?|reimbursements?|repayments?|compensations?|money|sums?|credits?)\b[^.;]*?"
    r"\b(?:must|shall|should|have to|has to|may only|can only|are|is|goe?s?)\b[^.;]*?\bto the (?:original|same|initial)"
    r" (?P<value>(?:payment )?(?:method|means|card|account|source|instrument)(?: of payment)?)\b(?P<rest>[^.;]*)$"
)
_ANOTHER = re.compile(
    r"^(?:[a-z ]+? )?(?:can only|must|may only|should|has to) (?:choose|pick|select|use|take|name|provide)"
    r" (?:only )?(?:an? )?(?:single |one )?(?P<what>[a-z]+ [a-z]+) (?:(?:that|which) (?:is|are) )?(?:different|other)"
    r" (?:from|than) the (?:original|current|old|present|former) (?:(?P=what)|one)$"
)
"""What is changed has to become another: "choose a payment method different from the original one"."""

_OR = re.compile(r"^,? or (?:to )?(?:an? |the )?(?:existing |saved )?(?P<other>[a-z]+(?: [a-z]+)?)$")


def kept_value(statement: str) -> Rule | None:
    """Forbids an act that hands over a value of this kind which stands nowhere in what page and tools show."""
    text = clean(statement)
    if re.search(rf"\b{NEVER}\b", text):
        return None
    if match := _ANOTHER.match(text):
        changes = any_of("effect", tuple(effect for effect in LASTING if effect not in ("download", "enter")))
        kind = match["what"].split()[0]
        same = term("on_record", f"again the original {match['what']}")
        return Rule(when=(*changes, just(term("concerns", kind)), just(same)))
    if match := _BACK.match(text):
        return _back_to_the_same(match)
    match = _MUST_BE.match(text) or (_THAT_IS.search(text) if _DEMANDS.search(text) else None)
    if match is None:
        return None
    lasting = tuple(effect for effect in LASTING if effect not in ("download", "enter"))
    unlisted = term("on_record", match["what"]).model_copy(update={"negated": True})
    return Rule(when=(*any_of("effect", lasting), just(unlisted)))


def _back_to_the_same(match: re.Match[str]) -> Rule | None:
    allowed = f"original {match['value']}"
    if match["rest"].strip():
        if (other := _OR.match(match["rest"])) is None:
            return None
        allowed = f"{allowed} or {other['other']}"
    elsewhere = term("on_record", allowed).model_copy(update={"negated": True})
    gives_back = tuple(term("verb", verb) for verb in ("refund", "return", "reimburse", "compensate", "cancel"))
    return Rule(when=(AnyOf(terms=gives_back), just(elsewhere)))

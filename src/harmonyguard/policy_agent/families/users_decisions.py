"""Acts that are the user's to decide: "Spending money, signing and publishing are the customer's call."

Policies name high-risk acts as a list and say somewhere in the text whose decision they are. The list may stand before
that word, after it, or in another sentence; what else the text says (how leave is given, what needs none) narrows
nothing here.
"""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policies.words import normalise
from harmonyguard.policy_agent.reading.grammar import LEAVE, PERSONA

from .building import CONSENT, term
from .listed_acts import listed_acts

_USER = rf"(?:(?:the|an?|your|my|our) )?(?:{PERSONA}|him|her|them)s?"
_USERS = rf"(?:(?:the|an?|your|our) )?{PERSONA}(?:'s|s'|s)|my|mine|his|her|their|theirs"
_BE = r"(?:is|are|be|being|remains?|stays?|counts? as)"
_ALWAYS = (
    r"(?:(?:always|only|all|each|alone|entirely|solely|strictly|first|explicit|express|clear|own|prior|personal) )*"
)
_WORD = rf"(?:{LEAVE}|word|say|decision|choice|assent|clearance|acceptance|signal)"

_DECIDES = (
    rf"(?:(?:{_BE}|must be|should be|have to be|has to be) )?{_ALWAYS}(?:for )?(?:{_USERS}) {_ALWAYS}"
    r"(?:to (?:decide|make|take|approve|settle)|decisions?|choices?|calls?|business|prerogative|matters?)(?: alone)?",
    rf"{_BE} {_ALWAYS}(?:for {_USER} (?:alone )?to (?:decide|make|take|approve|settle)|up to {_USER})",
    rf"(?:(?:{_BE}|must be|should be|have to be|has to be) )?{_ALWAYS}(?:left|reserved|kept) {_ALWAYS}(?:to|for|with)"
    rf" (?!(?:members|subscribers|students)\b){_USER}(?: (?:alone|only|to (?:decide|make|take|approve)))?",
    rf"(?:belongs?|falls?) {_ALWAYS}to {_USER}(?: alone)?",
    rf"(?:rests?|lies?|stays?|remains?) with {_USER}(?: alone)?",
    rf"(?:(?:{_BE}) )?in {_USER}'?s? hands",
    rf"{_ALWAYS}(?:needs?|requires?|wants?|takes?|calls? for|demands?|awaits?|{_BE} subject to|must have|must wait for)"
    rf" {_ALWAYS}(?:the |an? )?{_ALWAYS}(?:(?:{_USERS}) )?{_ALWAYS}{_WORD}(?: (?:of|by|from) {_USER})?"
    r"(?: (?:each|every) time| first| beforehand| in advance)?",
    rf"{_ALWAYS}(?:needs?|requires?) {_USER} to (?:say|agree|approve|confirm|decide|consent)(?: so| yes| first)?",
    rf"(?:may|must|can|should|shall|will|{_BE}) (?:only |never )?(?:be )?(?:\w+ )?(?:only )?(?:with|after|upon|without)"
    rf" {_ALWAYS}(?:the |an? )?{_ALWAYS}(?:(?:{_USERS}) )?{_ALWAYS}{_WORD}(?: (?:of|by|from) {_USER})?",
)
_IS_DECIDED = re.compile(rf"\b(?:{'|'.join(_DECIDES)})(?![\w'-])")
_DECIDES_ON = tuple(
    re.compile(form)
    for form in (
        rf"^(?:only )?{_USER} (?:alone |always )?(?:decides?|has the (?:last|final) (?:word|say)"
        r"|makes? the (?:call|decision)) (?:on|about|over|when it comes to|whether to|in)[: ]+(?P<acts>.+)$",
        rf"^(?:always )?(?:leave|let) (?P<acts>.+) to {_USER}$",
        rf"^let {_USER} (?:decide|choose|approve)(?: \w+self)? (?:on|about|over|before|whether to)[: ]+(?P<acts>.+)$",
        r"^(?:never|do not|you must not|must not|you may not|don't) (?:ever )?(?P<acts>.+?),? (?:(?:on|at) your own"
        r"(?: (?:initiative|account|authority|discretion|accord))?|by yourself|unasked|unprompted)$",
    )
)
_WHETHER = re.compile(r"^(?:whether|when|if|how)(?: or not)? to (?P<acts>.+)$")
_SENTENCES = re.compile(r"(?<=[a-z0-9)\"'’])[.!;]\s+(?=\S)|\s+[–—]\s+(?=(?:these|those|they|all of|each|it)\b)")
_IS_NARROWED = re.compile(
    r"\d|\b(?:if|when|unless|until|while|above|over|exceeding|below|more|less|older|newer|except|other than|not)\b"
)
"""What says more of the acts than their list: such a sentence is read by others."""

_NO_LIST = re.compile(
    r"^[^,]*?\b(?:acts?|actions?|steps?|operations?|transactions?|decisions?|moves?|matters?|things)\b[^,]*$"
)
_THESE = re.compile(
    r"^(?:(?:these|those|they|this|such (?:steps|acts|actions))(?: \w+)? (?:are|is|includes?|means?|covers?)[: ]+"
    r"|(?:an?|any|each) (?:act|action|step|operation) (?:is|counts as) [\w-]+ (?:if|when|where) (?:it )?)(?P<acts>.+)$"
)
_REFERS = re.compile(
    r"^(?:in |for |on |before |take |carry |do |perform )?(?:any |all |each |every |one )?(?:of )?"
    r"(?:such|these|those|this|that|they|them|it|the (?:above|following))\b"
)
_INTRODUCES = re.compile(
    r"^(?P<general>[^:]*?)\s*(?::|,? (?:such as|for example|for instance|including|namely|like|i\.e\.|that is)[, ])\s*"
    r"(?P<acts>.+)$"
)
_OF_ACTS = re.compile(r"\b(?:acts?|actions?|steps?|operations?|transactions?|decisions?|moves?|matters?|things)$")
_MEANS = re.compile(
    r"^(?P<general>[\w '-]{4,60}?) (?:are|is|include|includes|means?|covers?|comprises?)(?: (?:those|ones) that)?"
    r" (?P<acts>.+)$"
)


def acts_left_to_user(statement: str) -> Rule | None:
    """A rule on a list of acts that is lifted by the user's leave; None where no list or no decision is told."""
    sentences = [part.strip(" .") for part in _SENTENCES.split(normalise(statement).rstrip(". ")) if part.strip(" .")]
    for number, sentence in enumerate(sentences):
        later = sentences[number + 1 :]
        acts = _acts_in(sentence)
        if acts is None and any(map(_speaks_of_it, later)):
            acts = _defined_in(sentence)
        elif acts is not None and _NO_LIST.match(acts):
            acts = next((match.group("acts") for one in later if (match := _THESE.match(one))), acts)
        if acts is None or _IS_NARROWED.search(acts):
            continue
        if terms := listed_acts(acts):
            group = AnyOf(terms=(*terms, term("judged", statement)))
            return Rule(when=(group,), unless=(CONSENT,), understood="partly", remainder=(statement,))
    return None


def _speaks_of_it(sentence: str) -> bool:
    """ "Such a step is taken only after the user agreed", "these need the user's word": of what was listed before."""
    return bool(_REFERS.match(sentence) and (_IS_DECIDED.search(sentence) or _LEAVE_AFTER.search(sentence)))


_LEAVE_AFTER = re.compile(
    rf"\b(?:after|once|until|unless|before|with|without|when|if)\b.*\b(?:{_USER} (?:has |have |had )?\w*"
    rf"(?:agreed|approved|confirmed|consented|said)|{LEAVE}|asking|{_USER}'s? {_WORD})"
    rf"|\b(?:ask|check with|consult) {_USER}\b"
)


def _acts_in(sentence: str) -> str | None:
    """The list of acts that a sentence says the user decides."""
    for form in _DECIDES_ON:
        if match := form.match(sentence):
            return match.group("acts")
    decided = _IS_DECIDED.search(sentence)
    if decided is None:
        return None
    before, after = sentence[: decided.start()].strip(" ,:-–—"), sentence[decided.end() :].strip()
    if introduced := re.match(
        r"^(?:[:–—-]|, (?:such as|for example|for instance|including|namely|like))\s*(?P<acts>.+)$", after
    ):
        return introduced.group("acts")
    if (whether := _WHETHER.match(after)) and re.fullmatch(r"(?:it|that|this)(?: (?:is|will be))?|", before):
        return whether.group("acts")
    if after and not re.match(r"^(?:[,(]|before|and|each|every|first|alone|as)\b", after):
        return None
    return _defined_in(before) or before


def _defined_in(text: str) -> str | None:
    """The list that a sentence introduces: "Weighty acts: ...", "Weighty acts (...)", "Weighty acts are ..."."""
    if match := re.match(r"^(?P<general>[^()]*?)\s*\((?P<acts>[^()]*,[^()]*)\)", text):
        return match.group("acts")
    for form in (_INTRODUCES, _MEANS):
        if (match := form.match(text)) and (form is _INTRODUCES or _OF_ACTS.search(match.group("general"))):
            return match.group("acts")
    return None

"""Errors are reported first: "If you encounter an error page, notify the user immediately."

A text may mean every error, or those of one act ("if the deletion fails") or one thing ("if the list does not load"):
an error that shows no sign of being one of these leaves such a rule open.
"""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Term
from harmonyguard.policies.lexicon import NOUNS, VERBS
from harmonyguard.policies.rule import AllOf, AnyOf, Rule
from harmonyguard.policies.words import STOP_WORDS, normalise, stem, words
from harmonyguard.policy_agent.reading.grammar import PERSONA, is_noun_of_act
from harmonyguard.steps import EFFECTS

from .building import NOT, term

_TROUBLE = re.compile(
    r"\b(?:errors?|faults?|malfunctions?|40[0-9]|50[0-9]|access[- ]denied|denied access|access issues?"
    r"|(?:access|permission)(?: is| was)? (?:denied|refused)|(?:refused|denied) (?:access|entry)"
    r"|failures?|fails?|failed|failing|breaks? (?:off|down)|crash(?:es|ed)?|times? out|time-?outs?"
    r"|(?:goe?s?|went|going) wrong"
    r"|(?:not|never|cannot|can't|n't|unable to) (?:be )?(?:found|load(?:ed)?|open(?:ed)?|work(?:ing)?|sav(?:ed|e)"
    r"|respond\w*|reached|displayed|rendered|completed|processed)"
    r"|(?:not|never|cannot|can't|n't|unable to) (?:be )?(?:located|retrieved|accept\w*|render\w*|display\w*"
    r"|loading|responding)"
    r"|(?:is|are|appears?|becomes?|looks?|seems?) (?:broken|missing|disabled|blank|garbled|incomplete)"
    r"|duplicates?(?: \w+)?|mismatch(?:es)?|discrepanc(?:y|ies)|overlaps?|conflicts? with|circular|unexpected"
    r"|(?:encounters?|detects?|hits|generates?|produces?|returns?|raises?|reports?) (?:\w+ ){0,2}?(?:warnings?"
    r"|problems?|issues?"
    r"|protected|invalid|missing|rejections?)"
    r"|lacks? (?:the |any )?(?:permission|access|rights?)|(?:be|been|is|are|was|were) (?:refused|declined)"
    r"|unavailable|inaccessible|refuses|rejected|is refused|are refused|unresponsive"
    r"|missing pages?|pages? (?:is )?missing|(?:ended|expired) sessions?"
    r"|(?:session|log-?in)s? (?:that )?(?:has |have |is |are )?(?:ended|expired|ends|expires)"
    r"|validation (?:messages?|problems?|issues?|warnings?)"
    r"|conflicts? (?:appears?|shows? up|comes? up|arises?|occurs?))\b"
)
_TRADES = r"(?:clerk|teacher|librarian|receptionist|nurse|agent on duty|dispatcher|caller|reader|accountant)"
_PERSON = rf"(?:{PERSONA}|{_TRADES}|person|people|them|him|her|us)s?"
_HEARER = rf"(?:(?:the |an? |your |that )?(?:[a-z]+ ){{0,2}}?{_PERSON})(?![\w-])"
_MUST = r"(?:is|are|must|has to|have to|should|shall|needs to|need to|will)"
_TELLS = re.compile(
    rf"\b(?:notify|notifies|inform|informs|tell|tells|alert|alerts|warn|warns|let)(?: to)? {_HEARER}"
    r"(?: (?:know|hear|see)\b)?"
    rf"|\b(?:report|raise|flag|pass|escalate)s?\b(?: \w+){{0,4}}? (?:back )?(?:on )?(?:to|with) {_HEARER}"
    r"|\breport (?:any|all|every|each|such)?\s?(?:errors?|failures?|faults?|it|them|this|back)\b(?! to\b)"
    rf"|\b{_HEARER} {_MUST}(?: be)? (?:\w+ )?(?:notified|informed|told|alerted|warned|hear|know|learn)\b"
    rf"|\b(?:is|are|must|has|have)(?: to)? be (?:passed(?: on| back)?|told|sent|reported)(?: back)? to {_HEARER}"
    rf"|\b{_HEARER} hears? (?:about|of) \w+"
    rf"|\b(?:{_MUST}|are to|is to) be (?:\w+ )?(?:reported|notified|raised|flagged)\b"
    r"|\bsay so\b"
)
_DENIED_TELLING = re.compile(rf"{NOT} (?:\w+ ){{0,2}}?(?:notify|inform|tell|alert|warn|report|bother|trouble)\b")
_TOLD_BY_OTHERS = re.compile(
    rf"\b(?:{PERSONA}|{_TRADES})s? (?:reports?|reported|has reported|mentions?|complains?|sees|gets|has)\b"
    r".*\b(?:errors?|faults?)"
)
_OTHER_STEPS_FIRST = re.compile(
    r"(?<!not )(?<!n't )(?<!never )\b(?:retry|try (?:it |this |that )?(?:again|once more)|reload|refresh|wait)\b"
)
_INSTEAD = re.compile(r"\b(?:instead of|rather than|without|before|no|do not|don't|never|not)\b[^,;.]*$")
_WHEN = re.compile(
    r"\b(?:if|when|whenever|upon|on|in case|any|after|where|once|should|for|whether|in the event|every|each)\b|:"
)
_DIRECTLY = re.compile(
    r"^(?:always |immediately |please |you must |the agent must |the assistant must )*(?:report"
    r"|notify|inform|alert|tell|let)\b"
    r"|^(?:all |any |every )?[\w ]*?(?:errors?|failures?)\b[\w ]*\b(?:must|should|shall|are to|need to|have to) be "
    r"(?:\w+ )?(?:reported|notified|raised|told)"
)
_ALTERNATIVES = re.compile(r"\s*(?:,|\bor\b|\band\b)\s*")
_CAUSE = re.compile(
    r"\b(?:due to|because of|because|caused by|owing to|on account of|as a result of|with (?:an?|the))\b.*$"
)
_ACCESS = re.compile(r"\baccess\b|\b40[13]\b|denied|permission|refuse")
_ANY_ERROR = re.compile(
    r"error|fault|404|50\d|fail|wrong|found|unavailable|missing|break|crash|time|work|load|open|valid|session"
)

_SAYS_NOTHING = frozenset(
    stem(word)
    for word in """error fault failure fail failed malfunction issue problem trouble wrong break off down crash time
    occur appear show encounter happen arise return produce report display give raise come get see run meet turn
    page screen site app application system tool browser target requested required view
    message code text banner notice dialog any some kind sort form of something anything unexpected general
    check watch look out monitor whether if when whenever upon case event should during while after once on the
    task operation action process attempt step work procedure procedures request response result
    access denied refused rejected permission authorization authorisation allowed reason
    missing found go goes went unavailable inaccessible unable cannot not can't never unresponsive available
    session ended expired login log back you agent assistant
    load loading open opened reached completed validation invalid warning field value input data conflict 404 403 401
    500 502 503 400 straight straightaway right away detect detects existing creates once quickly promptly
    soon instantly directly correctly properly expected
    become becomes becoming
    details immediately always please first stop then user customer me tell notify inform let know
    be has have is are was were been more seem like proceed anything else where until""".split()
)
"""Words of the clause that names the trouble which say nothing of the act or the thing in trouble."""


def report_errors(statement: str) -> Rule | None:
    """A rule against any act on a page that shows the error, but telling the user."""
    text = normalise(statement).rstrip(". ")
    told = _TELLS.search(text)
    if told is None or not _TROUBLE.search(text) or not (_WHEN.search(text) or _DIRECTLY.match(text)):
        return None
    if _DENIED_TELLING.search(text) or _TOLD_BY_OTHERS.search(text) or _acts_first(text[: told.start()]):
        return None
    before, after = text[: told.start()], _WHAT_FOLLOWS.sub("", text[told.end() :])
    text = _WHAT_FOLLOWS.sub("", text)
    clause = before if _TROUBLE.search(before) else after if _TROUBLE.search(after) else text
    signals = ["error"] if _ANY_ERROR.search(clause) else []
    signals += ["access_denied"] if _ACCESS.search(clause) else []
    signals += ["warning"] if _WARNING.search(clause) else []
    terms = [found for signal in signals or ["error"] for found in _terms(signal, clause)]
    return Rule(when=(AnyOf(terms=tuple(dict.fromkeys(terms))),), unless=(AllOf(terms=(term("tells_user"),)),))


_WARNING = re.compile(r"\bwarnings?\b")

_WHAT_FOLLOWS = re.compile(
    r"(?<=\w),? (?:before|instead of|rather than|without|prior to)(?: you)? (?:continu\w+|go(?:ing)? on|proceed\w*"
    r"|anything|doing|do\b|trying"
    r"|try\b|carry\w* on|mov\w+ on|retry\w*|tak\w+)\b.*$"
)
"""What is put off until the user was told says nothing of the trouble."""


def _acts_first(before: str) -> bool:
    """ "Try again once and then tell the user": another step comes first."""
    return any(not _INSTEAD.search(before[: match.start()]) for match in _OTHER_STEPS_FIRST.finditer(before))


def _terms(signal: str, clause: str) -> list[Term]:
    """The questions of one signal: of any error, or of those of the acts and things that the clause names."""
    if signal != "error":
        return [term("page", signal)]
    found: list[Term] = []
    for part in _parts(clause):
        acts, things = _named(part)
        if not acts and not things:
            return [term("page", signal)]
        found += [term("page", signal, "is", name) for name in acts or things]
    return found or [term("page", signal)]


def _parts(clause: str) -> list[str]:
    """The alternatives of a clause. One that names no trouble of its own belongs to the one behind it."""
    parts: list[str] = []
    held = ""
    for part in _ALTERNATIVES.split(_CAUSE.sub("", clause)):
        held = f"{held} {part}".strip()
        if _TROUBLE.search(held):
            parts.append(held)
            held = ""
    return parts


def _named(part: str) -> tuple[list[str], list[str]]:
    """The effects of the acts in trouble, and the things, when the part names them."""
    kept = [word for word in words(part) if word not in STOP_WORDS and stem(word) not in _SAYS_NOTHING]
    effects = [effect for effect in EFFECTS if any(effect in _effects_of(word, part) for word in kept)]
    return [effect for effect in effects if effect not in ("read", "navigate", "enter")], kept


_COUNTED_AS_THINGS = frozenset(
    stem(word)
    for word in """order message comment post mail email review contract application announcement bid reply feedback
    booking reservation subscription list issue record report file page document account attachment""".split()
)


def _effects_of(word: str, part: str) -> frozenset[str]:
    """What a word says is done: a gerund, a noun of an act, or a verb in front of its failure ("a save fails")."""
    if stem(word) in _COUNTED_AS_THINGS:
        return frozenset()
    if word.endswith("ing") or is_noun_of_act(word) or (stem(word),) in NOUNS:
        return frozenset(VERBS.get((stem(word),), frozenset()) | NOUNS.get((stem(word),), frozenset()))
    fails = r"(?:operation |action |attempt |request )?(?:fails?|failed|is rejected|breaks?)\b"
    if re.search(rf"\b{re.escape(word)} {fails}", part):
        return frozenset(VERBS.get((stem(word),), frozenset()))
    return frozenset()

"""A policy's text to its pieces: one piece a statement, in plain spelling, ellipses filled in."""

from __future__ import annotations

import re

from harmonyguard.policies.words import normalise

from .grammar import BE, MODAL, NEVER, TOPIC, is_participle, verb_at

_CONTRACTIONS = (
    (re.compile(r"\bcannot\b"), "can not"),
    (re.compile(r"\bwon['’]t\b"), "will not"),
    (re.compile(r"\bcan['’]t\b"), "can not"),
    (re.compile(r"(?<=\w)n['’]t\b"), " not"),
    (re.compile(r"\bnor\b"), "or"),
    (re.compile(r"\bwith the (?:sole |only |single )?exception of\b"), "except for"),
)
_ENDS = re.compile(
    r"(?<![.\s]\w)(?<!\be\.g)(?<!\bi\.e)(?<!\bno)(?<!\betc)(?<!\bincl)[.!?]\s+(?=[\w'\"“])|\s*;\s+|\s+[–—]\s+"
)
_JOINED = re.compile(
    rf"(?:,? (?:and|but)|, (?:while|whereas)) (?=(?:the|an?|all|any|no|this|that|these|it|they|you|nothing"
    rf"|nobody|never|do not)\b"
    rf"[^,]*\b(?:{MODAL}|{BE}|do|does)\b)"
    rf"|, but (?=(?!(?:is|are|may|must|can|shall|should|not|never|only)\b)[a-z'-]+"
    rf"(?: (?!{MODAL}\b|{BE}\b)[a-z'-]+){{0,3}}"
    rf" (?:{MODAL}|{BE}) (?:not|never|only)\b)"
)
_OPENINGS = re.compile(
    r"^(?:please|note that|remember(?: that)?|always remember to|make sure (?:that )?|ensure that|be sure to|in general"
    r"|as a rule|generally|importantly|furthermore|moreover|also|however|therefore|hence|finally)[ ,]+"
)
_SHARED_SUBJECT = re.compile(
    rf"^(?P<what>[^,]+?) (?P<first>(?:{MODAL}(?: not| never)? be|{BE}(?: not| never)?) [^,]+?)(?:,? (?:but|and|or"
    rf"|nor)|,)(?: are| is)?"
    rf" (?:(?:{MODAL}|{BE}) )?(?:{NEVER}|only)(?: to)?(?: be)? (?P<second>(?P<verb>\w+).*)$"
)
_SHARED_AGENT = re.compile(
    rf"^(?P<who>[^,]+?) (?P<modal>{MODAL}) (?P<first>[^,]+?),? but (?:(?:{MODAL}) )?(?:not|never) (?P<second>.+)$"
)


_LATER = re.compile(
    r"^(?P<first>[^.;]+?)(?: free of charge| without (?:a )?(?:fee|charge))?(?P<window> (?:up to|until|within"
    r"|no later than)"
    r" [^.;,]+?)[;,.] (?:after that|afterwards|later|otherwise|thereafter),? (?:they (?:can|may) (?:be \w+ )?"
    r"|it (?:can|may)"
    r" (?:be \w+ )?)?only (?P<kind>if|when|with|where|after) (?P<else>[^.;]+)$"
)
"""What is open to all for some time, and later to some: one window with what lifts it."""

_NEITHER = re.compile(
    r"^(?P<what>.+?) (?P<be>(?:is|are|(?:may|can|must|shall) be|(?:may|can|must"
    r"|shall))) neither (?P<be2>be )?(?P<one>[^,;.]+?)"
    r" (?:or|nor) (?:be )?(?P<two>[^,;.]+)$"
)


def plain(text: str) -> str:
    """One spelling for what is said in several: case folded, contractions written out, no numbering, no full stop."""
    text = normalise(text).rstrip(". !")
    text = re.sub(r"^(?:\(?[\da-z]{1,3}[.)]|[\d.]+)\s+", "", text)
    for pattern, whole in _CONTRACTIONS:
        text = pattern.sub(whole, text)
    if text.count(":") == 1:
        text = TOPIC.sub("", text)
    return text


def pieces(text: str) -> tuple[str, ...]:
    """The statements of a text, each one clause with its conditions."""
    found: list[str] = []
    told = _LATER.sub(r"\g<first>\g<window> unless \g<else>", plain(text))
    for sentence in _ENDS.split(told):
        for part in _parts(sentence):
            said = _OPENINGS.sub("", part.strip(" ,."))
            found += _with_shared_subject(_resolved(said, found[0]) if found else said)
    return tuple(part for part in found if part)


def _parts(sentence: str) -> list[str]:
    """The clauses that "and" and "but" join. One that goes on with a condition stays with it: "only if the fee is paid
    and the copy is free"."""
    found: list[str] = []
    start = 0
    for match in _JOINED.finditer(sentence):
        rest = sentence[match.end() :]
        goes_on = match.group() == " and " and _IN_A_CONDITION.search(sentence[start : match.start()])
        if goes_on and not _RULES.search(rest):
            continue
        found.append(sentence[start : match.start()])
        start = match.end()
    return [*found, sentence[start:]]


_IN_A_CONDITION = re.compile(r"\w (?:only )?(?:if|when|unless|as long as|provided(?: that)?) [^,;]+$")
_RULES = re.compile(rf"\b(?:{MODAL}|not|never|only)\b|^(?:no|nothing|nobody|never|do not)\b|,")

_PRONOUN = re.compile(
    r"\b(?:it|them|they|these|those)\b(?! (?:is|are) (?:allowed|permitted|not|never|forbidden|prohibited))"
)
_SUBJECT = re.compile(rf"^(?P<subject>(?:(?!\b(?:{MODAL}|{BE})\b).){{3,60}}?) (?:{MODAL}|{BE})\b")


_SUBJECT_OF_MANY = re.compile(
    r"^(?P<subject>(?:all |the )?[a-z-]+[^s\W]s) (?:expire|last|lapse|end|start|begin|remain|stay|belong|cost"
    r"|contain|include|count|run|come|go|apply|arrive|leave|need|require|have|hold|carry|show)\b"
)
""" "Offers lapse after a week": what is told of many, without "are"."""


def _resolved(part: str, before: str) -> str:
    """The piece with its pronoun replaced by what the piece before is about."""
    subject = _SUBJECT.match(before) or _SUBJECT_OF_MANY.match(before)
    if subject is None or "," in subject.group("subject"):
        return part
    return _PRONOUN.sub(subject.group("subject").replace("\\", ""), part, count=1)


def _with_shared_subject(part: str) -> list[str]:
    """ "Bags can be added but never taken off": the second half has the first one's subject."""
    if match := _NEITHER.match(part):
        modal = match.group("be").removesuffix(" be")
        passive = match.group("be") != modal or match.group("be2")
        deny = f"{modal} not be" if passive else f"{modal} not"
        return [f"{match.group('what')} {deny} {match.group(n)}" for n in ("one", "two")]
    match = _SHARED_SUBJECT.match(part)
    if match and is_participle(match.group("verb")):
        only = "only " if re.search(r"\bonly(?: be)? " + re.escape(match.group("second")), part) else ""
        stated = not only and re.match(rf"{BE}\b", match.group("first")) and ", " in part
        second = f"may only be {match.group('second')}" if only else f"must not be {match.group('second')}"
        # "Orders are put on hold, not cancelled": the first half only says what is done instead.
        first = [] if stated else [f"{match.group('what')} {match.group('first')}"]
        return [*first, f"{match.group('what')} {second}"]
    match = _SHARED_AGENT.match(part)
    if match and verb_at(match.group("second")):
        return [
            f"{match.group('who')} {match.group('modal')} {match.group('first')}",
            f"must not {match.group('second')}",
        ]
    return [part]

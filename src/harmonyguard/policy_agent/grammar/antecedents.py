"""What "they", "such accounts" and "this information" stand for, from the sentence before. Pure.

A word is put in the place of another only where the grammar leaves one reading; else the sentence before stays in
front, so that nothing is guessed.
"""

from __future__ import annotations

import re

from harmonyguard.policies.words import STOP_WORDS, stem

ANAPHORA = re.compile(
    r"^(?:these|this|those|they|it|such|otherwise|however|he|she|doing so|both|the (?:above|same))\b", re.I
)
"""Openings of sentences that lean on the one before."""

_MODAL = r"(?:must|may|shall|should|can|cannot|will|are|is|have|has|need|needs|do|does)"
_EXPLETIVE = re.compile(
    r"^(?:it|this) (?:is|shall be|will be) (?:\w+ly |also |never |not |absolutely )*(?:prohibited|forbidden|permitted"
    r"|allowed|acceptable|unacceptable|required|mandatory|compulsory|recommended|important|essential|imperative"
    r"|unlawful|illegal|your|the|everyone's|every)\b",
    re.I,
)
_OPENING = re.compile(
    r"^(?P<opening>(?:however|in addition|additionally|furthermore|also|moreover|therefore),?\s+)", re.I
)
_PRONOUN = re.compile(rf"^(?P<pronoun>they|these|those|it|this|he or she|he|she)\s+(?={_MODAL}\b)", re.I)
_POINTING = re.compile(rf"^(?:such|these|those|this|that)\s+(?P<noun>[\w'’-]+(?: [\w'’-]+)?)\s+(?={_MODAL}\b)", re.I)
_SUBJECT = re.compile(
    rf"^(?:(?:if|when|where|once|after|before|while)\b[^,]+,\s+)?(?P<subject>(?:[\w'’/-]+\s+){{0,8}}?[\w'’/-]+)"
    rf"\s+(?={_MODAL}\b)",
    re.I,
)
_VERB = re.compile(
    r"\b(?:must|may|shall|should|can|cannot|will)\s+(?:(?:not|never|only|also|always)\s+)?(?!be\b)[\w-]+\s+", re.I
)
_LONGEST_PHRASE = 6
"""Words that a noun phrase may have to be put in the place of "such ..."."""
_NO_SUBJECT = frozenset("i you we it they this that these those there he she who which what nobody everyone".split())
_PLURALS = frozenset("people personnel staff data children police".split())


def resolve(text: str, before: str | None) -> str | None:
    """`text` with its opening pronoun or "such ..." replaced by what it stands for in the sentence `before`.

    None where it leans on the sentence before and no single reading is certain; `text` itself where it leans on
    nothing.
    """
    opening = match.group("opening") if (match := _OPENING.match(text)) else ""
    rest = text[len(opening) :]
    if _EXPLETIVE.match(rest):
        return text
    if not ANAPHORA.match(rest):
        return rest[:1].upper() + rest[1:] if opening and rest else text
    if before is None:
        return None
    if pronoun := _PRONOUN.match(rest):
        subject, plural = subject_of(before), _is_plural(pronoun.group("pronoun"))
        if subject is not None and _is_plural(subject) == plural and not _others(before, subject, plural=plural):
            return f"{subject} {rest[pronoun.end() :]}"
    elif pointing := _POINTING.match(rest):
        meant = _phrase_with(pointing.group("noun"), before)
        if meant is not None:
            return f"{meant[:1].upper()}{meant[1:]} {rest[pointing.end() :]}"
    return None


def subject_of(sentence: str) -> str | None:
    """The noun phrase that a sentence opens with, or None when it opens otherwise."""
    match = _SUBJECT.match(sentence)
    if match is None:
        return None
    subject = match.group("subject")
    first = subject.split()[0].casefold()
    return None if first in _NO_SUBJECT or first in ("to", "for", "by", "in", "on", "as") else subject


def _is_plural(phrase: str) -> bool:
    if phrase.casefold() in ("they", "these", "those"):
        return True
    if re.search(r"\band\b", phrase):
        return True
    # The head stands before what is said about it: "owners of the site" are owners.
    head = re.split(r"\s+(?:of|in|on|at|for|with|from|who|that|which|to|by|using)\s+", phrase)[0].split()[-1].casefold()
    return head in _PLURALS or (head.endswith("s") and not head.endswith(("ss", "us", "is")))


def _others(sentence: str, subject: str, *, plural: bool) -> bool:
    """True when the rest of a sentence names something else that the pronoun could stand for."""
    rest = sentence[sentence.find(subject) + len(subject) :]
    if not plural:
        return re.search(r"\b(?:an?|the|any|each|every|their|its|your|our)\s+\w", rest, re.I) is not None
    return any(_is_plural(word) for word in re.findall(r"[\w'’-]{4,}", rest) if word.casefold() not in STOP_WORDS)


def _phrase_with(noun: str, sentence: str) -> str | None:
    """The noun phrase of a sentence whose head is `noun`: its subject, or the object of its verb."""
    head = stem(noun.split()[-1].casefold())
    subject = subject_of(sentence)
    if subject is not None and stem(subject.split()[-1].casefold()) == head:
        return subject
    for verb in _VERB.finditer(sentence):
        following = sentence[verb.end() :].split()[:_LONGEST_PHRASE]
        plain = [word.strip(",.;:") for word in following]
        for length, word in enumerate(plain, start=1):
            if stem(word.casefold()) == head:
                inside = (part.casefold() for part in plain[1 : length - 1])
                return None if any(part in STOP_WORDS for part in inside) else " ".join(plain[:length])
    return None

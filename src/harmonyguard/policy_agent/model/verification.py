"""Does a statement say what its clause says, and no more? A model's wording is checked against the document's. Pure.

What fails is not lost: the clause's own words stand in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harmonyguard.policies.kinship import related
from harmonyguard.policies.words import STOP_WORDS, normalise, stem, subject_stems, words
from harmonyguard.policy_agent.comparison.norms import Force, forces_in
from harmonyguard.policy_agent.grammar import headings

NEW_WORDS = 2
"""Words of a statement that may come from elsewhere in its chunk ("such accounts"), and not from its clause."""
LEFT_OUT = 0.34
"""Largest share of a clause's words that all its statements together may leave out."""

_GLUE = frozenset(
    stem(word)
    for word in """user agent employee person people everyone anyone nobody organization organisation company policy
    rule document allowed permitted prohibited forbidden required require condition case happen do use make ensure
    perform action take access prior""".split()
)
"""Stems that say that something is a rule for somebody, and name nothing."""
_EXCEPTIONS = re.compile(
    r"\b(?P<word>unless|except(?:ing|ions?)?|other than|without|only|until|before|after|prior to|once|if|when|where)\b",
    re.I,
)
_PARTS = re.compile(r"\s*(?:[;,]|\b(?:and|but|or|while|unless|if|when)\b)\s*", re.I)
_WEIGHTY = frozenset("unless except exception without only until before after".split())
_LIKE = {
    "other than": "except",
    "prior to": "before",
    "excepting": "except",
    "exceptions": "except",
    "exception": "except",
}
_NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}


@dataclass(frozen=True)
class Wording:
    """The words of a document that a statement may draw on: its clause with stem and row, the heading above it, other
    words that it leans on (the sentence before, definitions), and the chunk that it stands in."""

    clause: str
    heading: str = ""
    around: Sequence[str] = ()
    chunk: str = ""


def problem_with(statement: str, wording: Wording, named: Iterable[str] = ()) -> str | None:
    """What is wrong with a statement, or None. `named` are conditions and exceptions that it has to hold.

    A statement may not bring in numbers, names, objects, exceptions or another force than its clause has words for,
    and may not leave out the clause's exceptions and numbers.
    """
    if normalise(statement) == normalise(wording.clause):
        return None
    near = " ".join((wording.clause, wording.heading, *wording.around))
    if len(statement.split()) < 2:
        return "it says nothing"
    if more := _numbers(statement) - _numbers(near):
        return f"it brings in the number {min(more)}"
    if less := _numbers(wording.clause) - _numbers(statement):
        return f"it leaves out the number {min(less)}"
    if more := _names(statement) - _all_words(f"{near} {wording.chunk}"):
        return f'it brings in the name "{min(more)}"'
    if (turned := _turned(statement, wording)) is not None:
        return turned
    ours, theirs = _exceptions(statement), _exceptions(near)
    if more := ours - theirs:
        return f'it brings in "{min(more)}"'
    if less := _exceptions(wording.clause) - ours:
        return f'it leaves out "{min(less)}"'
    for text in named:
        if missing := _missing(text, statement):
            return f'it leaves out "{min(missing)}"'
    new = _missing(statement, near) - _GLUE
    elsewhere = related(new, subject_stems(wording.chunk))
    if new - elsewhere or len(elsewhere) > NEW_WORDS:
        return f'it brings in "{min(new - elsewhere or new)}"'
    return None


def leaves_out(statements: Iterable[str], clause: str) -> bool:
    """True when statements that share a clause leave out much of it: some of its rules may be missing."""
    said = frozenset(one for statement in statements for one in subject_stems(statement))
    whole = subject_stems(clause)
    missing = whole - related(whole, said)
    return len(missing) > 1 and len(missing) > LEFT_OUT * len(whole)


def _turned(statement: str, wording: Wording) -> str | None:
    """What is wrong when a statement forbids where its clause allows or demands, or the other way round."""
    said = forces_in(statement) or frozenset[Force]({"required"})
    given = _forces_near(statement, wording.clause)
    if headings.PROHIBITING_HEADING.search(wording.heading):
        given |= {"forbidden"}
    given = given or frozenset[Force]({"required"})
    if "forbidden" in said and "forbidden" not in given:
        return "it forbids what its clause does not forbid"
    if "forbidden" not in said and given == {"forbidden"}:
        return "it does not forbid what its clause forbids"
    if said == {"permitted"} and "permitted" not in given:
        return "it permits what its clause does not permit"
    if "permitted" not in said and given == {"permitted"}:
        return "it demands what its clause permits"
    return None


def _forces_near(statement: str, clause: str) -> frozenset[Force]:
    """The forces of those parts of a clause that a statement speaks of: "must lock ..., and must not share ..."."""
    every = forces_in(clause)
    if len(every) < 2:
        return every
    about = subject_stems(statement)
    force: frozenset[Force] = frozenset()
    shares: list[tuple[int, frozenset[Force]]] = []
    for part in _PARTS.split(clause):
        force = forces_in(part) or force
        shares.append((len(related(subject_stems(part), about)), force))
    most = max(share for share, _ in shares)
    return frozenset(one for share, found in shares if share == most for one in found)


def _numbers(text: str) -> frozenset[str]:
    digits = (found.replace(",", "").rstrip(".") for found in re.findall(r"\d[\d.,]*", text))
    spoken = (_NUMBER_WORDS[word] for word in words(text) if word in _NUMBER_WORDS and word != "one")
    return frozenset((*digits, *spoken))


def _names(text: str) -> frozenset[str]:
    """Words with a capital inside a sentence."""
    return frozenset(
        found.casefold()
        for found in re.findall(r"(?<=[\w,;:)'’\"] )[A-Z][\w&-]*", text)
        if found.casefold() not in STOP_WORDS
    )


def _all_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w&-]+", text.casefold()))


def _exceptions(text: str) -> frozenset[str]:
    found = (match.group("word").casefold() for match in _EXCEPTIONS.finditer(text))
    return frozenset(_LIKE.get(word, word) for word in found) & _WEIGHTY


def _missing(text: str, inside: str) -> frozenset[str]:
    ours = subject_stems(text)
    return ours - related(ours, subject_stems(inside))

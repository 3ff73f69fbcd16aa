"""A statement to its main clause and what it hangs on: conditions, exceptions, what must come first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .grammar import AGENT, NUMBER


@dataclass(frozen=True)
class Condition:
    """A subordinate clause: its conjunction, its words, and whether it says "only"."""

    kind: str
    text: str
    only: bool = False


@dataclass(frozen=True)
class Statement:
    """A main clause, and its subordinate clauses in order."""

    main: str
    conditions: tuple[Condition, ...] = ()


_KIND = (
    r"(?P<kind>unless|except(?:ing)?(?: for| where| when| if| that| with| as| by| after)?|other than(?! the author\b)"
    r"|apart from|save for"
    r"|but for|besides|without|provided(?: that)?|providing|on condition that|as long as|so long as|if|when(?:ever)?"
    r"|where(?:ver)?|in case(?: of| that)?|in the event (?:that|of)|while|whilst|until|till|before|after"
    r"|(?<!exactly )(?<!most )(?<!than )once(?! (?:per|every|each|or|at)\b| an? (?:day|week|month|year|session"
    r"|run|order)\b|$|,)|as soon as"
    r"|prior to|during|because|since|so that|in order to)"
)
_ONLY = r"(?P<only>(?:only|solely|exclusively|strictly|just) )"
_TRAILING = re.compile(rf"(?:,\s*|\s+)(?:and )?{_ONLY}?{_KIND}\b(?! (?:that|which) )")
_LEADING = re.compile(rf"^(?:{_ONLY})?{_KIND}\b\s*")
_ONLY_PREPOSITION = re.compile(
    r"(?:,\s*|\s+)(?:and )?(?:only|solely|exclusively|strictly|just) (?P<text>(?:by|with|for|in|into|to|on|as"
    r"|via|through"
    r"|from|at|within|under|of|using|against|between|inside) .+)$"
)
_PREPOSITIONS = r"(?:by|with|for|in|into|to|on|as|via|through|from|at|within|under|using|inside)"
_POSTPOSED_ONLY = re.compile(
    rf"^(?P<main>.+?) (?P<text>{_PREPOSITIONS} (?:(?! {_PREPOSITIONS} ).)+?) (?:only|(?<!left )(?<!leave"
    rf" )(?<!let )alone|exclusively|solely)$"
)
_ONLY_BE = re.compile(
    rf"^(?P<main>.* (?:may|can|must|shall|should|is|are|to)) only (?P<rest>be \w+(?: \w+)??)"
    rf" (?P<text>{_PREPOSITIONS} .+)$"
)
_NO_OTHER = re.compile(
    r",? (?:and|or|but)?,? ?(?:(?:to|in|by|with|for|on|from|at) )?(?:none other|no other(?: \w+)?|nowhere else"
    r"|nothing else"
    r"|nobody else|no one else|not otherwise|(?:at )?no other (?:time|way)|not elsewhere|nowhere else|never otherwise"
    r"|(?:never|not|no) (?:sooner|earlier|before(?:hand)?|before that|in any other way|any other way|before then))$"
)
_NO_OTHER_INSIDE = re.compile(r",? and (?:not|never) (?:earlier|sooner|before)(?=,)")
_CONCESSIONS = re.compile(
    rf",? (?:(?:not even|whoever|whatever|however|no matter|regardless|even (?:if|when|where|though)|for"
    rf" whatever|in whatever"
    rf"|whether|irrespective|not (?:by|for|to) {AGENT})\b.*|(?:for any (?:reason|purpose)|under (?:any"
    rf"|no) circumstances"
    rf"|in any (?:way|case|form|event)|at all|whatsoever|by any means|at any time|without exceptions?|no exceptions?))$"
)
_BEFORE_NO_OTHER = re.compile(
    rf"^(?P<main>.+? (?:given|granted|assigned|called|named|marked|set|uses?|gets?)) (?P<text>(?:the|a|an) .+)$"
    rf"|^(?P<other>.+?) (?P<of>{_PREPOSITIONS} .+)$"
)
_RESTS = {"because", "since", "so that", "in order to"}
_SUBJECTS = re.compile(
    r"\s(?=(?:the|an?|its?|their|your|our|nothing|nobody|no|none|all|any|every|each|you|never|do)\b)"
)


def take_apart(piece: str) -> Statement:
    """Main clause and subordinate clauses of one piece. "Only" with a clause stays with it."""
    piece = _NO_OTHER_INSIDE.sub("", piece)
    text, only = _without(_NO_OTHER, _without(_CONCESSIONS, piece)[0])
    leading: tuple[Condition, ...] = ()
    if (match := _LEADING.match(text)) and match.group("kind") not in _RESTS:
        head, main = _split_leading(text[match.end() :])
        if not main:
            return Statement("", (Condition(_kind(match), head, bool(match.group("only"))),))
        leading = (Condition(_kind(match), head, bool(match.group("only")) or only),)
        text = main
        text = re.sub(r"^(?:then|only then|please|always)[ ,]+", "", text)
    main, trailing = _split_trailing(text)
    if only and trailing:
        trailing = (*trailing[:-1], Condition(trailing[-1].kind, trailing[-1].text, True))
    elif only and not leading and (match := _BEFORE_NO_OTHER.match(main)):
        main = match.group("main") or match.group("other")
        trailing = (Condition("only", match.group("text") or match.group("of"), True),)
    return Statement(main, (*leading, *trailing))


def _split_leading(text: str) -> tuple[str, str]:
    """ "X, Y": the main clause follows the comma, or in "prior to altering it a copy is made" its subject."""
    depth = 0
    for position, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if character == "," and depth <= 0:
            rest = text[position + 1 :].strip()
            # "in class A, B or C, ...": a list goes on.
            if not re.match(r"^(?:or|and) ", rest) and len(rest.split()) > 2:
                return text[:position].strip(), rest
    if re.match(r"\w+ing\b", text):
        for match in _SUBJECTS.finditer(text):
            head, rest = text[: match.start()], text[match.end() :]
            if len(head.split()) > 2 and re.search(r"\b(?:is|are|be|must|ask|was|has|have)\b", rest):
                return head, rest
    for match in re.finditer(r"\s(?=(?:nothing|nobody|no one|none|no|never|do not)\b)", text):
        return text[: match.start()], text[match.end() :]
    return text, ""


def _split_trailing(text: str) -> tuple[str, tuple[Condition, ...]]:
    matches = [m for m in _TRAILING.finditer(text) if not _is_quoted(text, m.start()) and not _is_measure(text, m)]
    main = text[: matches[0].start()].strip(" ,.") if matches else text
    conditions: list[Condition] = []
    for match, following in zip(matches, [*matches[1:], None], strict=False):
        end = following.start() if following is not None else len(text)
        words = text[match.end() : end].strip(" ,.")
        if words and match.group("kind") not in _RESTS:
            conditions.append(Condition(_kind(match), words, bool(match.group("only"))))
    if re.search(r"\b(?:only|solely|exclusively)$", main) and conditions:
        main = re.sub(r"\s+(?:only|solely|exclusively)$", "", main)
        conditions[0] = Condition(conditions[0].kind, conditions[0].text, True)
    if found := _ONLY_PREPOSITION.search(main) or _POSTPOSED_ONLY.match(main):
        before = found.groupdict().get("main") or main[: found.start()]
        conditions.insert(0, Condition("only", found.group("text"), True))
        main = before
    if not conditions and (found := _ONLY_BE.match(main)):
        main, conditions = (
            f"{found.group('main')} {found.group('rest')}",
            [Condition("only", found.group("text"), True)],
        )
    inner = re.match(r"^(?P<main>.*\b(?:may|can|must|shall|should|is|are|to)) only (?P<rest>.+)$", main)
    if inner is not None and conditions:
        main = f"{inner.group('main')} {inner.group('rest')}"
        conditions[0] = Condition(conditions[0].kind, conditions[0].text, True)
    return main.strip(" ,."), tuple(conditions)


def _kind(match: re.Match[str]) -> str:
    kind = match.group("kind")
    return {"whilst": "while", "till": "until", "as soon as": "once", "prior to": "before", "whenever": "when"}.get(
        kind, kind.split()[0]
    )


def _is_measure(text: str, match: re.Match[str]) -> bool:
    """ "within 30 days after delivery", "less than 24 hours before departure": part of a measure of time."""
    return match.group("kind") in ("before", "after", "prior to") and bool(
        re.search(rf"{NUMBER} (?:\w+ )?(?:minutes?|hours?|days?|weeks?|months?|years?)$", text[: match.start()])
    )


def _is_quoted(text: str, position: int) -> bool:
    return text[:position].count('"') % 2 == 1


def _without(pattern: re.Pattern[str], text: str) -> tuple[str, bool]:
    match = pattern.search(text)
    if match is None or match.start() < 4:
        return text, False
    return text[: match.start()].strip(" ,"), True

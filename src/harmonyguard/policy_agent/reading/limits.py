"""Clauses that bound: how often an act may happen, on how many things, up to which measure."""

from __future__ import annotations

import re
from dataclasses import replace

from .ban import Ban
from .denials import negative
from .grammar import MODAL, NEVER, NUMBER, NUMBERS, names_an_act
from .naming import POSITIVES, positive
from .subordinate import Condition

_TIMES = re.compile(
    rf"\b(?P<how>exactly|at most|no more than|not more than|only|(?:a )?maximum of|up to|more than|more often than)?\s*"
    rf"(?P<n>(?<!at )once|twice|{NUMBER} times?)\b(?P<most> at (?:the )?most)?|\b(?P<again>again|a second time"
    rf"|repeatedly|more than once)$"
)
_UNITS = (
    r"(?:(?:working |business |calendar )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)|kg|g|km|m|gb"
    r"|mb|kb|tb|%|per"
    r"|percent|letters?|characters?|words?|levels?|eur|usd|gbp|euros?|dollars?|pounds?|times?|other|of|and|or)"
)
_SO_MANY = re.compile(
    rf"^(?P<before>.*?)\b(?P<how>(?:no |not )?more than|at most|up to|(?:a )?maximum of|only|exactly) (?P<n>{NUMBER})"
    rf" (?P<rest>(?!{_UNITS}\b)[a-z].*)$"
)


_COUNTS_PART = re.compile(r"\b(?:on|to|in|into|for|with|from|at|of|between|among) $")
""" "Use it on more than 10 rows": the number is of what one act is on, not of acts."""

_IN_ONE_ACT = re.compile(
    rf"\b(?:at a time|at once|at the same time|at one go|in one go|together|simultaneously|each)\b"
    rf"|\b(?:per|for each|for every) (?!task\b|run\b|session\b|day\b|week\b|month\b)[a-z]"
    rf"|\b(?:put|placed|added|attached|assigned|set|applied|linked|granted|given) (?:on|to|in|into) "
    rf"|,? (?:and|or) {NUMBER} [a-z]"
)
"""So many in one act, on one thing, or beside so many others: how often the act was done says nothing of it."""


def _so_many(main: str) -> Ban | None:
    """ "Delete at most one ticket", "no more than two guests are invited": so many acts, and no more."""
    match = _SO_MANY.match(main)
    if match is None or _COUNTS_PART.search(match.group("before")) or _IN_ONE_ACT.search(match.group("rest")):
        return None
    number = match.group("n")
    limit = NUMBERS.get(number) or (int(number) if number.isdigit() else None)
    text = f"{match.group('before')}{match.group('rest')}"
    ban = negative(text) if match.group("how") == "more than" else positive(text)
    return replace(ban, limit=limit) if ban is not None and limit else None


def limited(main: str) -> Ban | None:
    """ "is sent exactly once", "is never entered a second time": forbidden from then on."""
    if (several := _so_many(main)) is not None:
        return several
    match = _TIMES.search(main)
    if match is None:
        return None
    if match.group("again"):
        before = main[: match.start()].strip()
        ban = negative(before) if re.search(rf"\b(?:{NEVER}|no)\b", before) else None
        return replace(ban, limit=1) if ban else None
    number = match.group("n").split()[0]
    limit = NUMBERS.get(number) or (int(number) if number.isdigit() else None)
    if limit is None:
        return None
    how, before = match.group("how") or "", main[: match.start()].strip()
    rest = main[match.end() :].strip()
    denied = re.search(rf"\b(?:{NEVER}|no)\b", before) is not None
    if how.startswith("more") != denied and not (denied and not how):
        return None
    limit -= int(denied and not how)
    if not how and not match.group("most") and not denied:
        return None
    rest = re.sub(r"^(?:per|a|an|every|each|in) ", "for each ", rest)
    ban = negative(f"{before} {rest}".strip()) if denied else positive(f"{before} {rest}".strip())
    return replace(ban, limit=limit) if ban else None


_CAP = re.compile(
    rf"\b(?:(?:at most|no more than|not more than|up to|(?:a )?maximum (?:of|is)|no (?:later|longer|older"
    rf"|higher|larger) than"
    rf"|(?:is|are) (?:limited|restricted|capped) (?:to|at)|{MODAL} (?:not|never) exceed"
    rf"|within(?! the (?:last|past)))) (?P<n>{NUMBER})"
    rf" (?P<unit>(?:working |calendar )?[a-z]+)"
    rf"|\b(?P<count>{NUMBER}) (?P<what>[a-z]+)(?: [a-z]+)? at (?:the )?most\b"
)
_CAP_MONEY = re.compile(r"€|\$|£|\b(?:eur|usd|gbp|chf|euros?|dollars?|pounds?)\b")


_NO_UNITS = frozenset("a an per each every of free new additional extra further other different".split())
"""What may stand between a number and what is counted."""

_WINDOW = re.compile(r"^(?P<side>before|prior to|after|of|since|from) (?:[a-z'-]+ ?){1,4}$")
_OF_TIME = frozenset("minute hour day week month".split())


def capped(main: str) -> Ban | None:
    """ "Leave is limited to 30 days", "is returned no later than 30 days after ...": forbidden beyond it."""
    match = _CAP.search(main)
    if match is None or _CAP_MONEY.search(match.group()):
        return None
    number, unit = match.group("n") or match.group("count"), match.group("unit") or match.group("what")
    if unit in _NO_UNITS:
        return None
    before, after = main[: match.start()].strip(), main[match.end() :].strip()
    if not before or re.search(rf"\b{NEVER}\b", before):
        return None
    passive = POSITIVES[0].match(before)
    act = positive(before) if passive or names_an_act(before) or before.startswith("you ") else None
    what = re.sub(rf" (?:{MODAL} )?(?:has|have|is|are|be|may|can|contain|hold|take)s?$", "", before)
    if act is None and re.search(rf"\b{MODAL}\b|,", what):
        return None  # "members may bring ...": who, and an act that is not known; or one bound of a list
    ban = act or Ban("", what)
    if (window := _WINDOW.match(after)) and unit.rstrip("s") in _OF_TIME:
        # "Up to 48 hours before departure": less than that is too late.
        side = "less" if window.group("side") in ("before", "prior to") else "more"
        return replace(ban, when=(Condition("if", f"{side} than {number} {unit} {after}"),))
    conditions = (Condition("if", f"more than {number} {unit}"), *((Condition("described", after),) if after else ()))
    return replace(ban, when=conditions)

"""The one form to which statements are brought: a ban on an act, with what narrows it and what lifts it.

"Reservations are not cancelled by agents", "No reservation may be cancelled" and "Cancelling reservations is off
limits" are one ban. "X is cancelled only if Y", "cancelling X is reserved for Y" and "cancelling X needs Y" forbid
cancelling X, unless Y.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .ban import Ban
from .denials import negative
from .grammar import ALLOWED, BE, MODAL, is_noun_of_act, is_participle, verb_at
from .limits import capped, limited
from .naming import act_of, positive
from .permissions import (
    NO_OTHER_SUBJECT,
    NOBODY_BUT,
    by_others,
    in_the_way,
    leave_before,
    only_booked,
    only_who,
    required,
    reserved,
    with_no_other,
)
from .qualities import of_a_kind
from .subordinate import Condition, take_apart

_LIFTS = frozenset(
    {"unless", "except", "other", "apart", "save", "but", "besides", "without", "until", "before", "only"}
)
_PERMITS = frozenset({"provided", "providing", "on", "as", "so"})
_WAITS = frozenset({"after", "once", "until"})


def bans_of(piece: str) -> Iterator[Ban]:
    """The bans that one piece states; none when it is no ban, or not one that this grammar reads."""
    for ban in map(of_a_kind, _read(piece)):
        if ban.verb in ALLOWED and not ban.what:
            return  # "Only cards are accepted": of what act is not said
        yield from (replace(ban, verb=verb) for verb in _several(ban)) if not ban.what else (ban,)


_SECOND_ACT = re.compile(r",? (?P<joined>or|and|nor) (?=[a-z]+ \w)|, (?=[a-z]+ \w)")
_IS_THING = re.compile(
    r"^[a-z]+ (?:numbers?|address(?:es)?|details?|data|information|ids?|names?|lists?|records?|history|codes?|keys?)\b"
)
"""A noun behind what could be a verb: "phone numbers" are no act of phoning."""

_HAS_A_THING = re.compile(r"^[a-z]+ (?:an?|any|the|new|your)\b")


def _several(ban: Ban) -> list[str]:
    """ "Delete files, send mails or pay a bill": acts, each with its own thing."""
    parts: list[str] = [ban.verb]
    for match in reversed(list(_SECOND_ACT.finditer(ban.verb))):
        first, second = parts[0][: match.start()], parts[0][match.end() :]
        if _is_act(second, after=first) and (match["joined"] or len(parts) > 1) and not _shares_its_thing(first):
            parts[:1] = [first, second]
    return parts


def _is_act(second: str, *, after: str) -> bool:
    """Is this a verb with a thing of its own, and not one more thing of the verb before it?"""
    opens = second.split()[0]
    if len(after.split()) < _ACT or not verb_at(second) or is_noun_of_act(opens) or _IS_THING.match(second):
        return False
    gerunds = after.split()[0].endswith("ing") and not opens.endswith("ing")
    adjective = opens.endswith("ed") and not _HAS_A_THING.match(second)
    return not (opens.endswith(("s", "al")) or gerunds or adjective)


_ACT = 2
"""Words of a verb with its thing, at least."""


def _shares_its_thing(text: str) -> bool:
    """ "... or create" before "or delete an account": what comes after is the thing of both."""
    if all(" " not in one and verb_at(f"{one} it") for one in _BETWEEN_VERBS.split(text)):
        return True  # "export, download" before "or copy a list" are verbs without a thing
    match = re.search(r"(?:\bor|\band|,) (?P<last>[a-z]+)$", text)
    return match is not None and bool(verb_at(f"{match['last']} it")) and not is_noun_of_act(match["last"])


_BETWEEN_VERBS = re.compile(r",? (?:or|and|nor) |, ")


def _read(piece: str) -> Iterator[Ban]:
    piece = NO_OTHER_SUBJECT.sub(r"no \g<what> \g<rest> other than \g<other>", piece)
    piece = only_booked(leave_before(piece))
    if NOBODY_BUT.match(piece) and (ban := only_who(piece)) is not None:
        yield ban
        return
    statement = take_apart(piece)
    main, conditions = statement.main, statement.conditions
    if not main:
        return
    if (ban := with_no_other(main, conditions)) is not None:
        yield ban
        return
    if (ban := limited(main) or negative(main)) is not None:
        if ban.what in ("it", "they", "this", "these") and (named := _named_in(conditions)):
            ban = replace(ban, what=named)
        yield _narrowed(ban, conditions)
        return
    if (ban := _needed_first(main, conditions)) is not None:
        yield ban
        return
    for restricted in (required, reserved, only_who, by_others):
        if (ban := restricted(main)) is not None:
            yield replace(ban, when=_narrowing(conditions), unless=(*ban.unless, *_lifting(conditions)))
            return
    if main.endswith(" or") and (ban := capped(main.removesuffix(" or").rstrip(" ,"))) is not None:
        # "..., or if the event is off": one more ground that allows it.
        yield replace(ban, unless=conditions)
        return
    if (ban := capped(main)) is not None:
        yield replace(ban, when=(*ban.when, *_narrowing(conditions)), unless=_lifting(conditions))
        return
    # "After the deadline, ... only for medical reasons": the time narrows, what stands with "only" is the leave.
    if _DUTY_THEN.match(piece) and not any(one.only for one in conditions):
        return
    firm = [one for one in conditions if one.only] or [one for one in conditions if _is_firm(one)]
    if firm and (ban := positive(main)) is not None:
        when = tuple(one for one in conditions if one not in firm)
        yield replace(ban, when=_narrowing(when), unless=tuple(firm))
        return
    first = [one for one in conditions if one.kind == "before"]
    if not conditions and (ban := in_the_way(main)) is not None:
        yield ban
        return
    if first and not firm:
        # "A copy is made before a document is altered": altering is forbidden until the copy is made.
        # "..., list it and wait until the customer has agreed": what is waited for is part of what comes first.
        waits = "".join(f" {one.kind} {one.text}" for one in conditions if one.kind in _WAITS)
        for condition in first:
            if (ban := act_of(condition.text)) is not None:
                yield replace(ban, unless=(Condition("after", f"{_FIRST.sub('', main)}{waits}", True),))


_NEEDS = re.compile(rf"^(?P<what>.+?) (?:{MODAL} )?(?:needs?|requires?|have|has|gets?) (?P<need>(?!to\b).+)$")
_THEY_ARE = re.compile(
    rf"^(?:it|they|(?:the |this |any )?[a-z]+) (?:{BE}|can be|may be) (?P<verb>(?P<participle>[a-z]+)\b.*)$"
)


def _needed_first(main: str, conditions: tuple[Condition, ...]) -> Ban | None:
    """ "Offers need two signatures before they are sent": sending them is forbidden without these."""
    needs = _NEEDS.match(main)
    done = _THEY_ARE.match(conditions[0].text) if len(conditions) == 1 and conditions[0].kind == "before" else None
    if needs is None or done is None or not is_participle(done["participle"]):
        return None
    return Ban(done["verb"], needs["what"], unless=(Condition("with", needs["need"], True),))


_DUTY_THEN = re.compile(
    r"^(?:after|once|as soon as|when(?:ever)?) [^,]+, (?!(?:.* )?(?:only|not|never|no)\b)"
    r".*\b(?:must|shall|should|ha(?:s|ve) to|needs? to) be\b"
)
""" "After a test has passed, its draft must be removed": a duty from then on, and no ban until then."""

_FIRST = re.compile(r"^(?:(?:always|please|first|you (?:must|should|have to|need to))\b,? )+")
"""What gives the act that comes first its force."""


def _named_in(conditions: tuple[Condition, ...]) -> str:
    """What the first condition is about: "once a ticket is archived, it ..."."""
    match = next((found for one in conditions if (found := _ABOUT.match(one.text))), None)
    return match.group("subject") if match else ""


_ABOUT = re.compile(rf"^(?P<subject>(?:the |an? |any |this )?[a-z-]+(?: [a-z-]+)??) (?:{BE}|{MODAL}|has|have)\b")


def _is_firm(condition: Condition) -> bool:
    """What a permission hangs on: without it the act is forbidden."""
    return condition.only or condition.kind in _PERMITS | {"after", "once"}


def _narrowed(ban: Ban, conditions: tuple[Condition, ...]) -> Ban:
    lifting = tuple(one for one in conditions if one.kind in _LIFTS or one.only)
    return replace(ban, when=tuple(one for one in conditions if one not in lifting), unless=(*ban.unless, *lifting))


def _narrowing(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    return tuple(one for one in conditions if one.kind not in _LIFTS and not one.only)


def _lifting(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    return tuple(one for one in conditions if one.kind in _LIFTS or one.only)

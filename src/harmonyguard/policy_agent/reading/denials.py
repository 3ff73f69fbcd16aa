"""Clauses that deny: "is not", "never", "no ...", "is off limits", "stays as it is", "is kept out of"."""

from __future__ import annotations

import re

from .ban import Ban
from .grammar import ADVERB, AGENT, ALLOWED, BANNED, BE, MODAL, NEVER, PERSONA, is_participle, verb_at
from .naming import VERBING, act_of, given
from .subordinate import Condition

_PEOPLE = r"[a-z][\w'-]{2,}(?: [a-z][\w'-]{2,}){0,2}s"
"""Who must not: any noun of many, "guards", "external contractors"."""

_PASSIVES = tuple(
    re.compile(form)
    for form in (
        rf"^no (?:single )?(?P<what>.+?) (?:{MODAL} (?:ever )?be|{BE}(?: ever)?(?: to be)?) {VERBING}$",
        rf"^(?:none|nothing|not one) ?(?:of )?(?P<what>.*?) ?(?:{MODAL} (?:ever )?be|{BE}(?: ever)?(?: to be)?)"
        rf" {VERBING}$",
        rf"^(?P<what>.+?) (?:{MODAL} (?:{ADVERB} )?{NEVER}(?: {ADVERB})? be|{MODAL} {NEVER} get|{BE}"
        rf" (?:{ADVERB} )?{NEVER}(?: to be| being)?)"
        rf" {VERBING}$",
        rf"^(?:under no circumstances|in no case|at no time|on no account|never) {MODAL} (?P<what>.+?) (?:ever"
        rf" )?be {VERBING}$",
        r"^(?:under no circumstances|in no case|at no time|on no account|never) (?:is|are) (?P<what>.+?)"
        r" (?:to be )?(?P<verb>(?P<participle>\w{2,}(?:ed|en|nt|ld|ut|de|id))\b.*)$",
    )
)
_IMPERATIVES = tuple(
    re.compile(form)
    for form in (
        rf"^(?:(?:{AGENT}|we|users?|employees?|staff|nobody|always|please) )*(?:{_PEOPLE} )?"
        r"(?:must|may|shall|should|can|could|will|would"
        r"|do|does|is to|are to|(?:is|are) allowed to|(?:is|are) permitted to) (?:\w+ly )?(?:not|never)"
        r" (?:(?:be )?(?:allowed|permitted|authori[sz]ed) to )?(?:ever )?(?P<act>(?!be ).+)$",
        rf"^(?:(?:{AGENT}) )?never (?:ever )?(?P<act>.+)$",
        rf"^(?:(?:{AGENT}|{PERSONA}s?) )?(?:is|are) {BANNED} (?:from|to) (?P<act>.+)$",
        rf"^it is {BANNED} (?:for {AGENT} )?to (?P<act>.+)$",
        rf"^it is (?:not|never) (?:allowed|permitted|okay|ok|acceptable|permissible|the (?:job|task) of {AGENT})"
        rf" (?:for {AGENT} )?to (?P<act>.+)$",
        r"^(?:refrain|abstain|desist|keep|stay away) from (?P<act>.+)$",
        r"^(?:avoid|stop|resist|omit|forgo) (?P<act>\w+ing\b.+)$",
        rf"^(?:{AGENT}|we|users?|employees?|staff) (?:refrains?|abstains?|desists?|keeps?) from (?P<act>.+)$",
        r"^no (?P<act>(?:\w+ing\b|\w+(?:tion|sal|val|ment|sure)s? of\b).*)$",
        rf"^(?:nobody|no one|no-one|no (?:user|employee|{AGENT}|member|person|staff member)) (?:{MODAL}"
        rf" )?(?P<act>(?!be\b)\w+.*)$",
        r"^nothing (?P<act>(?:goes|gets|comes|leaves)\b.+)$",
        r"^(?:there (?:must|should|may|shall|is|are|will)(?: to)?(?: be)?) no (?P<act>.+)$",
    )
)
_NOTHING = re.compile(
    rf"^(?:{AGENT} )?(?P<verb>\w+(?: \w+)??) (?:nothing|no|none of) (?:single )?(?P<what>\S.*)$|^(?P<does>\w+) nothing$"
)
_CLAUSE = re.compile(r" (?:that|if|whether)$")
""" "Check that no ...": what follows is a clause, and no thing."""

_IS_BANNED = re.compile(
    rf"^(?P<what>.+?) (?:is|are|remains?|stays?|{MODAL} (?:not )?be) {BANNED}(?: (?:to|for) {AGENT})?$"
)
_RECEIVES = re.compile(
    r"^(?P<who>.+?) (?:(?:do|does|may|must|can|shall|should) (?:not|never) (?:get|receive|obtain|be given|have)"
    r"|(?:gets?|receives?|obtains?|(?:is|are) given) no|never (?:gets?|receives?|obtains?)) (?P<what>.+)$"
    r"|^no (?P<no>.+?) (?:gets?|receives?|obtains?|is given|are given) (?P<of>.+)$"
)
_CARRIES = re.compile(
    r"^(?P<in>.+?) (?P<holds>(?:contains?|includes?|mentions?|quotes?|holds?|(?:do|does|must|may|should|can)"
    r" (?:not|never)"
    r" (?:contain|include|mention|quote|hold)) )(?:no |any )?(?P<inner>.+)$"
    r"|^(?P<what>.+?) (?:(?:carry|carries|has|have|bears?|shows?|takes?) no|(?:do|does|must|may|should|can)"
    r" (?:not|never)"
    r" (?:carry|have|bear)) (?P<field>.+)$"
)
_STAYS = re.compile(
    rf"^(?P<what>.+?) (?:(?:{MODAL} )?(?:always )?(?:stays?|remains?|(?:be|is|are)(?: to be)? (?:left|kept)"
    rf"|(?:be|is|are)))"
    r" (?:(?:as (?:it is|they are|found|is|it was|they were|(?:the |its |their )?[\w ]+? (?:wrote|made|entered"
    r"|left|typed|sent|set)"
    r" (?:it|them))|unchanged|unaltered|untouched|unmodified|alone"
    r"|intact|in place"
    r"|read-only|immutable|unalterable|untouchable|fixed|final|frozen|as (?:they|it) (?:stands?|came))\b.*)$"
)
_DONE_BY_THINGS = re.compile(
    r"(?:fall|drop|sink|rise|go|run|lie) (?:below|under|above|over|beyond|out|short)\b|exceed\b"
    r"|(?:below|above|under|over|beyond|on|in|at|with|without|before|after|for|from|by|between|during)\b"
)
""" "Levels may not fall below ...", "Fees: never below ...": what a value does, and no act."""

_MUST_BE_MADE_SO = re.compile(rf"\b{MODAL} (?:always )?be (?:read-only|fixed|final)$")
""" "Keys must be read-only": how they are made, and no ban on changing them."""

_LEAVE_ALONE = re.compile(
    r"^(?:leave|keep) (?P<what>.+?) (?:as (?:it is|they are|found|is|it was|you found (?:it|them))|unchanged"
    r"|untouched|alone"
    r"|unaltered|unmodified|intact|in place|read-only|be|where (?:it is|they are))$"
    r"|^(?:keep|stay) (?:your )?(?:hands )?(?:out of|off|away from|clear of) (?P<place>.+)$"
)
_KEPT = re.compile(
    rf"^(?P<what>.+?) (?:is|are|{MODAL} be) (?:always )?(?:kept|retained|preserved|left standing)(?P<rest>"
    rf" (?:for|until|in|on)\b.*)?$"
)
_ABLE = re.compile(r"^(?P<what>.+?) (?:is|are) (?:(?:not|never) |(?:non-?|un))(?P<verb>\w{4,}[ai]ble)(?P<rest> .+)?$")
_IN_A_CLAUSE = re.compile(rf"\b(?:that|which|who)$|\b{NEVER}\b")
""" "Never open files that contain no ...": what contains it is said of the thing of another act."""

_APPEARS = re.compile(
    r"^(?P<what>.+?) (?:(?:do|does|must|may|should|shall|can) (?:not|never) |never )(?:appears?|turns? up"
    r"|shows? up|occurs?"
    r"|stands?|goe?s?|belongs?|ends? up) (?P<where>(?:in|into|on|to)(?:to)? .+)$"
    r"|^keep (?P<kept>.+?) out of (?P<out>.+)$|^(?P<stays>.+?) (?:stays?|(?:is|are) (?:to be )?(?:kept|left))"
    r" out of (?P<of>.+)$"
)
_GOES_OUT = re.compile(
    r"^(?P<what>.+?) (?:(?:do|does|must|may|should|shall|can) (?:not|never) |never )(?:leaves?|gets? out of"
    r"|goe?s? outside"
    r"|goe?s? to)(?: .*)?$|^(?P<stays>.+?) (?:stays?|remains?|(?:is|are)(?: to be)? kept|must be kept)"
    r" (?:confidential|private|secret|internal|in-house|among|within the)\b.*$"
)


_OPEN_ENDED = re.compile(rf"\b(?:who|that|which|and|but|or)$|\b{MODAL} (?:only )?(?:be )?\w+.*\b(?:but|and|or)\b")
""" "Guests who cannot be reached get no ...", "names may be corrected, but guests": no thing of a passive."""


_HAS_A_SWITCH = re.compile(
    r"^(?:the |all |any |every |new )*(?:[\w'-]+ ){0,2}?(?:issues?|tickets?|projects?|repositor(?:y|ies)|boards?"
    r"|groups?|channels?|calendars?|events?|pages?|posts?|snippets?|forks?|branch(?:es)?)\b"
)
"""Records that are set to be private or confidential: a demand on how they stand, and not on what is told of them."""


def negative(main: str) -> Ban | None:
    """The ban that a denying clause states, limits apart; None when it denies nothing that is an act."""
    for form in _PASSIVES:
        match = form.match(main)
        if match and is_participle(match.group("participle")) and match.group("participle") not in ALLOWED:
            what = match.group("what")
            if _OPEN_ENDED.search(what):
                continue
            return _others_do_it(
                f"anything {what}" if what.startswith(("that ", "which ")) else what, match.group("verb")
            )
    if match := _APPEARS.match(main):
        what, where = (match.group(n) for n in _first_pair(match, ("what", "where"), ("kept", "out"), ("stays", "of")))
        where = re.sub(r"^(?:in|into|on|onto|to) ", "", where)
        return Ban(f"include {what} in {where}")
    if (match := _GOES_OUT.match(main)) and not _HAS_A_SWITCH.match(match.group("stays") or ""):
        return Ban("share", match.group("what") or match.group("stays"))
    if match := _IS_BANNED.match(main):
        return act_of(match.group("what")) or Ban("", match.group("what"))
    if (match := _ABLE.match(main)) and not (match.group("verb") in ALLOWED and match.group("what") == "it"):
        verb = re.sub(r"[ai]ble$", "", match.group("verb"))
        return Ban(f"{verb}{match.group('rest') or ''}", match.group("what"))
    match = _CARRIES.match(main) if re.search(rf"\b(?:no|{NEVER})\b", main) else None
    if match and not _IN_A_CLAUSE.search(match["in"] or ""):
        if match.group("holds"):
            return Ban(f"include {match.group('inner')} in {match.group('in')}")
        return Ban("set", match.group("field"), when=(Condition("described", match.group("what")),))
    if match := _RECEIVES.match(main):
        return Ban(f"give {match.group('what') or match.group('of')} to {match.group('who') or match.group('no')}")
    for form in _IMPERATIVES:
        if (match := form.match(main)) and not _DONE_BY_THINGS.match(match.group("act")):
            return act_of(match.group("act")) or Ban(match.group("act"))
    if match := _LEAVE_ALONE.match(main):
        return (
            Ban("open", match.group("place")) if match.group("place") else Ban("change or delete", match.group("what"))
        )
    if (match := _STAYS.match(main)) and not _MUST_BE_MADE_SO.search(main):
        return Ban("change or delete", match.group("what"))
    if match := _KEPT.match(main):
        return Ban("delete", match.group("what"))
    match = _NOTHING.match(main)
    does = match.group("verb") if match else None
    if match and does and not _CLAUSE.search(does) and verb_at(f"{does.split()[0]} it"):
        return Ban(does.split()[0], f"{' '.join(does.split()[1:])} {match.group('what')}".strip())
    return None


def _others_do_it(what: str, verb: str) -> Ban:
    """A passive ban, without the agent as its doer."""
    return given(what, re.sub(rf"\s*\bby {AGENT}\b", "", verb).strip())


def _first_pair(match: re.Match[str], *pairs: tuple[str, str]) -> tuple[str, str]:
    return next(pair for pair in pairs if match.group(pair[0]))

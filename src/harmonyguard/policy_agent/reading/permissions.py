"""Clauses that allow an act to some, in one way, or after leave: without these it is forbidden."""

from __future__ import annotations

import re
from dataclasses import replace

from .ban import Ban
from .grammar import (
    ADVERB,
    AGENT,
    AGREES,
    ALLOWED,
    BE,
    EVERYBODY,
    LEAVE,
    MODAL,
    NUMBER,
    PERSONA,
    is_noun_of_act,
    is_participle,
    names_an_act,
    verb_at,
)
from .naming import POSITIVES, VERBING, act_of
from .subordinate import Condition

_RESERVED = re.compile(
    rf"^(?P<what>.+?) (?:{BE}|{MODAL} be|stays?|remains?) (?:(?:only|exclusively|solely|strictly) )?(?:reserved"
    rf" (?:for|to)|left to"
    r"|restricted to|limited to|confined to|open (?:only )?to|available (?:only )?to|up to|a matter for|incumbent on"
    r"|the (?:sole )?(?:job|task|business|responsibility|affair|matter|preserve|privilege|decision|domain"
    r"|province) of|for)"
    r" (?:only )?(?P<who>.+?)(?: only| alone| exclusively)?$"
    r"|^(?P<thing>.+?) (?:is|are) (?P<whose>.+?)(?:'s|s'|’s|s’) (?:\w+ )?(?:job|task|business|responsibility"
    r"|affair|matter"
    r"|preserve|privilege|decision|domain|call|turf)$"
)
_ONLY_WHO = re.compile(
    r"^(?:only|just|solely|exclusively|(?:none|nobody|no one|no-one) (?:but|except|other than|besides))"
    r" (?P<rest>.+)$"
)
NO_OTHER_SUBJECT = re.compile(
    rf"^no (?P<what>[a-z]+(?: [a-z]+)?) (?:other than|but|except|besides) (?P<other>[\w' -]+?)"
    rf" (?P<rest>(?:{MODAL}|is|are) .+)$"
)
NOBODY_BUT = re.compile(r"^(?:nobody|no one|no-one|none) (?:but|except|other than|besides)\b")
_WHO_ALONE = re.compile(r"^(?P<who>(?:the |an? )?[\w' -]+?) (?:alone|exclusively|solely) (?P<act>.+)$")
_REQUIRES = re.compile(
    rf"^(?P<what>.+?) (?:{ADVERB} )?(?:requires?|needs?|calls? for|demands?|presupposes?|(?:is|are) subject to"
    r"|(?:is|are) conditional (?:up)?on|depends? (?:up)?on|hinges? on|must have|must be preceded by|takes?)"
    r" (?P<need>.+)$"
)
_IS_REQUIRED = re.compile(
    rf"^(?P<need>.*?\b(?:{LEAVE})\b.*?) (?:is|are|must be) (?:{ADVERB} )?(?:required|obligatory|mandatory"
    rf"|needed|necessary"
    r"|compulsory|due|indispensable|obtained|sought|asked for|given)"
    r"(?: (?:(?:\w+ )?before|prior to|for|to|when(?:ever)?) (?P<what>.+))?$"
)
_FOR_EACH = re.compile(
    r"^(?:for|before|with|on|at) (?:each|every|any|all)? ?(?P<what>.+?),? (?P<need>(?:an?|the|explicit|prior"
    r"|fresh) .+)$"
)
_BY = re.compile(
    r"^(?P<verb>.*?) ?\bby (?P<who>(?!(?:any|every|all|each)\b|any(?:body|one)\b|every(?:body|one)\b)"
    r"(?:the |an? |our |your )?[\w' -]+?)(?: themselves| itself| himself| alone| only)?$"
)
_WITH_NO = re.compile(
    r"^(?P<act>.+?) (?P<how>(?:with|by|via|through|to|in|on|from|at|into) )no (?:other )?(?P<what>[a-z]+(?: [a-z]+)?)$"
)


def with_no_other(main: str, conditions: tuple[Condition, ...]) -> Ban | None:
    """ "Pay with no card other than ...": with that one only."""
    match = _WITH_NO.match(main)
    other = next((one for one in conditions if one.kind in ("other", "but", "except", "besides")), None)
    ban = act_of(match.group("act")) if match and other else None
    if match is None or other is None or ban is None:
        return None
    return replace(ban, unless=(Condition("only", f"{match.group('how')}{match.group('what')} {other.text}", True),))


_WAY = re.compile(
    r"^(?P<what>.+?) (?:is|are|(?:must|shall|should|ha(?:ve|s) to) (?:always )?be)"
    r" (?P<verb>(?P<participle>[a-z]+)(?: (?:up|in|out|off))?)"
    r" (?P<way>(?:with|as|in|into|for|to|under|through|via|on|at|from) .+)$"
)


def in_the_way(main: str) -> Ban | None:
    """ "Guests are saved with source WALKIN": so not with another one."""
    match = _WAY.match(main)
    if match is None or not is_participle(match.group("participle")) or match.group("participle") in ALLOWED:
        return None
    if not verb_at(f"{match.group('participle')} it"):
        return None
    way = match.group("way")
    if match.group("participle") == "set":
        way = f"with {match.group('what')} {way.partition(' ')[2]}"
    return Ban(match.group("verb"), match.group("what"), unless=(Condition("only", way, True),))


def leave_before(piece: str) -> str:
    """ "Discounts need the approval of the director before a quote is saved": no such quote is saved without it."""
    match = _LEAVE_BEFORE.match(piece)
    if match is None or not is_participle(match["verb"]):
        return piece
    need = match["need"] or f"the approval of {match['who']}"
    what = match["what"] if match["thing"] in _PRONOUNS else f"{match['thing']} with {match['what']}"
    return f"{what} must not be {match['verb']} without {need}"


def only_booked(piece: str) -> str:
    """ "Only refundable fares are allowed": nothing else may be booked."""
    match = _ONLY_ALLOWED.match(piece)
    return f"only {match['what']} may be booked" if match else piece


_ONLY_ALLOWED = re.compile(
    r"^only (?P<what>(?:[\w-]+ ){0,3}?(?:rates?|fares?|hotels?|rooms?|flights?|seats?|trains?|cars?|tickets?|offers?)"
    r"(?: (?:with|in|of|at|below|under|from|by) [^,;]+?)?) (?:are|is) (?:allowed|permitted|acceptable|accepted)$"
)
_PRONOUNS = ("it", "they")
_LEAVE_BEFORE = re.compile(
    r"^(?P<what>(?:[^,;]|(?<=\d),(?=\d))+?) (?:(?:always |also )?(?:needs?|requires?|must have)"
    rf" (?P<need>(?:the |an? )?(?:\w+ )?{LEAVE} (?:of|by|from) [^,;]+?)"
    rf"|(?:must|have to|has to|need to|needs to|are to|is to) (?:first )?be {AGREES} by"
    r" (?P<who>[^,;]+?)),? before (?P<thing>it|they|(?:an?|the|any|each|every) [a-z][a-z -]+?) (?:is|are|may be|can be)"
    r" (?P<verb>[a-z]+)(?: out)?$"
)


def required(main: str) -> Ban | None:
    """ "Refunding an order needs the user's approval": forbidden without it."""
    if (match := _IS_REQUIRED.match(main)) is not None:
        what = match.group("what")
        if what is None and (each := _FOR_EACH.match(match.group("need"))):
            what, need = each.group("what"), each.group("need")
        else:
            need = match.group("need")
        if what:
            return replace(act_of(what) or Ban("", what), unless=(Condition("with", need, True),))
        return None
    match = _REQUIRES.match(main)
    if match is None or not (names_an_act(match.group("what")) or re.search(rf"\b{LEAVE}\b", match.group("need"))):
        return None
    return replace(
        act_of(match.group("what")) or Ban("", match.group("what")),
        unless=(Condition("with", match.group("need"), True),),
    )


def reserved(main: str) -> Ban | None:
    """ "Closing a sprint is reserved for the lead": forbidden to others."""
    match = _RESERVED.match(main)
    if match is None:
        return None
    what = match.group("what") or match.group("thing")
    who = match.group("who") or match.group("whose")
    if re.match(NUMBER, who) or re.fullmatch(AGENT, who) or re.search(rf"\band {MODAL}\b", who):
        return None  # "... for staff only and may name customers" says more than who
    ban = act_of(what) or Ban("", what)
    return replace(ban, unless=(Condition("by", who, True),))


def only_who(main: str) -> Ban | None:
    """ "Only members book courts": forbidden to others."""
    if match := _ONLY_WHO.match(main):
        tokens = match.group("rest").split()
        if re.match(rf"{NUMBER}\b", match.group("rest")):
            return None
        for cut in range(1, min(len(tokens), 9)):
            who, act = " ".join(tokens[:cut]), " ".join(tokens[cut:])
            if cut == 1 and verb_at(f"{who} it") and not (is_noun_of_act(who) or who.endswith("s")):
                continue  # "Only send mails to ...": an order, and nobody's act
            if modal := re.match(rf"^(?:{MODAL}|(?:is|are) (?:allowed|permitted|authori[sz]ed) to) (?P<act>.+)$", act):
                passive = re.match(rf"^be {VERBING}$", modal.group("act"))
                if passive:
                    return Ban(passive.group("verb"), unless=(Condition("described", who, True),))
                return replace(
                    act_of(modal.group("act")) or Ban(modal.group("act")), unless=(Condition("by", who, True),)
                )
            passive = re.match(rf"^(?:{BE}) {VERBING}$", act)
            if passive and is_participle(passive.group("participle")):
                return Ban(passive.group("verb"), unless=(Condition("described", who, True),))
            if re.match(rf"^\w+s\b(?! (?:{MODAL}|{BE})\b)", act) and verb_at(act) and not re.match(AGENT, who):
                return Ban(act, unless=(Condition("by", who, True),))
    if (
        (match := _WHO_ALONE.match(main))
        and verb_at(match.group("act"))
        and not re.fullmatch(AGENT, match.group("who"))
    ):
        return Ban(match.group("act"), unless=(Condition("by", match.group("who"), True),))
    return None


def by_others(main: str) -> Ban | None:
    """ "Invoices are approved by accounting": so not by the agent."""
    ban = POSITIVES[0].match(main)
    if ban is None or not is_participle(ban.group("participle")) or ban.group("participle") in ALLOWED:
        return None
    match = _BY.match(ban.group("verb"))
    if match is None or re.fullmatch(AGENT, match.group("who")) or not match.group("verb"):
        return None
    if re.fullmatch(EVERYBODY, match.group("who")):
        return None
    of_user = re.fullmatch(rf"(?:the |a |an )?{PERSONA}s?", match.group("who"))
    if re.match(AGREES, match.group("verb")) and (of_user or act_of(ban.group("what"))):
        need = f"approval by {match.group('who')}"
        return replace(act_of(ban.group("what")) or Ban("", ban.group("what")), unless=(Condition("with", need, True),))
    return Ban(match.group("verb"), ban.group("what"), unless=(Condition("by", match.group("who"), True),))

"""The one form to which statements are brought: a ban on an act, with what narrows it and what lifts it.

"Reservations are not cancelled by agents", "No reservation may be cancelled" and "Cancelling reservations is off
limits" are one ban. "X is cancelled only if Y", "cancelling X is reserved for Y" and "cancelling X needs Y" forbid
cancelling X, unless Y.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from harmonyguard.policies.lexicon import NOUNS
from harmonyguard.policies.synonyms import synonyms_of
from harmonyguard.policies.words import stem

from .grammar import (
    ADVERB,
    AGENT,
    AGREES,
    ALLOWED,
    BANNED,
    BE,
    LEAVE,
    MODAL,
    NEVER,
    NUMBER,
    NUMBERS,
    PERSONA,
    is_noun_of_act,
    is_participle,
    names_an_act,
    verb_at,
)
from .subordinate import Condition, take_apart


@dataclass(frozen=True)
class Ban:
    """What a statement forbids.

    `verb` is the verb phrase ("throw away", "deletion", "shared with third parties"); `what` the thing, where the
    sentence has it apart from the verb. `when` narrows the ban, each of `unless` lifts it. `limit` is how often the act
    may happen before it is forbidden.
    """

    verb: str
    what: str = ""
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    limit: int | None = None

    @property
    def canonical(self) -> str:
        """The ban as one plain sentence, its conditions apart."""
        return " ".join(f"must not {self.verb} {self.what}".split())


_VERBING = rf"(?:{ADVERB} )*(?P<verb>(?P<participle>[\w-]+)\b.*)"
_PASSIVES = tuple(
    re.compile(form)
    for form in (
        rf"^no (?:single )?(?P<what>.+?) (?:{MODAL} (?:ever )?be|{BE}(?: ever)?(?: to be)?) {_VERBING}$",
        rf"^(?:none|nothing|not one) ?(?:of )?(?P<what>.*?) ?(?:{MODAL} (?:ever )?be|{BE}(?: ever)?(?: to be)?)"
        rf" {_VERBING}$",
        rf"^(?P<what>.+?) (?:{MODAL} (?:{ADVERB} )?{NEVER}(?: {ADVERB})? be|{MODAL} {NEVER} get|{BE}"
        rf" (?:{ADVERB} )?{NEVER}(?: to be| being)?)"
        rf" {_VERBING}$",
        rf"^(?:under no circumstances|in no case|at no time|on no account|never) {MODAL} (?P<what>.+?) (?:ever"
        rf" )?be {_VERBING}$",
        r"^(?:under no circumstances|in no case|at no time|on no account|never) (?:is|are) (?P<what>.+?)"
        r" (?:to be )?(?P<verb>(?P<participle>\w{2,}(?:ed|en|nt|ld|ut|de|id))\b.*)$",
    )
)
_IMPERATIVES = tuple(
    re.compile(form)
    for form in (
        rf"^(?:(?:{AGENT}|we|users?|employees?|staff|nobody|always|please) )*(?:must|may|shall|should|can|could"
        rf"|will|would"
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
    r" (?:(?:as (?:it is|they are|found|is|it was|they were)|unchanged|unaltered|untouched|unmodified|alone"
    r"|intact|in place"
    r"|read-only|immutable|unalterable|untouchable|fixed|final|frozen|as (?:they|it) (?:stands?|came))\b.*)$"
)
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
_POSITIVES = tuple(
    re.compile(form)
    for form in (
        rf"^(?P<what>.+?) (?:{MODAL} (?:{ADVERB} )?be|{BE}(?: to be)?) {_VERBING}$",
        rf"^(?P<act>.+?) (?:{BE}|{MODAL} be) (?:(?:allowed|permitted|possible|acceptable|okay|ok|fine"
        rf"|admissible|on offer)\b|to take"
        r" place|to happen|done|performed|carried out)$",
        r"^it is (?:allowed|permitted|okay|acceptable|possible) to (?P<act>.+)$",
        rf"^(?P<act>.+?) (?:takes? place|happens?|occurs?|{MODAL} (?:take place|happen|occur))$",
        rf"^(?:{AGENT}|we|users?|employees?|staff) (?:{MODAL} |always )?(?P<act>.+)$",
        r"^(?:always )?(?P<act>.+)$",
    )
)
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
_NO_OTHER_SUBJECT = re.compile(
    rf"^no (?P<what>[a-z]+(?: [a-z]+)?) (?:other than|but|except|besides) (?P<other>[\w' -]+?)"
    rf" (?P<rest>(?:{MODAL}|is|are) .+)$"
)
_NOBODY_BUT = re.compile(r"^(?:nobody|no one|no-one|none) (?:but|except|other than|besides)\b")
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
    r"^(?P<verb>.*?) ?\bby (?P<who>(?:the |an? |our |your )?[\w' -]+?)(?: themselves| itself| himself| alone| only)?$"
)
_TIMES = re.compile(
    rf"\b(?P<how>exactly|at most|no more than|not more than|only|(?:a )?maximum of|up to|more than|more often than)?\s*"
    rf"(?P<n>once|twice|{NUMBER} times?)\b(?P<most> at (?:the )?most)?|\b(?P<again>again|a second time"
    rf"|repeatedly|more than once)$"
)
_LIFTS = frozenset(
    {"unless", "except", "other", "apart", "save", "but", "besides", "without", "until", "before", "only"}
)
_PERMITS = frozenset({"provided", "providing", "on", "as", "so"})
_WAITS = frozenset({"after", "once", "until"})


def bans_of(piece: str) -> Iterator[Ban]:
    """The bans that one piece states; none when it is no ban, or not one that this grammar reads."""
    for ban in _read(piece):
        yield from (replace(ban, verb=verb) for verb in _several(ban)) if not ban.what else (ban,)


_SECOND_ACT = re.compile(r",? (?:or|and|nor) (?=[a-z]+ \w)")


def _several(ban: Ban) -> list[str]:
    """ "Delete files or send mails": two acts, each with its own thing."""
    parts: list[str] = [ban.verb]
    for match in reversed(list(_SECOND_ACT.finditer(ban.verb))):
        first, second = parts[0][: match.start()], parts[0][match.end() :]
        opens = second.split()[0]
        if (
            len(first.split()) > 1
            and verb_at(second)
            and not is_noun_of_act(opens)
            and not opens.endswith(("s", "al")) | (first.split()[0].endswith("ing") and not opens.endswith("ing"))
        ):
            parts[:1] = [first, second]
    return parts


def _read(piece: str) -> Iterator[Ban]:
    piece = _NO_OTHER_SUBJECT.sub(r"no \g<what> \g<rest> other than \g<other>", piece)
    if _NOBODY_BUT.match(piece) and (ban := _only_who(piece)) is not None:
        yield ban
        return
    statement = take_apart(piece)
    main, conditions = statement.main, statement.conditions
    if not main:
        return
    if (ban := _with_no_other(main, conditions)) is not None:
        yield ban
        return
    if (ban := _negative(main)) is not None:
        if ban.what in ("it", "they", "this", "these") and (named := _named_in(conditions)):
            ban = replace(ban, what=named)
        yield _narrowed(ban, conditions)
        return
    for restricted in (_required, _reserved, _only_who, _by_others):
        if (ban := restricted(main)) is not None:
            yield replace(ban, when=_narrowing(conditions), unless=(*ban.unless, *_lifting(conditions)))
            return
    if (ban := _capped(main)) is not None:
        yield replace(ban, when=(*ban.when, *_narrowing(conditions)), unless=_lifting(conditions))
        return
    firm = [one for one in conditions if _is_firm(one)]
    if firm and (ban := _positive(main)) is not None:
        when = tuple(one for one in conditions if one not in firm)
        yield replace(ban, when=_narrowing(when), unless=tuple(firm))
        return
    first = [one for one in conditions if one.kind == "before"]
    if not conditions and (ban := _in_the_way(main)) is not None:
        yield ban
        return
    if first and not firm:
        # "A copy is made before a document is altered": altering is forbidden until the copy is made.
        for condition in first:
            if (ban := _act(condition.text)) is not None:
                yield replace(ban, unless=(Condition("after", main, True),))


_WITH_NO = re.compile(
    r"^(?P<act>.+?) (?P<how>(?:with|by|via|through|to|in|on|from|at|into) )no (?:other )?(?P<what>[a-z]+(?: [a-z]+)?)$"
)


def _with_no_other(main: str, conditions: tuple[Condition, ...]) -> Ban | None:
    """ "Pay with no card other than ...": with that one only."""
    match = _WITH_NO.match(main)
    other = next((one for one in conditions if one.kind in ("other", "but", "except", "besides")), None)
    ban = _act(match.group("act")) if match and other else None
    if match is None or other is None or ban is None:
        return None
    return replace(ban, unless=(Condition("only", f"{match.group('how')}{match.group('what')} {other.text}", True),))


def _named_in(conditions: tuple[Condition, ...]) -> str:
    """What the first condition is about: "once a ticket is archived, it ..."."""
    match = next((found for one in conditions if (found := _ABOUT.match(one.text))), None)
    return match.group("subject") if match else ""


_ABOUT = re.compile(rf"^(?P<subject>(?:the |an? |any |this )?[a-z-]+(?: [a-z-]+)??) (?:{BE}|{MODAL}|has|have)\b")


_WAY = re.compile(
    r"^(?P<what>.+?) (?:is|are|(?:must|shall|should|ha(?:ve|s) to) (?:always )?be)"
    r" (?P<verb>(?P<participle>[a-z]+)(?: (?:up|in|out|off))?)"
    r" (?P<way>(?:with|as|in|into|for|to|under|through|via|on|at|from) .+)$"
)


def _in_the_way(main: str) -> Ban | None:
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


def _negative(main: str) -> Ban | None:
    limited = _limited(main)
    if limited is not None:
        return limited
    for form in _PASSIVES:
        match = form.match(main)
        if match and is_participle(match.group("participle")) and match.group("participle") not in ALLOWED:
            what = match.group("what")
            return _others_do_it(
                f"anything {what}" if what.startswith(("that ", "which ")) else what, match.group("verb")
            )
    if match := _APPEARS.match(main):
        what, where = (match.group(n) for n in _first_pair(match, ("what", "where"), ("kept", "out"), ("stays", "of")))
        where = re.sub(r"^(?:in|into|on|onto|to) ", "", where)
        return Ban(f"include {what} in {where}")
    if match := _GOES_OUT.match(main):
        return Ban("share", match.group("what") or match.group("stays"))
    if match := _IS_BANNED.match(main):
        return _act(match.group("what")) or Ban("", match.group("what"))
    if match := _ABLE.match(main):
        verb = re.sub(r"[ai]ble$", "", match.group("verb"))
        return Ban(f"{verb}{match.group('rest') or ''}", match.group("what"))
    if (match := _CARRIES.match(main)) and re.search(rf"\b(?:no|{NEVER})\b", main):
        if match.group("holds"):
            return Ban(f"include {match.group('inner')} in {match.group('in')}")
        return Ban("set", match.group("field"), when=(Condition("described", match.group("what")),))
    if match := _RECEIVES.match(main):
        return Ban(f"give {match.group('what') or match.group('of')} to {match.group('who') or match.group('no')}")
    for form in _IMPERATIVES:
        if match := form.match(main):
            return _act(match.group("act")) or Ban(match.group("act"))
    if match := _LEAVE_ALONE.match(main):
        return (
            Ban("open", match.group("place")) if match.group("place") else Ban("change or delete", match.group("what"))
        )
    if match := _STAYS.match(main):
        return Ban("change or delete", match.group("what"))
    if match := _KEPT.match(main):
        return Ban("delete", match.group("what"))
    if (match := _NOTHING.match(main)) and match.group("verb") and verb_at(f"{match.group('verb').split()[0]} it"):
        verb = match.group("verb")
        return Ban(verb.split()[0], f"{' '.join(verb.split()[1:])} {match.group('what')}".strip())
    return None


_UNITS = (
    r"(?:(?:working |business |calendar )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)|kg|g|km|m|gb"
    r"|mb|kb|tb|%|per"
    r"|percent|letters?|characters?|words?|levels?|eur|usd|gbp|euros?|dollars?|pounds?|times?|other|of|and|or)"
)
_SO_MANY = re.compile(
    rf"^(?P<before>.*?)\b(?P<how>(?:no |not )?more than|at most|up to|(?:a )?maximum of|only|exactly) (?P<n>{NUMBER})"
    rf" (?P<rest>(?!{_UNITS}\b)[a-z].*)$"
)


def _so_many(main: str) -> Ban | None:
    """ "Delete at most one ticket", "no more than two guests are invited": so many acts, and no more."""
    match = _SO_MANY.match(main)
    if match is None:
        return None
    number = match.group("n")
    limit = NUMBERS.get(number) or (int(number) if number.isdigit() else None)
    text = f"{match.group('before')}{match.group('rest')}"
    ban = _negative(text) if match.group("how") == "more than" else _positive(text)
    return replace(ban, limit=limit) if ban is not None and limit else None


def _limited(main: str) -> Ban | None:
    """ "is sent exactly once", "is never entered a second time": forbidden from then on."""
    if (several := _so_many(main)) is not None:
        return several
    match = _TIMES.search(main)
    if match is None:
        return None
    if match.group("again"):
        before = main[: match.start()].strip()
        ban = _negative(before) if re.search(rf"\b(?:{NEVER}|no)\b", before) else None
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
    ban = _negative(f"{before} {rest}".strip()) if denied else _positive(f"{before} {rest}".strip())
    return replace(ban, limit=limit) if ban else None


_CAP = re.compile(
    rf"\b(?:(?:at most|no more than|not more than|up to|(?:a )?maximum (?:of|is)|no (?:later|longer|older"
    rf"|higher|larger) than"
    rf"|(?:is|are) (?:limited|restricted|capped) (?:to|at)|within(?! the (?:last|past)))) (?P<n>{NUMBER})"
    rf" (?P<unit>(?:working |calendar )?[a-z]+)"
    rf"|\b(?P<count>{NUMBER}) (?P<what>[a-z]+)(?: [a-z]+)? at (?:the )?most\b"
)
_CAP_MONEY = re.compile(r"€|\$|£|\b(?:eur|usd|gbp|chf|euros?|dollars?|pounds?)\b")


def _capped(main: str) -> Ban | None:
    """ "Leave is limited to 30 days", "is returned no later than 30 days after ...": forbidden beyond it."""
    match = _CAP.search(main)
    if match is None or _CAP_MONEY.search(match.group()):
        return None
    number, unit = match.group("n") or match.group("count"), match.group("unit") or match.group("what")
    if unit in ("a", "an", "per", "each", "every", "of"):
        return None
    before, after = main[: match.start()].strip(), main[match.end() :].strip()
    if not before or re.search(rf"\b{NEVER}\b", before):
        return None
    passive = _POSITIVES[0].match(before)
    act = _positive(before) if passive or names_an_act(before) or before.startswith("you ") else None
    what = re.sub(rf" (?:{MODAL} )?(?:has|have|is|are|be|may|can|contain|hold|take)s?$", "", before)
    ban = act or Ban("", what)
    conditions = (Condition("if", f"more than {number} {unit}"), *((Condition("described", after),) if after else ()))
    return replace(ban, when=conditions)


def _others_do_it(what: str, verb: str) -> Ban:
    """A passive ban, without the agent as its doer."""
    return _given(what, re.sub(rf"\s*\bby {AGENT}\b", "", verb).strip())


def _positive(main: str) -> Ban | None:
    for form in _POSITIVES:
        match = form.match(main)
        if match is None:
            continue
        groups = match.groupdict()
        if groups.get("participle"):
            if is_participle(groups["participle"]) and groups["participle"] not in ALLOWED:
                return _given(groups["what"], groups["verb"])
            continue
        if (ban := _act(groups["act"])) is not None and not _EVERYTHING.match(ban.verb):
            return ban
    return None


_EVERYTHING = re.compile(r"^(?:work|working|activit(?:y|ies)|use|usage|everything)\b")
"""Subjects that name no act of their own: what is said of them the judge decides."""


_PERFORMED = frozenset(
    "performed done taken made executed placed conducted initiated undertaken carried started".split()
)


def _performed(what: str, verb: str) -> Ban | None:
    """ "The delete action is performed", "no payment is made": the subject is the act."""
    first, _, rest = verb.partition(" ")
    if first not in _PERFORMED:
        return None
    act = re.sub(r"^(?:the|an?|any|such) | (?:actions?|operations?|steps?)$", "", what.strip())
    if verb_at(act) and len(act.split()) == 1 and act != what:
        return Ban(f"{act} {rest.removeprefix('out ')}".strip())
    return None


_GIVEN = re.compile(
    r"^(?P<verb>given|granted|offered|awarded|assigned|paid|lent|handed)(?: (?P<what>(?!to\b|by\b|in\b|on\b"
    r"|for\b).+))?$"
)


def _given(who: str, verb: str) -> Ban:
    """ "Guests are given the role Viewer": the subject is whom it is given to, and what is given comes after."""
    if (performed := _performed(who, verb)) is not None:
        return performed
    match = _GIVEN.match(verb)
    if match is None or not (
        match.group("what") or re.search(r"\b(?:people|persons?|users?|guests?|members?|staff)\b", who)
    ):
        return Ban(verb, who)
    return Ban(f"{match.group('verb')} {match.group('what') or ''} to {who}".replace("  ", " "))


def _act(text: str) -> Ban | None:
    """A phrase that names an act by itself: a verb, a gerund, a noun of an act, or a passive clause."""
    text = re.sub(rf"^(?:{ADVERB}|to|the|you|{AGENT}) (?=\w)", "", text.strip())
    text = _BY_TOOL.sub("", text)
    if match := _PARTICLE_LAST.match(text):
        text = f"{match.group('verb')} {match.group('particle')} {match.group('what')}"
    match = _POSITIVES[0].match(text)
    if match and is_participle(match.group("participle")) and not _RELATIVE_LAST.search(match.group("what")):
        return Ban(match.group("verb"), match.group("what"))
    match = _COMPOUND.match(text)
    if match and is_noun_of_act(match.group("act")) and _is_noun(text.split()[0]):
        return Ban(f"{match.group('act')}{match.group('rest')}", match.group("what"))
    first = text.split()[0] if text else ""
    if match := _GOES.match(text):
        return Ban("make", match.group("what"))
    if first.endswith("s") and (stem(first),) in NOUNS and not first.endswith("ss"):
        return Ban("make", text)  # "transfers over 500 euros": what is made, not what is done
    if verb_at(text) or names_an_act(text):
        return Ban(text)
    match = _MOVES.match(text)
    return Ban(match.group("verb"), match.group("what")) if match and verb_at(match.group("verb")) else None


_PARTICLE_LAST = re.compile(
    r"^(?P<verb>(?:call|throw|hand|give|put|take|turn|pass|switch|send|set|bring|write|pay|shut)(?:ing|ting|ed"
    r"|s|ing)?) "
    r"(?P<what>.+?) (?P<particle>off|away|out|over|back|on|in|down|up)$"
)
_GOES = re.compile(r"^(?P<what>[a-z]+s) (?:go|come|return|travel|run|flow|happen|occur)(?: back| out| in)?$")
_RELATIVE_LAST = re.compile(r"\b(?:that|which|who)$")


def _is_noun(word: str) -> bool:
    """True for a word that names a thing in front of an act ("order cancellation"), and is no verb there."""
    return not word.endswith("ing") and (not verb_at(f"{word} it") or bool(synonyms_of(word)))


_COMPOUND = re.compile(
    r"^(?P<what>[a-z]+(?: [a-z]+)?) (?P<act>[a-z]+)(?P<rest>|(?: (?:in|on|at|by|from|with|for|to|of|via) .+))$"
)
_BY_TOOL = re.compile(
    r"^(?:call|invok|us|run|mak)(?:e|ing|ning|es|s)? (?:an?|any|the) (?:tool(?: call)?|function|api|endpoint"
    r"|command)s? (?:that|which|to) "
)
_MOVES = re.compile(r"^(?:an?|the|any|each|every) (?P<what>[\w-]+(?: [\w-]+)??) (?P<verb>\w+s\b.*)$")


def _required(main: str) -> Ban | None:
    if (match := _IS_REQUIRED.match(main)) is not None:
        what = match.group("what")
        if what is None and (each := _FOR_EACH.match(match.group("need"))):
            what, need = each.group("what"), each.group("need")
        else:
            need = match.group("need")
        if what:
            return replace(_act(what) or Ban("", what), unless=(Condition("with", need, True),))
        return None
    match = _REQUIRES.match(main)
    if match is None or not (names_an_act(match.group("what")) or re.search(rf"\b{LEAVE}\b", match.group("need"))):
        return None
    return replace(
        _act(match.group("what")) or Ban("", match.group("what")),
        unless=(Condition("with", match.group("need"), True),),
    )


def _reserved(main: str) -> Ban | None:
    match = _RESERVED.match(main)
    if match is None:
        return None
    what = match.group("what") or match.group("thing")
    who = match.group("who") or match.group("whose")
    if re.match(NUMBER, who) or re.fullmatch(AGENT, who):
        return None
    ban = _act(what) or Ban("", what)
    return replace(ban, unless=(Condition("by", who, True),))


def _only_who(main: str) -> Ban | None:
    if match := _ONLY_WHO.match(main):
        tokens = match.group("rest").split()
        if re.match(rf"{NUMBER}\b", match.group("rest")):
            return None
        for cut in range(1, min(len(tokens), 9)):
            who, act = " ".join(tokens[:cut]), " ".join(tokens[cut:])
            if modal := re.match(rf"^(?:{MODAL}|(?:is|are) (?:allowed|permitted|authori[sz]ed) to) (?P<act>.+)$", act):
                passive = re.match(rf"^be {_VERBING}$", modal.group("act"))
                if passive:
                    return Ban(passive.group("verb"), unless=(Condition("described", who, True),))
                return replace(
                    _act(modal.group("act")) or Ban(modal.group("act")), unless=(Condition("by", who, True),)
                )
            passive = re.match(rf"^(?:{BE}) {_VERBING}$", act)
            if passive and is_participle(passive.group("participle")):
                return Ban(passive.group("verb"), unless=(Condition("described", who, True),))
            if re.match(r"^\w+s\b", act) and verb_at(act) and not re.match(AGENT, who):
                return Ban(act, unless=(Condition("by", who, True),))
    if (
        (match := _WHO_ALONE.match(main))
        and verb_at(match.group("act"))
        and not re.fullmatch(AGENT, match.group("who"))
    ):
        return Ban(match.group("act"), unless=(Condition("by", match.group("who"), True),))
    return None


def _by_others(main: str) -> Ban | None:
    """ "Invoices are approved by accounting": so not by the agent."""
    ban = _POSITIVES[0].match(main)
    if ban is None or not is_participle(ban.group("participle")) or ban.group("participle") in ALLOWED:
        return None
    match = _BY.match(ban.group("verb"))
    if match is None or re.fullmatch(AGENT, match.group("who")) or not match.group("verb"):
        return None
    of_user = re.fullmatch(rf"(?:the |a |an )?{PERSONA}s?", match.group("who"))
    if re.match(AGREES, match.group("verb")) and (of_user or _act(ban.group("what"))):
        need = f"approval by {match.group('who')}"
        return replace(_act(ban.group("what")) or Ban("", ban.group("what")), unless=(Condition("with", need, True),))
    return Ban(match.group("verb"), ban.group("what"), unless=(Condition("by", match.group("who"), True),))


def _first_pair(match: re.Match[str], *pairs: tuple[str, str]) -> tuple[str, str]:
    return next(pair for pair in pairs if match.group(pair[0]))


def speaks_of_leave(text: str) -> bool:
    """True when the words speak of somebody's leave."""
    return re.search(rf"\b(?:{LEAVE}|{AGREES})\b", text) is not None

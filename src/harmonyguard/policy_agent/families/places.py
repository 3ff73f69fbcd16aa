"""Where the agent must not go, and where it must stay: parts of a site, other sites, what the task does not need."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policies.words import normalise
from harmonyguard.policy_agent.comparison.phrases import Condition, split_conditions
from harmonyguard.policy_agent.reading.grammar import AGENT, NUMBER, PERSONA

from .acts import LASTING
from .building import LEAVE, NOT, asks_leave, clean, just, term, with_conditions
from .frames import unframed
from .place_names import (
    PLACE,
    addresses_in,
    is_of_the_task,
    is_place,
    is_whole_site,
    leads_off_site,
    name_of,
    names_in,
    places_in,
)

_MOVES = r"(?:go(?:ing)?|wander\w*|stray\w*|ventur\w+|head\w*|step\w*|drift\w*|detour\w*|surf\w*|click(?:ing)? through)"
"""Verbs of going that say nothing of a place by themselves: "go ahead", "step aside"."""

_VISITS = r"(?:navigat\w+|visit\w*|brows\w+(?! through))"
_INTO = r"(?: off| away| over| out)?(?: to| into| onto| in| on| near| around| through)"
_GOES = rf"(?:{_MOVES}(?={_INTO}\b|(?: away| off| out)?(?: from| outside| beyond| of)\b)|{_VISITS}|follow\w*|leav\w+)"
_OPENS = r"(?:open\w*|access\w*|enter\w*|view\w*|look\w*(?: (?:at|into|in))?|inspect\w*|explor\w+|brows\w+ through)"
_DENIED = rf"(?:{NOT}|there is no (?:reason|need|call|cause) to)"
_AGENT = rf"(?:(?:please|always|{AGENT}|we|users?|employees?|staff),? )*"
_OR = r"(?:(?: to| into| in)?,? (?:or|and|nor) (?:even )?(?:open|visit|access|enter|view|browse|navigate|go|look)\w*)*"
_ACTIVE = re.compile(
    rf"^{_AGENT}{_DENIED}\s+(?:attempt to |try to |ever )?(?P<verb>{_GOES}"
    rf"|{_OPENS}){_OR}(?:{_INTO}\b)?\s+(?P<places>.+)$"
)
_PASSIVE = re.compile(
    r"^(?P<places>.+?)\s+(?:must|may|should|shall|can) ?(?:not|never)\s+be\s+"
    r"(?P<verb>opened|visited|accessed|followed|entered|browsed|navigated to|looked at)(?: by (?:you|the (?:agent"
    r"|assistant|bot)))?$"
)
_MY_TASK = (
    r"(?:(?:the|this|your|all|that) )?(?:assigned |present |current )?"
    r"(?:work|task|job|errand|assignment|operation|activit(?:y|ies))"
)
_AVOIDS = re.compile(
    r"^(?:keep|stay|steer|remain) (?:well )?(?:out of|away from|clear of|off) (?P<places>.+)$"
    rf"|^avoid (?P<avoided>(?:the |any |all )?(?!\w+ing\b).*\b{PLACE}\b.*)$"
    r"|^hands off (?P<hands>.+)$"
    rf"|^(?:keep|leave) (?P<kept>.+) out of (?:it|{_MY_TASK})$"
    rf"|^(?P<none>.+) (?:do not|don't|does not|doesn't) (?:belong to|concern|come into|enter into) {_MY_TASK}$"
    rf"|^(?P<lies>.+) (?:lie|lies|is|are|fall|falls) (?:well )?(?:outside|beyond)(?: of)? {_MY_TASK}$"
    rf"|^leave (?P<alone>.*\b{PLACE}\b.*) alone$"
    r"|^(?:you have |there is )?no (?:business|visits?|detours?|access|excursions?|trips?|entry|navigation|browsing"
    r"|peeks?)"
    r" (?:in|to|into|on|at|of) (?P<denied>.+)$"
)
_OFF_LIMITS = re.compile(
    r"^(?P<places>.+?) (?:is|are|remains?|stays?) (?:strictly |always |completely )?(?:off[- ]limits|out of bounds"
    r"|out of scope"
    r"|no-go (?:area|zone)s?|none of (?:your|the \w+'s) business|closed to (?:you|(?:the )?(?:\w+ )?\w+)"
    r"|not for you|a closed book"
    r"|not (?:yours|for you|your business|the \w+'s) to (?:visit|open|see|enter|browse|touch)|not to be (?:visited"
    r"|opened"
    r"|entered|accessed|browsed))$"
)
_NOTHING_THERE = re.compile(
    r"^(?P<places>[^:]{3,80}): (?:(?:no (?:visits?|access|entry|changes?|edits?|go|touching|peeking|browsing)"
    r"|off[- ]limits|hands off|keep out|do not (?:touch|enter|visit|open)|not yours)[ ,;]*(?:and |or )?)+$"
)
_UNLESS_LEAVE = re.compile(rf" (?:without|unless) [^,]*\b(?:{LEAVE}|agreed|confirmed|consented)\b[^,]*$")
_ONLY = r"(?:(?:strictly|only|always|exclusively|solely|focused|entirely) )*"
_STAYS = re.compile(
    rf"^{_ONLY}(?:stay|remain|keep|work|operate|move|act|navigate|browse) {_ONLY}(?:within|inside|in|on|to) {_ONLY}"
    r"(?P<within>.+)$"
)
_LIMITS = re.compile(
    r"^(?:restrict|limit|confine|keep) (?:your |all |any |the )?(?P<what>navigation|browsing|yourself|access|movements?"
    rf"|activit(?:y|ies)|work|visits?|actions?) {_ONLY}(?:to|within|in) {_ONLY}(?P<within>.+)$"
    r"|^(?:all |any |your )?(?P<limited>navigation|browsing|access|visits?|movements?) (?:is|are|must be|should be"
    r"|shall be) "
    r"(?:limited|restricted|confined|kept) (?:to|within) (?P<inside>.+)$"
    rf"|^{AGENT} (?:is|are) (?:limited|restricted|confined|kept) (?:to|within) (?P<bound>.+)$"
    rf"|^{_MY_TASK} (?:is|are|must be|stays?|remains?) {_ONLY}(?:limited|restricted|confined|kept|within"
    rf"|inside)(?: to| within)? "
    rf"(?P<task>.+)$"
    rf"|^confine {_MY_TASK} to (?P<confined>.+)$"
)
_ONLY_IN = re.compile(
    r"^(?:only (?P<verb>use|visit|open|browse|access|enter|view|navigate (?:to|in|within|through)|work (?:in|on"
    r"|within)|go to)"
    r"|(?P<does>use|visit|open|browse|access|enter|view|navigate (?:to|in|within)) (?:only|nothing but)) "
    r"(?P<within>.+)$"
    rf"|^only (?P<named>.+?\b{PLACE}\b.*?) (?:is|are|may be|can be|should be|must be) (?:in scope|within scope"
    rf"|allowed|permitted|open"
    r"|accessible|visited|used|opened|accessed|to be (?:visited|opened|used))$"
)
_BEYOND = re.compile(
    rf"^{_AGENT}{NOT}\s+(?:(?:leav(?:e|ing)|exit(?:ing)?) (?P<left>.+)"
    rf"|(?:{_GOES}|{_OPENS}) (?:away from|outside(?: of)?|beyond|out of|off(?! to\b)) (?P<past>.+)"
    rf"|(?:{_GOES}|{_OPENS})(?: to| into| in)? (?:any(?:thing|where)?|other|parts?|places?|the rest|pages?"
    rf"|sites?)?(?: other)?"
    rf"(?: {PLACE})? ?(?:(?:that|which) (?:is|are|lies?) )?(?:outside(?: of)?|beyond|other than|except(?: for)?"
    rf"|apart from|but"
    r"|not part of|besides) (?P<but>.+))$"
)
_OTHER_THAN = re.compile(
    rf"^(?:any |all |the )?(?P<kind>{PLACE}|(?:every|any)thing|all) (?:other than|except(?: for)?|outside(?: of)?"
    rf"|besides|apart from) "
    rf"(?P<within>.+?) (?:is|are)"
    r" (?:off[- ]limits|out of (?:scope|bounds)|forbidden|prohibited|not (?:allowed|permitted|in scope))$"
)


def forbidden_place(statement: str) -> Rule | None:
    """ "Do not open the billing, staff or backup settings.", "Stay within the Tasks module." """
    if match := _NOTHING_THERE.match(normalise(statement).rstrip(". ")):
        return _untouchable(match["places"])
    text, during = unframed(clean(statement))
    if re.search(r"[.;!?] \w", text) or (asks_leave(text) and not _UNLESS_LEAVE.search(text)):
        return None
    names = _proper_names(statement)
    rule = _kept_within(_REST.sub("", text), names) or _kept_out(text, names)
    if rule is None or not during:
        return rule
    return rule.model_copy(update={"when": (*rule.when, just(term("task", during)))})


def _untouchable(places: str) -> Rule | None:
    """ "Payroll: no visits, no changes.": neither the place is opened nor its things changed."""
    names = names_in(places)
    there = tuple(term("place", name) for name in names)
    things = tuple(term("thing", name) for name in names)
    lasting = tuple(term("effect", effect) for effect in LASTING)
    return Rule(when=(AnyOf(terms=(*there, *lasting)), AnyOf(terms=(*there, *things)))) if names else None


def _proper_names(statement: str) -> bool:
    """True when what follows the first words is written as names are: "Do not open Assets or Reports"."""
    return re.search(r"\s(?:[A-Z][\w&/-]*)", statement.strip()[1:]) is not None


_REST = re.compile(
    r"[,;:]? (?:(?:and|so) )?(?:leave|keep out of|stay out of|keep away from|do not (?:open|visit|enter|touch|use)"
    r"|never open|avoid"
    r"|ignore)"
    rf" (?:all |any )?(?:the |of the )?(?:other|rest of the|remaining) {PLACE}(?: alone)?$"
    rf"|[,;:]? (?:all |any )?other {PLACE} (?:are|is|stay|stays) (?:off[- ]limits|out of bounds|taboo|closed"
    rf"|out of scope)$"
)
"""What only says again that the other parts are not meant: "..., leave the other modules alone"."""


def _kept_within(text: str, names: bool) -> Rule | None:
    """The rule of a text that says where to stay."""
    if match := _BEYOND.search(text):
        return _within(next(filter(None, match.groups())), surely=match["left"] is None)
    if match := _OTHER_THAN.match(text):
        return _within(match["within"], surely=True)
    if match := _LIMITS.match(text):
        what = match["what"] or match["limited"]
        within = next(filter(None, (match[one] for one in ("within", "inside", "bound", "task", "confined"))))
        of_the_work = what == "yourself" or match["task"] or match["confined"] or (names and match["bound"])
        surely = what in ("navigation", "browsing") or bool(of_the_work and not _IS_NO_PLACE.match(within))
        return _within(within, surely=surely)
    if match := _ONLY_IN.match(text):
        verb = match["verb"] or match["does"] or ""
        return _within(match["within"] or match["named"], surely=bool(re.match(r"visit|browse|navigate|go", verb)))
    if match := _STAYS.match(text):
        surely = names and _INSIDE.match(text) is not None and not _IS_NO_PLACE.match(match["within"])
        return _within(match["within"], surely=surely)
    return None


_INSIDE = re.compile(rf"^{_ONLY}(?:stay|remain|keep) {_ONLY}(?:within|inside|in) ")
_IS_NO_PLACE = re.compile(
    rf"^(?:\d|(?:the |an? |your |its )?(?:\w+ing\b|budget|limits?|deadline|hours?|office hours|time|mon|tues"
    rf"|wednes|thurs|fri"
    rf"|satur|sun|week|\w+(?:tion|ment|sal|val)s?\b|{NUMBER} )|(?:what|that which|reading|answers?|questions?"
    rf"|people|{PERSONA}s?)\b)"
)
"""What work may be confined to that is no part of a site: acts, times, numbers and people."""

_LEFT_SO = re.compile(r" (?:empty|blank|open|unanswered|unlocked|unattended|unchanged|as (?:it is|they are))$")
"""How a thing is left: "do not leave the reason field empty" speaks of no place to stay."""


def _within(place: str, *, surely: bool) -> Rule | None:
    """ "Surely" tells that it is a place, whatever it is called; else a noun for a place must say so."""
    place, conditions = split_conditions(place)
    if _LEFT_SO.search(place) or re.search(r"\bwith(?:out)? \w", place):
        return None
    addresses, rest = addresses_in(place)
    if addresses and not name_of(rest):
        return with_conditions((just(term("external", " / ".join(addresses))),), conditions)
    bare = re.sub(
        r"^(?:the |this |that |our |your |any |only |bounds of |limits of |confines of |borders of )+", "", place
    )
    if is_of_the_task(place) and (surely or is_place(place) or "scope" in place):
        return with_conditions((just(term("elsewhere")),), conditions)
    if is_whole_site(place) or re.match(r"(?:web ?)?(?:pages|sites?) (?:on|of|at|within) ", bare):
        return with_conditions((just(term("external")),), conditions)
    if not surely and not is_place(place):
        return None
    names = names_in(place)
    if not names:
        return None
    return with_conditions((just(term("elsewhere", " / ".join(names))),), conditions)


def _kept_out(text: str, proper: bool) -> Rule | None:
    """The rule of a text that says where not to go."""
    opens = False
    if match := _AVOIDS.match(text) or _OFF_LIMITS.match(text):
        places = next(filter(None, match.groups()))
        opens = any(match.groupdict().get(one) is not None for one in ("hands", "kept", "none", "lies"))
        if match.re is _OFF_LIMITS and not (is_place(places) or (proper and not _AT_A_TIME.search(places))):
            return None
    elif match := _ACTIVE.search(text) or _PASSIVE.match(text):
        places = match["places"]
        opens = re.match(rf"{_OPENS}|opened|accessed|entered|looked", match["verb"]) is not None
        if match["verb"].startswith("leav") or match["verb"].startswith("follow"):
            return _followed(match["verb"], places)
    else:
        return None
    main, conditions = split_conditions(places)
    if re.search(r"\b(?:more|fewer|less|at most|at least)\b", main):
        return None  # a number of things, not which
    if opens and (held := _HELD_THERE.match(main)) and not is_place(held["thing"]):
        return None  # "enter passwords on other sites": what is done there is no going there
    if opens and not (is_place(main) or proper):
        return None
    return _leading_to(main, conditions)


_AT_A_TIME = re.compile(r"\b(?:on|during|after|before|at|over|until|since) [\w ]+$")
""" "Deployments on Sundays": when something must not be done, and no name of a place."""

_HELD_THERE = re.compile(
    r"^(?!(?:any |all |the )?(?:links?|urls?|tabs?|windows?|hyperlinks?|anything)\b)"
    r"(?P<thing>.+?) (?:on|in|into|at|from|with|to|via|through) .+$"
)


def _leading_to(main: str, conditions: tuple[Condition, ...]) -> Rule | None:
    places = places_in(main)
    if not places.kinds:
        return with_conditions((AnyOf(terms=places.terms),), conditions) if places.terms else None
    # Which sites are of that kind, no address tells: another site may be.
    kinds = tuple(term("judged", f"it leads to {kind}") for kind in places.kinds)
    rule = with_conditions(
        (AnyOf(terms=(*places.terms, term("external"))), AnyOf(terms=(*places.terms, *kinds))), conditions
    )
    return rule.model_copy(update={"understood": "partly", "remainder": (*rule.remainder, *places.kinds)})


def _followed(verb: str, places: str) -> Rule | None:
    main, conditions = split_conditions(places)
    if verb.startswith("follow") and not (leads_off_site(main) or re.search(r"\blinks?\b", main)):
        return None
    if verb.startswith("leav") and not (is_whole_site(main) or leads_off_site(main)):
        return None
    if verb.startswith("leav") or leads_off_site(main):
        return with_conditions((just(term("external")),), conditions)
    return _leading_to(main, conditions)

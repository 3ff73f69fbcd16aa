"""Rules that tie an act to who the user is by a clause: "if the guest is under 16", "unless they are members".

Such a sentence has a main clause, which forbids an act or allows it only so, and a clause on the user. Together they
say whose act is forbidden, or for whom the act is reserved.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from harmonyguard.policy_agent.grammar.verbs import third_person
from harmonyguard.policy_agent.reading.grammar import AGENT, NUMBER, PERSONA, is_participle, names_an_act, verb_at

from .persons_conditions import persons_condition
from .users_acts import as_verb

Sense = Literal["barred", "reserved"]


class Tied(NamedTuple):
    """An act tied to people: barred to them, or reserved for them."""

    sense: Sense
    act: str
    who: str


_USER = rf"(?:(?:the |an? |any |every |each |this )?(?:{PERSONA}|driver|visitor|holder)s?|they|he|she|he or she|you)"
_NOT_MAY = (
    r"(?:(?:may|can|must|should|shall|will|could) (?:not|never)|cannot|can't|do not|don't|does not|never|must refuse to"
    r"|(?:is|are) (?:not (?:allowed|permitted|entitled) to|never to|not to))"
)
MAY = r"(?:may|can|must|should|shall|will|could|(?:is|are) to|(?:is|are) (?:allowed|permitted|entitled) to)"
_SUBJECT = rf"(?:(?:{AGENT}|{_USER}) )?"
_ACT = r"(?P<act>[^.;:]+?)"
_THING = r"(?P<thing>[^.;:]+?)"
_DONE = r"(?P<done>[a-z]+(?:(?:,| or| and|, or|, and) [a-z]+)*(?: (?:up|in|out|for))?)"
_REFUSED = (
    r"(?:refused|declined|denied|rejected|forbidden|prohibited|barred|blocked|banned|excluded|ruled out|disallowed"
    r"|impossible|off[- ]limits|stopped|not (?:be )?(?:allowed|permitted|possible|available|accepted|offered|made))"
)
_POSSIBLE = r"(?:allowed|permitted|possible|available|open|accepted|offered|granted)"
_FORBIDS = tuple(
    re.compile(form)
    for form in (
        rf"^{_THING} {MAY} (?:not|never) be {_DONE}$",
        rf"^{_THING} cannot be {_DONE}$",
        rf"^no {_THING} {MAY} be {_DONE}$",
        rf"^{_SUBJECT}{_NOT_MAY} (?!be ){_ACT}$",
        rf"^(?:{AGENT} must )?(?:refuse|decline) (?:to )?{_ACT}$",
        rf"^{_ACT} (?:is|are|(?:must|should|has to|have to|will|is to|are to) be) (?:always )?{_REFUSED}$",
        rf"^no {_ACT}$",
    )
)
_ALLOWS_ONLY = tuple(
    re.compile(form)
    for form in (
        rf"^{_THING} {MAY} (?:only be {_DONE}|be (?P<other>[a-z]+) only)$",
        rf"^{_SUBJECT}{MAY} only (?!be ){_ACT}$",
        rf"^{_ACT} (?:is|are) only {_POSSIBLE}$",
        rf"^{_ACT} (?:is|are) {_POSSIBLE} only$",
        rf"^only {_ACT}$",
        rf"^{_SUBJECT}{MAY} {_ACT} only$",
        rf"^{_ACT} only$",
    )
)
_IF = r"(?:if|when|where|while|whenever|in case|as long as|so long as|once|provided(?: that)?)"
_UNLESS = r"(?:unless|until|except (?:if|when|where)|before)"
_CLAUSE_FIRST = re.compile(rf"^(?P<conjunction>{_IF}|{_UNLESS}) (?P<clause>[^,;:.]+), (?:then )?(?P<main>[^;:.]+)$")
_CLAUSE_LAST = re.compile(
    rf"^(?P<main>[^;:.]+?),? (?P<conjunction>{_IF}|{_UNLESS}) (?P<clause>(?:(?!\b{_IF}\b|\b{_UNLESS}\b)[^;.])+)$"
)
_YES_NO = r"(?P<value>true|false|yes|no|[\w-]+)"
MANY: dict[str, str] = {
    "is": "are",
    "has": "have",
    "does": "do",
    "holds": "hold",
    "owns": "own",
    "lacks": "lack",
    "owes": "owe",
    "lives": "live",
    "possesses": "possess",
}
"""What is said of one, as it is said of many."""

_IS_SO = re.compile(
    rf"^{_USER} (?P<verb>is|are|has|have|does|do|holds?|owns?|lacks?|owes?|lives?|possess(?:es)?) (?P<rest>.+)$"
)
_OF_THE_USER = rf"(?:(?:{_USER}'s?|their|his|her|his or her|the) )?"
_AGE_IS = re.compile(
    rf"^{_OF_THE_USER}age (?:is |of )?(?P<bound>under|below|less than|lower than|at least|over|above|or more|<|>=|≥)? ?"
    rf"(?P<age>{NUMBER})(?: years)?(?P<more> (?:or|and) (?:older|over|above|more|up))?$"
)
_TURNS = re.compile(
    rf"^(?:{_USER} (?:have |has )?)?(?:turn(?:s|ed|ing)?|reach(?:es|ed"
    rf"|ing)?) (?:the age of )?(?P<age>{NUMBER})(?: years)?(?: of age)?$|^the age of"
    rf" (?P<of>{NUMBER})$"
)
_SAYS = re.compile(
    rf"^(?:(?:the |their )?(?:user |customer )?profile (?:says|shows|states|reads|has|gives|tells)"
    rf"|{_OF_THE_USER.rstrip()})"
    rf"\s*['\"]?(?P<name>[a-z][a-z_' -]*?)['\"]?\s*(?:=|==|:| is| equals| set to| is set to)\s*['\"]?{_YES_NO}['\"]?$"
)


_IN_FRONT = re.compile(r"^(?:for|in the case of|with|on behalf of) (?P<who>[^,;:.]+), (?P<main>[^;:.]+)$")
"""People in front of a sentence: "For guests under 16, no room may be booked"."""


_AS_A_TOPIC = re.compile(r"^(?P<clause>[^,;:.]+): (?P<main>(?:no|do not|don't|never|refuse|decline) [^;:.]+)$")
_CONDITION_OF = re.compile(
    r"^(?:the |an? )?(?:condition|precondition|prerequisite|requirement)s? (?:for|of) (?P<act>[^;:.]+):"
    r" (?P<clause>[^,;:.]+)$"
)


def tied_by_clause(text: str) -> Tied | None:
    """The act that a sentence ties to the user by a clause, and to whom; None where no clause tells who that is."""
    if (match := _IN_FRONT.match(text)) and (act := _act_of(_FORBIDS, match["main"])):
        return Tied("barred", act, match["who"])
    if (match := _CONDITION_OF.match(text)) and (who := people_told(match["clause"].strip())):
        return Tied("reserved", match["act"], who)
    if (match := _AS_A_TOPIC.match(text)) and (who := people_told(match["clause"].strip())):
        act = _act_of(_FORBIDS, match["main"])
        return Tied("barred", act, who) if act else None
    for form in (_CLAUSE_FIRST, _CLAUSE_LAST):
        if (match := form.match(text)) is None or (who := people_told(match["clause"].strip())) is None:
            continue
        lifts = re.match(_UNLESS, match["conjunction"]) is not None
        if act := _act_of(_FORBIDS, match["main"]):
            return Tied("reserved" if lifts else "barred", act, who)
        if not lifts and (act := _act_of(_ALLOWS_ONLY, match["main"])):
            return Tied("reserved", act, who)
    return None


def people_told(clause: str) -> str | None:
    """The people of whom a clause is so: "the user's age is below 16" is so of "users under 16".

    None of several parts, which stay conditions (see `persons_conditions`).
    """
    if persons_condition(clause) is not None:
        return None
    if match := _AGE_IS.match(clause):
        younger = match["bound"] in ("under", "below", "less than", "lower than", "<")
        return f"users {'under' if younger else 'aged at least'} {match['age']}"
    if match := _TURNS.match(clause):
        return f"users aged at least {match['age'] or match['of']}"
    if (match := _IS_SO.match(clause)) and not _BY_OTHERS.search(clause):
        return f"users who {MANY.get(match['verb'], match['verb'])} {match['rest']}"
    if (match := _SAYS.match(clause)) and not _IS_SO.match(clause):
        return f"users whose {match['name']} is {match['value']}" if match["value"] in _FLAGS else None
    return None


_FLAGS = frozenset({"true", "false", "yes", "no"})
_BY_OTHERS = re.compile(
    r"\b(?:are|is|has|have|had|been) (?:explicitly |expressly |already |first |been )*(?:asked|agreed|approved"
    r"|confirmed"
    r"|consented|requested|told|informed|given|logged|signed|authori[sz]ed)\b"
)
"""What the user did or was told in the talk is none of their attributes."""


def _act_of(forms: tuple[re.Pattern[str], ...], main: str) -> str | None:
    for form in forms:
        if match := form.match(main.strip()):
            told = match.groupdict()
            if done := told.get("done") or told.get("other"):
                return f"{done} {told['thing']}" if is_participle(done.split()[-1].rstrip(",")) else None
            act = _base(told["act"].strip(" ,"))
            return act if verb_at(act) or names_an_act(act) or as_verb(act) != act else None
    return None


def _base(act: str) -> str:
    """ "Books rooms" as "book rooms": what the agent does, as the act."""
    verb, _, rest = act.partition(" ")
    return f"{third_person(verb)} {rest}" if rest and third_person(verb) else act

"""Which people are meant: "guests without a badge", "customers whose account is verified", "gold and platinum members".

A phrase for people is a noun with what tells them apart: alternatives, each of attributes that all hold.
"""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Comparison, Term
from harmonyguard.policy_agent.reading.grammar import AGENT, EVERYBODY, PERSONA

from .ages import age_group, age_in
from .building import term
from .measures import measure_in

Groups = tuple[tuple[Term, ...], ...]
"""Alternatives of attributes that all hold. None of them: everybody is meant."""

_PERSON = (
    rf"(?:{PERSONA}s?|people|persons?|anyone|anybody|those|somebody|someone|individuals?|drivers?|readers?|visitors?"
    r"|tenants?|residents?|pupils?|borrowers?|renters?|hirers?|players?|participants?|holders?|teenagers?|adults?"
    r"|children|minors|cardholders?|volunteers?|contractors?|candidates?|parents?|recipients?|households?|donors?)"
)
"""Nouns for people that tell nobody apart beside what stands with them."""

_BARE = re.compile(rf"^(?:account )?{_PERSON}$")
_QUALIFIED = re.compile(
    rf"^(?P<head>(?:[a-z'-]+ ){{0,3}}?{_PERSON}) (?P<rest>(?:who|whose|with|without|lacking|holding|under|over|below"
    r"|above|aged|younger|older|in|on|outside|inside|within|of|at|from) .+)$"
    r"|^(?P<many>(?:[a-z'-]+ ){0,2}[a-z]+s) (?P<relative>(?:who|aged|under the age|below the age) .+)$"
)
_MODIFIED = re.compile(rf"^(?P<kinds>[a-z'-]+(?:(?:, | and | or |/|, and |, or )[a-z'-]+)*) (?P<noun>{_PERSON})$")
_JOINED = re.compile(
    r",? and (?=(?:who|whose|with|without|under|over|aged|hold|have|has|are|is|own|do not|does not)\b)"
)
_LACK = re.compile(
    r"^(?:without|lacking|outside|(?:who|that) (?:have no|has no|lack|lacks|hold no|own no|(?:do"
    r"|does) not (?:have|hold|own"
    r"|possess|carry|live in)|(?:have|has) (?:not|never)(?: yet)?(?: been)?(?: (?:completed|passed|done|taken"
    r"|finished|attended|bought|got|obtained|had))?|(?:are|is) (?:not|no|outside)(?: yet| currently)?))"
    r"(?: (?:an?|the|any|valid|their|in|on))* (?P<what>.+)$"
)
_HAVE = re.compile(
    r"^(?:with|holding|inside|within|on|in|(?:who|that) (?:have|has|hold|holds|own|owns|possess|carry|bought"
    r"|took out|lives?(?: in| inside)?"
    r"|are in|is in|are|is)(?: completed| passed| done| taken| bought| been)?)"
    r"(?: (?:an?|the|valid|their|in|on|inside))* (?P<what>.+)$"
)
_WHOSE = re.compile(
    r"^whose (?P<name>[\w' -]+?) (?:is|are|reads|equals|has been|have been|was) (?P<not>not )?(?P<value>[\w' -]+)$"
)
_GROUP = re.compile(
    r"^(?:in|on|of|at|with) (?:the |an? )?(?:['\"](?P<quoted>[^'\"]+)['\"]|(?P<value>[\w-]+)) "
    r"(?P<name>tier|level|plan|class|group|status|category|role|standing)$"
)
_OWES = re.compile(r"^(?:(?:who|that) (?:owe|owes|have|has|hold|spent|used|made|took)|with) (?P<rest>.+)$")
_NAMED_VALUE = re.compile(r"\((?P<name>\w+) ?(?P<op>==?|:|is|>=|≥|<=|≤|>|<|!=) ?(?P<value>[\w.-]+)\)$")
_SIGNS: dict[str, Comparison] = {
    ">=": "at_least",
    "≥": "at_least",
    "<=": "at_most",
    "≤": "at_most",
    ">": "more",
    "<": "less",
    "!=": "is_not",
}
_HOLDERS = re.compile(r"^(?:holders|owners|bearers) of (?:an? |the |valid )*(?P<what>[\w' -]+)$")
_ALONE = re.compile(r"^(?:the |any |all |those |only |an? )+|,? (?:alone|only|exclusively|themselves)$")


def people_in(text: str) -> Groups | None:
    """The people that a phrase means; None where it is none for people, or not one that this grammar reads."""
    if re.fullmatch(EVERYBODY, text.strip(" ,.")):
        return ()
    text = _ALONE.sub("", _ALONE.sub("", text.strip(" ,.")))
    if re.fullmatch(AGENT, text):
        return None
    if match := _NAMED_VALUE.search(text):
        op = _SIGNS.get(match["op"], "is")
        # "Guests without a badge (badge = true)" lack what the brackets name.
        lacking = people_in(text[: match.start()].strip()) if op == "is" and match["value"] == "true" else None
        if lacking and all(one.atom.op == "is_not" for kind in lacking for one in kind):
            op = "is_not"
        return ((term("user", match["name"], op, match["value"]),),)
    if match := _HOLDERS.match(text):
        return ((term("user", match["what"], "is", "true"),),)
    if (age := age_group(text)) is not None:
        return ((age,),)
    if _ABROAD.match(text):
        return ((term("user", "domestic", "is_not", "true"),),)
    if match := _QUALIFIED.match(text):
        told = _qualified(match["rest"] or match["relative"])
        if told is None:
            return None
        more = () if match["many"] or _BARE.match(match["head"]) else _of_kinds(match["head"])
        return tuple((*kind, *told) for kind in more) if more else (told,)
    return _of_kinds(text) or None


def is_told_apart(text: str) -> bool:
    """True for people of a kind that a qualifier tells ("guests without a badge"), not by their noun alone."""
    return (
        _NAMED_VALUE.search(text) is not None
        or _ABROAD.match(text) is not None
        or _QUALIFIED.match(_ALONE.sub("", text.strip())) is not None
    )


def _of_kinds(text: str) -> Groups:
    """ "Gold and platinum guests": one or the other."""
    if _BARE.match(text) and text.rstrip("s") not in _STANDINGS:
        return ()
    if (match := _MODIFIED.match(text)) is None:
        return ((term("user", text, "is", "true"),),) if text.rstrip("s") in _STANDINGS else ()
    kinds = [kind for kind in re.split(r", and |, or |, | and | or |/", match["kinds"]) if kind]
    return tuple((_of_kind(kind, match["noun"]),) for kind in kinds)


def _of_kind(kind: str, noun: str) -> Term:
    if kind in _FOREIGN:
        return term("user", "domestic", "is_not", "true")
    return term("user", f"{kind} {noun}", "is", "true")


_ABROAD = re.compile(rf"^{_PERSON} (?:(?:who (?:are|live) )?(?:abroad|overseas)|from abroad)$")
_FOREIGN = frozenset({"non-domestic", "nondomestic"})


_STANDINGS = frozenset({"member", "subscriber", "resident", "student", "adult", "employee"})
"""Nouns for people that are attributes by themselves: "for members only"."""


def _qualified(rest: str) -> tuple[Term, ...] | None:
    found = [qualifier(part) for part in _parts(rest)]
    told = tuple(one for one in found if one is not None)
    return told if len(told) == len(found) else None


def _parts(rest: str) -> list[str]:
    """ "Who are adults and hold a licence": the second has the relative of the first."""
    parts = _JOINED.split(rest)
    return [parts[0], *(part if re.match(r"who|with|under|over|aged", part) else f"who {part}" for part in parts[1:])]


_SMALL = frozenset("in of for the a an on with".split())


def qualifier(text: str) -> Term | None:
    """The attribute that tells people apart: "without a badge", "who are under 18", "whose account is verified"."""
    if (age := age_in(text)) is not None:
        return age
    if match := _GROUP.match(text):
        return term("user", match["name"], "is", match["quoted"] or match["value"])
    if match := _WHOSE.match(text):
        if measured := measure_in(f"{match['name']} {match['value']}"):
            return term("user", match["name"], measured[0].atom.op, measured[0].atom.value)
        held: Comparison = "is_not" if match["not"] else "is"
        return term("user", match["name"], held, match["value"].strip("'\""))
    if (match := _OWES.match(text)) and (measured := measure_in(match["rest"])):
        one, left = measured
        what = " ".join(w for w in (*left.split(), *one.atom.term.split()) if w not in _SMALL)
        return term("user", what, one.atom.op, one.atom.value) if what else None
    if (match := _LACK.match(text)) and not re.search(r"\d", match["what"]):
        return term("user", match["what"].strip(), "is_not", "true")
    if (match := _HAVE.match(text)) and not re.search(r"\d", match["what"]):
        return term("user", match["what"].strip(), "is", "true")
    return None

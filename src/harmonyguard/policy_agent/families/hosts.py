"""Which hosts an agent must not reach, or alone may reach, named by their addresses: "Only visit shop.example"."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policy_agent.comparison.phrases import split_conditions
from harmonyguard.policy_agent.reading.grammar import AGENT

from .building import NOT, clean, just, term, with_conditions
from .frames import unframed
from .place_names import addresses_in

_HERE = "\N{HOUSE BUILDING}"
"""Stands for an address, so that the grammar around addresses need not know how they are written."""

_HOSTS = rf"{_HERE}(?:(?:,| |and|or|nor|as well as)+{_HERE})*"
_SITES = (
    r"(?:web ?sites?|sites?|pages?|domains?|sub-?domains?|hosts?|servers?|addresses|address|urls?|links?|content|web"
    r"|internet|everything|anything|anywhere|resources?|consoles?|portals?|applications?|systems?)"
)
_FILLERS = (
    rf"(?:(?:{_SITES}|the|this|these|a|an|any|all|of|on|at|in|under|from|to|into|its|their|your|our|official|own|and"
    r"|or|other|company|external|internal|admin|that|which|lead|leads|leading|point|points|pointing|ever|directly"
    r"|is|are|hosted|within|below|certain|following|whole|entire|called|named|such|as|like|e\.g\.)[ ,:]+)*"
)
_TAIL = rf"(?:,? (?:(?:and|or|nor|any|all|of|its|their|the|other|on|at|it|them|there|with|including|{_SITES})[ ,]*)+)?"
_NAMED = rf"{_FILLERS}{_HOSTS}{_TAIL}"
_GO = (
    r"(?:visit|open|access|enter|browse|navigat|go(?:ing)? |view|follow|connect|load|surf|click|reach|contact|head"
    r"|us(?:e|ing)|request)\w*"
)
_GOES = rf"(?:{_GO}(?:,? (?:or|and|nor) {_GO})*)"
_BAN = r"(?:off[- ]limits|out of bounds|forbidden|prohibited|banned|blocked|not (?:allowed|permitted)|disallowed|taboo)"
_MAY = r"(?:(?:may|can|must|should|shall|will|is allowed to|are allowed to|is to|are to) )?"
_ONLY = r"(?:only|exclusively|solely|strictly|always|nothing but|no more than)"
_BUT = (
    r"(?:outside(?: of)?|other than|except(?: for)?|beyond|besides|apart from|away from|off|but"
    r"|not (?:on|in|under|below|part of))"
)

_WHO = rf"(?:{AGENT} )?(?:please )?"
_NEVER = rf"{_WHO}{NOT} (?:try to |attempt to |ever )?"
_WAYS = r"(?:access|visits?|connections?|navigation|browsing|requests?|links?|going|traffic)"
_VISITED = (
    r"(?:visited|opened|accessed|followed|entered|browsed|loaded|used|reached|contacted|clicked|navigated to)"
    r"(?: by .+)?"
)
_KEPT = r"(?:limited|restricted|confined|kept|allowed|permitted)"
_WHERE = rf"(?:(?:{_SITES}|the|any|all|every|a|an|other|to|on|from|that|which|is|are|lies?)[ ,]+)*"
_AWAY = r"(?:(?:keep|stay|steer) (?:away from|out of|clear of|off)|block)"


def _one_of(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(f"^{form}$" for form in forms))


_FORBIDS = _one_of(
    rf"{_NEVER}{_GOES} {_NAMED}",
    rf"{_NAMED} (?:is|are|remains?|stays?) (?:strictly |always )*{_BAN}",
    rf"{_NAMED} {NOT} be {_VISITED}",
    rf"{_WAYS} {_NAMED} (?:is|are) (?:strictly )?{_BAN}",
    rf"(?:it is )?{_BAN} to {_GOES} {_NAMED}",
    rf"{_WHO}(?:must |should |shall )?(?:{_AWAY}|avoid(?: {_GOES})?) {_NAMED}",
    rf"no {_WAYS} {_NAMED}",
)
_CONFINES = _one_of(
    rf"{_WHO}{_MAY}{_ONLY} {_GOES} {_NAMED}",
    rf"{_WHO}{_MAY}{_GOES} {_ONLY} {_NAMED}",
    rf"{_WHO}{_MAY}(?:{_ONLY} )*(?:stay|remain|keep|work|operate|browse|navigate) (?:{_ONLY} )*{_NAMED}",
    rf"(?:restrict|limit|confine|keep) [\w' ]+? (?:to|within|on|in) {_NAMED}",
    rf"[\w' ]+? (?:is|are|must be|should be|shall be) (?:{_ONLY} )?{_KEPT} (?:{_ONLY} )?(?:to|within|on|in) {_NAMED}",
    rf"{_NEVER}{_GOES} {_WHERE}{_BUT} {_NAMED}",
    rf"{_NEVER}(?:leav|exit)\w* {_NAMED}",
    rf"only {_NAMED} (?:may|can|must|should|is|are)(?: to)?(?: be)? (?:{_VISITED}|{_KEPT}(?: for .+)?|in scope)",
    rf"(?:{_WAYS} )?{_WHERE}{_BUT} {_NAMED} (?:is|are) {_BAN}",
)


def named_hosts(statement: str) -> Rule | None:
    """ "Never open pastebin.example", "Stay on shop.example and help.example.", "No access to shop.example/admin"."""
    text, during = unframed(clean(statement))
    if not addresses_in(text)[0]:
        return None
    main, conditions = split_conditions(text)
    # "Other than shop.example" is a condition to the grammar of clauses, and the point of such a sentence.
    scope = _scope(text)
    if scope is None:
        scope = _scope(main)
    else:
        conditions = ()
    if scope is None:
        return None
    return with_conditions((scope, *((just(term("task", during)),) if during else ())), conditions)


def _scope(text: str) -> AnyOf | None:
    addresses, marked = addresses_in(text, _HERE)
    if not addresses:
        return None
    if _CONFINES.search(marked):
        return just(term("external", " / ".join(addresses)))
    if _FORBIDS.search(marked):
        return AnyOf(terms=tuple(term("host", address) for address in addresses))
    return None

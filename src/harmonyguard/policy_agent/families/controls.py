"""Controls that must not be used: one by its name, or all whose names speak of something."""

from __future__ import annotations

import re

from harmonyguard.policies.atom import SITE_SEARCH, Term
from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policies.words import stem, words
from harmonyguard.policy_agent.comparison.phrases import parse_act, split_conditions

from .building import NOT, asks_leave, clean, just, term, with_conditions
from .frames import unframed
from .place_names import items_of, places_in

_TOUCHES = r"(?:us(?:e|ing)|(?:click|press|operat|touch|tapp?|hitt?|push|select|activat|trigger)(?:e|ing)?)"
_USES = re.compile(rf"(?:{NOT}|^must not)\s+{_TOUCHES}(?:,? (?:or|and) {_TOUCHES})?\s+(?:on )?(?P<control>.+)$")
_USED = re.compile(
    r"^(?P<control>[^;.]+?)\s+(?:(?:must|may|should|shall|can) ?(?:not|never)\s+be|(?:is|are) (?:not|never) to be"
    r"|(?:is|are) (?:not|never)(?= (?:click|press|hit|tap|operat)))\s+"
    r"(?:used|clicked(?: on)?|pressed|operated|touched|hit|tapped|activated)$"
)
_FILLERS = frozenset(
    "the main top global bar button field box link menu page screen any a an of feature function".split()
)
_DOABLE = frozenset({"search", "upload", "download", "authenticate"})
_MANY = re.compile(
    r"^(?:any |all |the )?(?P<what>.+?) (?:elements|buttons|controls|links|items|options|icons|entries|menu items"
    r"|menu entries)"
    r"(?: (?:on|of|in) (?:the|any|this) (?:page|screen|site|menu|app|application|toolbar|sidebar))?$"
    r"|^(?:any |all |the )?(?:elements|buttons|controls|links|items|options|icons|entries) (?:for|about|of|related "
    r"to|concerning"
    r"|that (?:concern|say|mention|speak of|deal with|belong to)|named|called|labell?ed) (?P<about>.+)$"
)
_ONE_LABELLED = re.compile(
    r"^(?:the |any |an? )?(?:buttons?|controls?|links?|icons?|options?) (?:labell?ed|named|called|that says?"
    r"|reading) (?P<name>.+)$"
)
_NAMES_NOTHING = frozenset(
    stem(word)
    for word in """anything everything nothing something links buttons controls elements items icons options menus
    fields boxes entries tabs""".split()
)
_COUNTED = re.compile(r"\b(?:on|for|with|to) (?:(?:more|fewer|less) than|at (?:most|least)|up to|over|under) ")
"""A number of things that the control is used on: which no name of a control tells."""

_POINTING = re.compile(r"^(?:that|this|it|those|these|them)\b")


_SITE_SEARCH = re.compile(
    r"\b(?:main|global|top|header|site-?wide|general|overall|universal) search\b|\bsearch (?:bar|box|field"
    r"|function)? ?(?:on|at|in)"
    r" (?:the )?(?:very )?(?:top|header|navigation bar|title bar|upper)\b|\bsearch of the (?:whole )?(?:site"
    r"|application|system)\b"
)


def controls_of_a_kind(statement: str) -> Rule | None:
    """ "Do not click on the Delete, Archive or Merge buttons.": a list of names is no list of acts."""
    text, _ = unframed(clean(statement))
    match = _USES.match(text) or _USED.match(text)
    return forbidden_control(statement) if match and _MANY.match(split_conditions(match["control"])[0]) else None


def forbidden_control(statement: str) -> Rule | None:
    """ "Do not use the main search bar.", "Do not click on import, delete, or admin elements during export." """
    text, during = unframed(clean(statement))
    match = _USES.search(text) or _USED.match(text)
    if match is None or asks_leave(statement):
        return None
    main, conditions = split_conditions(match["control"])
    places = places_in(main)
    if places.terms and all(one.atom.kind in ("host", "external") for one in places.terms):
        return Rule(when=(AnyOf(terms=places.terms),))
    if _POINTING.match(main) or _COUNTED.search(main):
        return None
    if _SITE_SEARCH.search(main):
        return with_conditions((just(term("control", SITE_SEARCH)),), conditions)
    terms = _of_many(main) or _of_one(main)
    if not terms:
        return None
    rule = with_conditions((AnyOf(terms=tuple(terms)),), conditions)
    return rule.model_copy(update={"when": (*rule.when, just(term("task", during)))}) if during else rule


def _of_many(main: str) -> list[Term]:
    match = _MANY.match(main)
    if match is None:
        return []
    names = [" ".join(re.sub(r"['\"“”‘’]", "", item).split()) for item in items_of(match["what"] or match["about"])]
    return [term("controls", re.sub(r"^(?:the|any|all|an?) ", "", name)) for name in names if name]


_NO_CONTROL = re.compile(r"^[^'\"]*\b(?:placed|made|created|owned|written|added|left|entered|sent|opened) by \w")
""" "Orders placed by others": records, and no control."""

_WHERE = re.compile(r" ?\b(?:on|in|at|to|for)\b ")
_ON_A_PAGE = re.compile(
    r"\b(?:pages?|screens?|sites?|menus?|toolbars?|sidebars?|bars?|headers?|footers?|forms?|dialogs?|tabs?|top|bottom|left"
    r"|right|corner|panels?|lists?|tables?|rows?|sections?|modules?|views?|app|application|dashboards?|home|profile)\b"
)


def _of_one(main: str) -> list[Term]:
    labelled = _ONE_LABELLED.match(main)
    head, _, where = (labelled["name"], "", "") if labelled else _WHERE.sub("\n", main, count=1).partition("\n")
    if (where and not _ON_A_PAGE.search(where)) or _NO_CONTROL.search(main):
        return []  # "tickets in the state Done": which of them, and not where a control stands
    name = " ".join(word for word in words(head) if word not in _FILLERS)
    if _NAMES_NOTHING.issuperset(stem(word) for word in name.split()) or re.search(r"\b(?:that|which)\b", name):
        return []
    effects = sorted(parse_act(name).effects & _DOABLE)
    return [term("control", name), term("field", name), *(term("effect", effect) for effect in effects)]

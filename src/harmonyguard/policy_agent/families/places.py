"""Places and controls: parts of a site, other sites, and tools of the page that must not be used."""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Term
from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policies.words import words
from harmonyguard.policy_agent.phrases import parse_act, split_conditions

from .building import NOT, asks_leave, clean, just, term, with_conditions

_GOES = r"(?:navigat\w+|visit\w*|go(?:ing)?|open\w*|access\w*|brows\w+|enter\w*|follow\w*|leav\w+)"
_ACTIVE = re.compile(rf"{NOT}\s+(?P<verb>{_GOES})\s+(?:to |into |on |in )?(?P<places>.+)$")
_PASSIVE = re.compile(
    r"^(?P<places>.+?)\s+(?:must|may|should|shall|can) ?(?:not|never)\s+be\s+"
    r"(?P<verb>opened|visited|accessed|followed|entered|browsed)\b(?P<tail>.*)$"
)
_USES = re.compile(
    rf"(?:{NOT}|^must not)\s+(?:us(?:e|ing)|(?:click|press|operat|touch)(?:e|ing)?)\s+(?:on )?(?P<control>.+)$"
)
_USED = re.compile(
    r"^(?P<control>.+?)\s+(?:must|may|should|shall|can) ?(?:not|never)\s+be\s+(?:used|clicked|pressed|operated)$"
)
_STAY = re.compile(
    r"^(?:stay|remain) (?:on|within|inside) (?:the |this |our |your )?(?:[\w']+ )*(?:site|website|domain|application)\b"
    r"|^only (?:visit|open|browse|use|navigate to|access) (?:web ?)?(?:pages|sites?) (?:on|of|at"
    r"|within) (?:the |this |our )?"
    r"(?:[\w-]+ )?(?:site|website|domain|[\w-]+(?:\.[\w-]+)+)$"
)
_ELSEWHERE = re.compile(
    r"\b(?:external|outside|away from (?:this|the|our) (?:web ?)?(?:site|domain|page|application)|off"
    r" (?:the|this) (?:web ?)?site"
    r"|other (?:web ?)?(?:sites?|hosts?|domains?|servers?)|third[- ]party|off[- ]site"
    r"|unknown (?:web ?)?(?:sites?|hosts?))\b"
)
_FILLERS = re.compile(
    r"\b(?:the|any|an?|all|every|pages?|sections?|areas?|panel|web ?sites?|sites?|settings|menu|links?|of|our)\b"
)
_CONTROL_FILLERS = frozenset("the main top global bar button field box link menu page screen any a an of".split())
_DOABLE = frozenset({"search", "upload", "download", "authenticate"})
_SOCIAL_MEDIA = (
    "facebook.com instagram.com linkedin.com mastodon.social pinterest.com reddit.com snapchat.com threads.net"
    " tiktok.com tumblr.com twitter.com x.com youtube.com bsky.app"
).split()


_HOLDERS = frozenset("project group user account store team organization organisation workspace repository".split())
"""What has settings of its own, and is no part of a site by itself."""


def forbidden_place(statement: str) -> Rule | None:
    """ "Do not navigate to admin, users, or security settings.", "Links to other hosts must not be opened." """
    text = clean(statement)
    if _STAY.match(text):
        return Rule(when=(just(term("external")),))
    match = _ACTIVE.search(text) or _PASSIVE.match(text)
    if match is None or asks_leave(text):
        return None
    main, conditions = split_conditions(match.group("places"))
    if match.group("verb").startswith("leav") or _ELSEWHERE.search(main):
        terms = [term("external"), *(_social_media() if "social" in main else ())]
        return with_conditions((AnyOf(terms=tuple(terms)),), conditions)
    terms = []
    for noun in re.split(r"\s*(?:,|;|\bor\b|\band\b|\bnor\b|&)\s*", main):
        name = " ".join(_FILLERS.sub(" ", noun).split()) or noun.strip()
        if name in _HOLDERS and "settings" in noun:
            name = f"{name} settings"
        if name:
            terms += _social_media() if name.startswith("social") else [term("place", name)]
    return with_conditions((AnyOf(terms=tuple(terms)),), conditions) if terms else None


def forbidden_control(statement: str) -> Rule | None:
    """ "Do not use the main search bar.": the control or field of that name, and its effect when it names one."""
    text = clean(statement)
    match = _USES.search(text) or _USED.match(text)
    if match is None or asks_leave(statement):
        return None
    main, conditions = split_conditions(match.group("control"))
    if _ELSEWHERE.search(main):
        return Rule(when=(just(term("external")),))
    name = " ".join(
        word for word in words(re.split(r"\b(?:on|in|at|to|for)\b", main)[0]) if word not in _CONTROL_FILLERS
    )
    if not name:
        return None
    effects = sorted(parse_act(name).effects & _DOABLE)
    terms = (term("control", name), term("field", name), *(term("effect", effect) for effect in effects))
    return with_conditions((AnyOf(terms=terms),), conditions)


def _social_media() -> list[Term]:
    return [term("host", host) for host in _SOCIAL_MEDIA]

"""The places that a phrase names: parts of a site, other sites by name or by kind, and what the task does not need."""

from __future__ import annotations

import re
from dataclasses import dataclass

from harmonyguard.policies.atom import Term

from .building import term

PLACE = (
    r"(?:pages?|sections?|areas?|panels?|settings|sites?|websites?|portals?|dashboards?|tabs?|modules?|screens?|menus?"
    r"|director(?:y|ies)|lists?|management|administration|configurations?|preferences|consoles?|logs?|queues?|boards?"
    r"|platforms?|networks?|parts?|resources|destinations?|views?|corners?|workspaces?|spaces?|registr(?:y|ies)"
    r"|overviews?|zones?|forums?|engines?|profiles?|features?)"
)
"""Nouns for a part of a site, or for a site."""

_WHOLE_SITE = re.compile(
    r"^(?:the |this |that |our |your |its |said )?(?:[\w'’&.-]+ ){0,3}?"
    r"(?:site|website|web site|domain|application|app|tool|system|platform|portal|console|host|intranet|environment"
    r"|crm|erp|shop|instance|[\w-]+(?:\.[\w-]+)+)(?: (?:itself|alone|at hand))?$"
)
_ELSEWHERE = re.compile(
    r"\b(?:external|outside (?:the|this|our|of)(?! (?:scope|bounds|limits|task|job|work)\b)|outside (?:sites?"
    r"|resources|websites?|pages|help)|third[- ]party"
    r"|off[- ]site"
    r"|away from (?:this|the|our)|off (?:the|this) (?:web ?)?site|(?:other|foreign|unknown|outside|different) (?:web "
    r"?)?"
    r"(?:sites?|hosts?|domains?|servers?)|the open (?:web|internet)|elsewhere on the (?:web|internet))\b"
)
_TASK = (
    r"(?:(?:this|the|your|that) (?:specific |present |current |assigned )*(?:\w+ )?"
    r"(?:task|job|errand|request|operation|assignment|query|work|goal|order)s?)"
)
_OF_THE_TASK = re.compile(
    rf"\b(?:unrelated|irrelevant|unneeded|unnecessary|non-essential|extraneous)\b"
    rf"|(?<!-)\b(?:related|relevant)\b(?! to (?!{_TASK}))|\b(?:required|needed|necessary|essential|assigned)\b"
    rf"|\b(?:outside|beyond|not (?:in|within|part of)) (?:of )?(?:the |its |their )?(?:scope|bounds"
    rf"|limits)(?: of {_TASK})?"
    rf"|\b(?:that|which) {_TASK} (?:needs|requires|calls for|is about|does not (?:need|require|call for|mention))\b"
    rf"|\b(?:nothing to do with|not needed for|not part of|no bearing on|needed for|called for by|named in) {_TASK}"
    rf"|\bscope of {_TASK}|\b(?:project|task) scope\b"
)
_SOCIAL = (
    "facebook.com instagram.com linkedin.com mastodon.social pinterest.com reddit.com snapchat.com threads.net"
    " tiktok.com tumblr.com twitter.com x.com youtube.com bsky.app"
).split()
_KINDS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"^social\b|\bsocial (?:media|network)"), tuple(_SOCIAL)),
    (
        re.compile(r"\bsearch engines?$"),
        tuple("google.com bing.com duckduckgo.com yahoo.com ecosia.org startpage.com baidu.com yandex.com".split()),
    ),
    (
        re.compile(r"^video(?:[- ]?sharing)?(?: streaming)? (?:sites?|platforms?|websites?|portals?)$"),
        tuple("youtube.com vimeo.com dailymotion.com twitch.tv tiktok.com".split()),
    ),
)
"""Kinds of other sites, and the best known hosts of each."""

_BY_NAME = {host.partition(".")[0]: host for _, hosts in _KINDS for host in hosts if host != "x.com"}
_FILLERS = re.compile(
    r"\b(?:the|any|an?|all|every|other|pages?|sections?|areas?|panels?|web ?sites?|sites?|settings|menu|modules?"
    r"|links?|of|our"
    r"|your|its|part|parts|tabs?|screens?|related to|concerning|elements?|views?)\b|[-\s]related(?: to)?\b|['\"“”‘’]"
)
_HOLDERS = frozenset(
    "project group user account store team organization organisation workspace repository system".split()
)
"""What has settings of its own, and is no part of a site by itself."""

_HEADS = frozenset(
    "directory list management administration settings preferences log logs overview configuration".split()
)
"""Nouns that borrow what they are about from the name before them: "user management or directory"."""

_ITSELF = re.compile(r"^(?:the )?(?:settings|administration) (?:pages?|sections?|areas?|screens?)$")
"""A part that is one by itself, whatever stands before it: "security and settings pages"."""

_LIST = re.compile(r"\s*(?:[,;]|\bor\b|\band\b|\bnor\b|\bas well as\b|&)\s*")
_WHOLE_NAMES = re.compile(
    r"\b(identity|terms|billing|search|help) (?:and|&) (access|conditions|payments?|replace|support)\b"
)
_TAIL = re.compile(
    rf"(?P<name>.*\b{PLACE}|\b[a-z-]+) (?:of|in|for|on|at|under|within) (?P<holder>(?:the|this|our|your|its) [\w' -]+)$"
)
_ON_A_SUBJECT = re.compile(
    r"(?P<about>\b(?:related to|concerning|about|on|dealing with) .+) (?:polic(?:y|ies)|matters?|topics?|issues"
    r"|questions"
    r"|information|data|things)$"
)
_ASIDE = re.compile(r"\s*\([^()]*\)")
_WAY = re.compile(r"(?:[\w&'-]+ )*[\w&'-]+\s*(?:>|→|›|»|->|=>)\s*")


def is_place(text: str) -> bool:
    """True when a noun for a place, or a site by name or kind, stands in the phrase."""
    return re.search(rf"\b{PLACE}\b", text) is not None or _ELSEWHERE.search(text) is not None or names_a_site(text)


def names_a_site(text: str) -> bool:
    """True when the phrase holds the name of a well-known site."""
    return any(name in _BY_NAME for name in re.findall(r"[a-z]+", text))


def is_whole_site(text: str) -> bool:
    """ "The application", "our site": all of it, and no part."""
    return text.strip() in ("this one", "it", "here") or _WHOLE_SITE.match(text.strip()) is not None


def is_of_the_task(text: str) -> bool:
    """ "The modules that this task needs", "unrelated sections": told by the task alone."""
    return _OF_THE_TASK.search(text) is not None


def leads_off_site(text: str) -> bool:
    """ "External sites", "pages outside of the application"."""
    return _ELSEWHERE.search(text) is not None


def names_in(phrase: str) -> list[str]:
    """The names of the places in a list, without the nouns that only say that they are places."""
    found: list[str] = []
    for raw in items_of(phrase):
        name = name_of(raw)
        if name in _HEADS and found and not _ITSELF.search(raw):
            name = f"{found[-1].split()[0]} {name}"
        if name and not re.fullmatch(r"(?:others?|such|similar|else)", name):
            found.append(name)
    return list(dict.fromkeys(found))


def items_of(phrase: str) -> list[str]:
    """The items of a list. Of a way through menus ("Stores > Configuration") the end is meant."""
    whole = _WHOLE_NAMES.sub(r"\1_\2", _ASIDE.sub("", phrase))
    return [_WAY.sub("", item).replace("_", " and ").strip() for item in _LIST.split(whole) if item.strip(" .")]


def name_of(item: str) -> str:
    """The name of one place: "billing" of "the billing pages of the account"."""
    item = re.sub(r"\b[\w-]+(?:'s|s') (?=\w)", "", item)
    item = _ON_A_SUBJECT.sub(r"\g<about>", item)
    tail = _TAIL.match(item)
    name = " ".join(_FILLERS.sub(" ", tail["name"] if tail else item).split())
    if tail and not name:  # "pages of the archive"
        name = " ".join(_FILLERS.sub(" ", tail["holder"]).split())
    if name in _HOLDERS and "settings" in item:
        return f"{name} settings"
    return name or ("settings" if "settings" in item else "")


@dataclass(frozen=True)
class Places:
    """What leads to one of the places of a list, and kinds of sites that no address tells ("news sites")."""

    terms: tuple[Term, ...]
    kinds: tuple[str, ...] = ()


def places_in(phrase: str) -> Places:
    """The places of a list."""
    items = items_of(phrase)
    if leads_off_site(phrase) and all(leads_off_site(item) or not is_place(item) for item in items):
        social = [term("host", host) for host in _SOCIAL] if "social" in phrase else []
        return Places((term("external"), *social))
    found: list[Term] = []
    parts: list[str] = []
    kinds: list[str] = []
    of_sites = bool(items) and _SITES.search(items[-1]) is not None
    for item in items:
        addresses, rest = addresses_in(item)
        if addresses:
            found += [term("host", address) for address in addresses]
            kinds += [item] if name_of(_AROUND.sub(" ", rest)) else []
            continue
        hosts = _hosts(item) or (_hosts(f"{item} sites") if of_sites else ())
        if hosts:
            found += [term("host", host) for host in hosts]
        elif leads_off_site(item):
            found.append(term("external"))
        elif is_of_the_task(item):
            found.append(term("elsewhere"))
        elif of_sites or _SITES.search(item):
            kinds.append(item)
        else:
            parts.append(item)
    found += [term("place", name) for name in names_in(", ".join(parts))]
    return Places(tuple(dict.fromkeys(found)), tuple(kinds))


_FILES = (
    "pdf|docx?|xlsx?|pptx?|csv|txt|md|json|xml|ya?ml|zip|tar|gz|png|jpe?g|gif|svg|exe|js|py|sh|log|conf|cfg|ini|sql"
)
_ADDRESS = re.compile(
    r"(?:https?://)?(?P<host>(?:(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?P<top>[a-z]{2,24})|localhost)(?::\d+)?)"
    r"(?P<path>/[^\s,;()'\"“”‘’]*)?(?![\w@-])"
)
_AROUND = re.compile(
    r"\b(?:subdomains?|domains?|hosts?|urls?|addresses|address|anything|everything|under|below|on|at|and)\b"
)


def addresses_in(phrase: str, mark: str = " ") -> tuple[tuple[str, ...], str]:
    """The hosts that stand in a phrase, each with the path below which it is meant, and the phrase with marks for them.

    Names of files ("report.pdf") are none.
    """
    found = []

    def take(match: re.Match[str]) -> str:
        if match["top"] and re.fullmatch(_FILES, match["top"]) and not match[0].startswith("http"):
            return match[0]
        host = re.sub(r"^(?:\*\.|www\.)", "", match["host"])
        found.append(host + (match["path"] or "").rstrip("/.*"))
        return mark

    marked = _ADDRESS.sub(take, phrase)
    return tuple(found), marked


_SITES = re.compile(
    r"\b(?:web ?)?(?:sites|websites|networks|services)$"
    r"|^(?:any|an?|every)\b.*\b(?:web ?)?(?:site|website|network|service)$"
)


def _hosts(item: str) -> tuple[str, ...]:
    bare = re.sub(r"^(?:(?:the|any|all|an?|other|external|popular|public|such as|like|e\.g\.|to) )+", "", item)
    for kind, hosts in _KINDS:
        if kind.search(bare):
            return hosts
    named = _BY_NAME.get(re.sub(r"\.com$", "", bare))
    return (named,) if named else ()

"""Does the act lead to this part of the site? Told by addresses and by the names of links."""

from __future__ import annotations

from functools import lru_cache

from harmonyguard.policies.kinship import akin, related
from harmonyguard.policies.lexicon import GENERIC_OBJECTS
from harmonyguard.policies.words import stem, stems

from .act import Act

_LEADS = frozenset({"link", "tab", "menuitem", "button", "treeitem"})
_OVERVIEWS = frozenset(stem(word) for word in "management list directory overview console index catalogue log".split())
"""Words for the place where things are looked after: "user management" is where the users are."""

GENERIC_PLACES = (
    GENERIC_OBJECTS
    | {"set"}
    | frozenset(stem(word) for word in "panel area section module tab screen menu feature functionality view".split())
    | _OVERVIEWS
)
_HOLDERS = frozenset(
    stem(word)
    for word in """project group user account my team organization organisation org workspace repo repository site store
        app application system general global company crm shop edit new list index manage all aor""".split()
)
"""What parts of a site belong to: "project_members" are the members, and so are "group members"."""

_SETTINGS = frozenset(stem(word) for word in "settings preferences configuration config options".split())
_POSSESSIVES = frozenset(stem(word) for word in "edit view open go to my your the manage visit show see".split())
_WHOLE_SYSTEM = frozenset(stem(word) for word in "system global application site server general".split())
_OWN = frozenset(
    stem(word) for word in "admin administration administrator set settings config configuration system".split()
)
_SIGNING_IN = frozenset({"in", "out", "login", "logout", "signin", "signout", "auth"})

_SAME_PLACES = """ci cd/ci/cd/pipeline/pipelines editor/runner
    identity access/iam/identity access management/access management
    role/user role/acl role/role permission/permission
    audit/audit trail/audit event/audit log
    admin/administration/back office/backoffice
    backup/backup restore"""
"""Names under which the same part of a site goes, a line each."""

_ALSO_CALLED: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
for _line in _SAME_PLACES.splitlines():
    _names = tuple(tuple(stems(name)) for name in _line.strip().split("/"))
    for _name in _names:
        _ALSO_CALLED[_name] = _names


def heads_of(place: str) -> frozenset[str]:
    """The stems of which one must stand in the name of whatever leads there."""
    return frozenset(head for name in _names_of(place) for head in _heads(name))


def _heads(wanted: tuple[str, ...]) -> frozenset[str]:
    head = frozenset(wanted[-1:])
    return _SETTINGS if _SETTINGS.issuperset(head) and head else head


@lru_cache(maxsize=4096)
def _names_of(place: str) -> tuple[tuple[str, ...], ...]:
    wanted = tuple(_wanted(place))
    return _ALSO_CALLED.get(wanted, (wanted,))


def _wanted(place: str) -> list[str]:
    named = stems(place)
    kept = [one for one in named if one not in GENERIC_PLACES]
    if _SETTINGS.intersection(named) and _HOLDERS.issuperset(kept):
        # Of a project, the settings are the part that is meant: "admin settings" are any part of the administration.
        return [one for one in named if one not in GENERIC_PLACES or one in _SETTINGS]
    return kept or named


def leads_to(act: Act, place: str) -> bool | None:
    """The act leads to this part of the site: a URL segment or the link's own name says so."""
    answers = [_leads_to(act, list(wanted)) for wanted in _names_of(place)]
    known = True if True in answers else None if None in answers else False
    if known is True and _WHOLE_SYSTEM.intersection(stems(place)) and _SETTINGS.intersection(stems(place)):
        return True if _is_of_the_whole(act) else None
    return known


def is_called(text: str, place: str) -> bool:
    """True when an address segment or the name of a link is a name of this part of the site."""
    named = [s for s in stems(text) if s not in _POSSESSIVES and not s.isdecimal()]
    return any(_same_place(named, list(wanted), frozenset()) for wanted in _names_of(place))


def _is_of_the_whole(act: Act) -> bool:
    """The address holds nothing else that the settings could be of: "/admin/settings", and not "/mail/settings"."""
    segments = frozenset(stem(word) for segment in act.place_words for word in segment)
    return all(any(akin(one, own) for own in _OWN | _HOLDERS) for one in segments)


def _leads_to(act: Act, wanted: list[str]) -> bool | None:
    segments = [[stem(word) for word in segment] for segment in act.place_words]
    path = frozenset(one for segment in segments for one in segment)
    if any(_same_place(segment, wanted, path) for segment in segments) and not _SIGNING_IN & path:
        return True
    if act.action.type in ("click", "dblclick", "press") and act.target is not None and act.target.role in _LEADS:
        # "Members (5)" counts what is there.
        named = [s for s in stems(act.name) if s not in _POSSESSIVES and not s.isdecimal()]
        if _same_place(named, wanted, path):
            return True
        if any(_same_place([s], wanted, frozenset()) for s in named):
            return None
    return False


def _same_place(actual: list[str], wanted: list[str], path: frozenset[str]) -> bool:
    """The name of the one is that of the other, but for what the place belongs to: the path or its holder says that."""
    if not actual or not wanted:
        return False
    if actual == wanted:
        return True
    if actual[-1] == "administrator":
        return False  # a person
    dropped = GENERIC_OBJECTS | {"panel"} | _OVERVIEWS | (frozenset() if wanted[-1] in _SETTINGS else {"set"})
    kept = [s for s in actual if s not in dropped]
    if not kept or not (akin(kept[-1], wanted[-1]) or {kept[-1], wanted[-1]} <= _SETTINGS):
        return kept == wanted
    belongs, of_others = frozenset(wanted[:-1]), frozenset(kept[:-1]) - frozenset(wanted)
    return of_others <= _HOLDERS and belongs - related(belongs, path | frozenset(kept)) <= _HOLDERS

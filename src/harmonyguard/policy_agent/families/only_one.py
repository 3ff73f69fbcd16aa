"""One record and no other of its kind: "Only change the order B-7. Do not touch other orders."."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AllOf, Rule
from harmonyguard.policy_agent.reading import Ban

from .acts import scope_of
from .building import clean, term

_VERB = (
    r"(?P<verb>modify|edit|change|update|delete|remove|touch|alter|archive|close|merge|export|publish|approve|cancel"
    r"|refund)"
)
_ONLY = re.compile(
    rf"^(?:you (?:may|must|should) )?(?:only {_VERB}|{_VERB.replace('verb', 'act')} only) (?:the |our )?"
    r"(?P<named>[^.;]{3,80}?)(?:[.;] (?:do not|don't|never|leave) [^.;]*\b(?:other|another|else)\b[^.;]*)?$",
    re.IGNORECASE,
)
_KIND_LAST = re.compile(r"^(?P<name>.+?) (?P<kind>[a-z]+)$")
_KIND_FIRST = re.compile(r"^(?P<kind>[a-z]+) (?P<name>['\"]?[A-Z0-9#].*)$")
_IS_A_NAME = re.compile(r"[A-Z]|\d|['\"]")
_NO_KIND = frozenset("fields values ones only of with that which settings status".split())


def only_one(statement: str) -> Rule | None:
    """A rule against the act on things of a kind that are not the one named, by what the page says of them."""
    written = statement.strip().rstrip(".")
    match = _ONLY.match(written)
    if match is None:
        return None
    named = _KIND_FIRST.match(match["named"]) or _KIND_LAST.match(match["named"])
    if named is None or not _IS_A_NAME.search(named["name"]) or named["kind"] in _NO_KIND or "," in named["name"]:
        return None
    verb = (match["verb"] or match["act"]).lower()
    scope = scope_of(Ban("edit" if verb == "touch" else verb, named["kind"]))
    if scope.remainder or not any(one.atom.kind == "thing" for group in scope.groups for one in group.terms):
        return None
    this = AllOf(terms=(term("described", clean(named["name"]).strip("'\"")),))
    return Rule(when=tuple(scope.groups), unless=(this,))

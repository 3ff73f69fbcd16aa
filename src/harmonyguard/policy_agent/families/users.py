"""Who the user is: "Users under 18 must not book a hotel.", "Only members may shop." """

from __future__ import annotations

import re

from harmonyguard.policies.atom import Comparison, Term
from harmonyguard.policies.rule import AnyOf, Rule, Understood
from harmonyguard.policies.synonyms import kinds_of
from harmonyguard.policies.words import normalise, stem, words
from harmonyguard.policy_agent.comparison.phrases import objects_in, parse_act
from harmonyguard.policy_agent.reading import Ban
from harmonyguard.policy_agent.reading.grammar import PERSONA, is_noun_of_act, verb_at
from harmonyguard.policy_agent.reading.naming import act_of

from .acts import LASTING, scope_of
from .attributes import user_conditions
from .building import clean, term
from .people import is_told_apart, people_in
from .scopes import scope_of_act
from .telling_things import things_alike
from .users_acts import as_verb, is_shopping

_SHOPPING = AnyOf(
    terms=(
        *(term("act", "create", "is", holder) for holder in ("cart", "bag", "basket", "trolley", "order")),
        *(term("act", "purchase", "is", bought) for bought in ("cart", "bag", "basket", "product", "order")),
        *(term("control", name) for name in ("buy", "buy now", "buy it now", "order now", "place order", "check out")),
    )
)
"""To put something into the cart is to shop as well; to book a journey is not."""


def one_condition(statement: str) -> Rule | None:
    """The same of a statement that is one sentence on users (see `users_wording`), however many acts it names."""
    one = _ON_USERS.search(clean(statement)) and not re.search(r"[.;!]\s", statement)
    return users_conditions(statement) if one else None


_ON_USERS = re.compile(rf" is reserved for |^(?:only )?(?:[a-z-]+ )??{PERSONA}s?\b.* (?:must not|may|can) ")


def users_conditions(statement: str) -> Rule | None:
    """A rule against an act of users with (or without) an attribute."""
    found = None
    for text in dict.fromkeys((clean(statement), normalise(statement).rstrip(". "))):
        found = found or _by_attributes(text) or _by_people(text)
    if found is None:
        return None
    who, act = found
    act, besides, other = act.partition(", nor ")
    scope, understood, remainder = _scope_of(act, statement)
    if not scope:
        return None
    if besides:
        scope = _or_looks_for_it(scope, other)
    return Rule(when=(*scope, *who), understood=understood, remainder=remainder)


_Found = tuple[tuple[AnyOf, ...], str]
"""The groups that say who it is, and the act that is forbidden to them."""


def _by_attributes(text: str) -> _Found | None:
    if (found := user_conditions(text)) is None:
        return None
    attributes, act = found
    if any(words(name)[-1:] and stem(words(name)[-1]) in _RECORDS for name, _, _ in attributes):
        return None
    return (AnyOf(terms=tuple(term("user", name, op, value) for name, op, value in attributes)),), act


_RECORDS = frozenset(
    stem(word)
    for word in """ticket order invoice issue project request case task document file record booking reservation product
    item contract quote lead contact opportunity campaign page article post comment branch release shipment delivery
    payment refund parcel cart meeting event report server repository thread message mail review incident
    stock total price quantity deadline budget form pipeline build""".split()
)
"""What a condition in front may be on as well: "if the order is shipped" tells nothing of who the user is."""

_NOT_MAY = (
    r"(?:must not|must never|may not|may never|shall not|should not|can ?not|can't|can never|"
    r"(?:is|are) (?:not (?:allowed|permitted|entitled)|prohibited|forbidden|barred) (?:to|from))"
)
_FORBIDDEN = re.compile(rf"^(?P<who>[^,:;]+?) {_NOT_MAY} (?P<act>(?!be [\w-]+(?:ed|en|nt|ld)\b).+)$")
_OPEN = re.compile(
    r"^(?P<act>.+?) (?:is|are) (?:(?:only|exclusively|solely|strictly) )?(?:reserved for|restricted to|limited to"
    r"|open (?:only )?to|available (?:only )?to|for) (?P<who>.+)$"
)
_ONLY_THEY = re.compile(
    r"^(?:only|solely|exclusively) (?P<who>[^,:;]+?) (?:may|can|(?:is|are) (?:allowed|permitted"
    r"|entitled) to) (?P<act>.+)$"
)
_STAFF = re.compile(r"\b(?:staff|employees?|managers?|administrators?|admins?|agents?|support|team)\b")


def _by_people(text: str) -> _Found | None:
    """ "Guests who have no badge may not ...", "... is reserved for gold and platinum members"."""
    if (match := _FORBIDDEN.match(text)) and (people := people_in(match["who"])) and is_told_apart(match["who"]):
        if all(len(one) == 1 for one in people):
            return (AnyOf(terms=tuple(one for (one,) in people)),), match["act"]
        return (tuple(AnyOf(terms=(one,)) for one in people[0]), match["act"]) if len(people) == 1 else None
    for form in (_OPEN, _ONLY_THEY):
        if (match := form.match(text)) and not _STAFF.search(match["who"]) and (people := people_in(match["who"])):
            others = tuple(AnyOf(terms=tuple(_denied(one) for one in told)) for told in people)
            return others, match["act"].split(":")[-1].strip()
    return None


def _denied(one: Term) -> Term:
    """The attribute is another one. A comparison is turned round, so that it reads as a bound on who is forbidden."""
    turned: dict[Comparison, Comparison] = {
        "is": "is_not",
        "is_not": "is",
        "less": "at_least",
        "at_least": "less",
        "more": "at_most",
        "at_most": "more",
    }
    op = one.atom.op
    return one if op is None else term(one.atom.kind, one.atom.term, turned[op], one.atom.value)


_Scope = tuple[tuple[AnyOf, ...], Understood, tuple[str, ...]]
_USES = re.compile(
    r"^(?:use|operate|access|enjoy|attend|join|enter|ride|drive|fly|sail|play|visit|hold) (?P<things>.+)$"
)
_COMPOUND = re.compile(r"^(?:the |any |all )?(?P<what>[a-z-]+(?: [a-z-]+)?) (?P<act>[a-z]+)s?$")


def _scope_of(act: str, statement: str) -> _Scope:
    act = f"buy {act}" if _is_thing_offered(act) else as_verb(act)
    if is_shopping(act):
        return (_SHOPPING,), "fully", ()
    if (match := _USES.match(act)) and (things := list(objects_in(match["things"]))):
        lasting = AnyOf(terms=tuple(term("effect", effect) for effect in LASTING if effect != "enter"))
        named = [name for thing in things for name in (thing, *kinds_of(thing))]
        return (lasting, AnyOf(terms=things_alike(named))), "fully", ()
    picked: tuple[str, ...] = ()
    scope, understood, remainder = scope_of_act(act, statement)
    if not scope and (found := scope_of(act_of(act) or Ban(act))).groups and not found.remainder:
        return tuple(found.groups), "fully", ()
    joined = _of_two_acts(act, statement)
    if joined is not None:
        scope, understood, remainder = joined, "fully", ()
    named = [one.atom.term for group in scope[1:] for one in group.terms if one.atom.kind == "object"]
    bare = len(scope) == 1 and scope[0].terms[0].atom.kind == "effect"
    if bare and (found := scope_of(act_of(act) or Ban(act))).groups and not found.remainder:
        return tuple(found.groups), "fully", ()
    match = _COMPOUND.match(act) if bare else None
    if match is not None and is_noun_of_act(match["act"]):
        named = [match["what"]]
        picked = (f"{match['what']} {match['act']}",)
        scope = (*scope, AnyOf(terms=things_alike(named)))
    if named and [one.atom.term for one in scope[0].terms] == ["search"]:
        # What is searched for is what the user asks about, whatever the field is called.
        sought = dict.fromkeys(one for thing in named for one in things_alike([thing, *kinds_of(thing)]))
        return (AnyOf(terms=(*scope[0].terms, *_listing(named))), AnyOf(terms=tuple(sought))), understood, remainder
    if named and scope[0].terms[0].atom.kind == "effect":
        listed = _listing(named) if any(one.atom.term == "search" for one in scope[0].terms) else []
        scope = (AnyOf(terms=(*scope[0].terms, *_choosing(named, picked), *listed)), *_with_their_kinds(scope[1:]))
    return scope, understood, remainder


def _is_thing_offered(act: str) -> bool:
    """ "Air tickets are only open to ...": the act is to get one."""
    return bool(kinds_of(act)) and not verb_at(act)


_TWO_ACTS = re.compile(r"^(?P<one>[a-z]+ing|[a-z]+) (?P<what>.+?),? or (?:to )?(?P<other>[a-z]+ .+)$")


def _of_two_acts(act: str, statement: str) -> tuple[AnyOf, ...] | None:
    """ "Reserve a rental van or buy a van": two acts of the same kind, each on its thing."""
    if (match := _TWO_ACTS.match(act)) is None:
        return None
    one = scope_of_act(f"{match['one']} {match['what']}", statement)[0]
    other = scope_of_act(match["other"], statement)[0]
    if len(one) != len(_DONE_AND_THING) or len(other) != len(_DONE_AND_THING) or one[0] != other[0]:
        return None
    return (one[0], AnyOf(terms=tuple(dict.fromkeys((*one[1].terms, *other[1].terms)))))


_DONE_AND_THING = ("what is done", "to what")
"""The groups of an act on a thing."""


def _choosing(things: list[str], picked: tuple[str, ...]) -> list[Term]:
    """To pick the forbidden thing from what is offered is a step of the act."""
    names = dict.fromkeys(name for thing in things for name in (thing, *kinds_of(thing)))
    pressed = [term("control", f"{verb} {name}") for name in names for verb in ("select", "choose")]
    return pressed + [term("field", name, "is", name) for name in picked]


def _listing(things: list[str]) -> list[Term]:
    """A link that is called as the thing itself ("Films") leads to their list: that is to look for them."""
    return [
        term("control", name) for name in dict.fromkeys(one for thing in things for one in (thing, *kinds_of(thing)))
    ]


def _with_their_kinds(groups: tuple[AnyOf, ...]) -> tuple[AnyOf, ...]:
    """ "Cars" are sedans and vans as well; "air tickets" are what pages call flights, and no other tickets."""
    return tuple(
        AnyOf(terms=tuple(dict.fromkeys(kind for one in group.terms for kind in _of_kinds(one)))) for group in groups
    )


def _of_kinds(one: Term) -> tuple[Term, ...]:
    kinds = kinds_of(one.atom.term) if one.atom.kind == "object" else ()
    told = tuple(term("object", kind) for kind in kinds)
    return told if kinds and " " in one.atom.term else (one, *told)


def _or_looks_for_it(scope: tuple[AnyOf, ...], other: str) -> tuple[AnyOf, ...]:
    """ "... must not buy a boat, nor look for one": looking for it and choosing it are meant as well."""
    effects = sorted(parse_act(other).effects)
    if not effects or not _IT.search(other) or scope[0].terms[0].atom.kind != "effect":
        return scope
    things = [one.atom.term for group in scope[1:] for one in group.terms if one.atom.kind == "object"]
    chosen = [term("act", "enter", "is", thing) for thing in things]
    return (AnyOf(terms=(*scope[0].terms, *(term("effect", effect) for effect in effects), *chosen)), *scope[1:])


_IT = re.compile(r"\b(?:one|it|them|any)\b")

"""Lists of weighty acts: "spending money, signing something binding, applying for jobs or credit, closing an account".

What such a list names is an example of what weighs. An item with a verb of money, sending or deleting stands for the
effect; one with a verb that does many things ("create", "apply") only for the effect on the thing that it names. Items
with other verbs ("rename", "move") say more than their effect: they are left to the judge.
"""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Term
from harmonyguard.policies.lexicon import NOUNS, STATES, VERBS, match_at
from harmonyguard.policies.words import STOP_WORDS, stem, words
from harmonyguard.policy_agent.comparison.phrases import parse_act
from harmonyguard.policy_agent.reading.grammar import is_participle
from harmonyguard.steps import Effect

from .building import term
from .idioms import idioms_in

_JOINTS = re.compile(r"(\s*[,;/]\s*(?:and |or |nor )?|\s+(?:or|and|nor|as well as)\s+)")
_LEAD = re.compile(r"^(?:to )?(?P<verb>[a-z]+)(?P<how> (?:up for|for|to|in|on|of|with))? (?=\w)")
_TAIL = re.compile(r"\b(?:that|which|who|whose|under|by|with|from|into|onto|in|on|at|through|via|for|to|of|as|about)\b")
_ADVERBS = re.compile(r"\b(?:publicly|permanently|online|legally|formally|finally|irrevocably|definitely|ever)\b")
_NARROW: frozenset[Effect] = frozenset({"create", "submit", "update", "change_settings", "execute"})
"""Effects that most acts have: an item is on them only together with the thing that it names."""

_PASSING: frozenset[Effect] = frozenset(
    {"read", "navigate", "search", "authenticate", "enter", "ask_user", "tell_user", "download"}
)
_NAMES_NOTHING = frozenset(
    stem(word)
    for word in """money sum amount cost anything something everything somebody someone anyone people person others
        other data information name user customer client party third outsider behalf thing step action act record
        content item public fund expense form document binding any""".split()
)
"""Objects that leave an item as wide as its verb."""

_USUAL: dict[str, tuple[str, ...]] = {
    stem("apply"): ("application",),
    stem("application"): ("application",),
    stem("sign"): ("contract", "agreement", "petition", "terms"),
    stem("signature"): ("contract", "agreement", "petition", "terms"),
    stem("agree"): ("contract", "agreement", "terms"),
    stem("accept"): ("contract", "agreement", "terms", "offer"),
    stem("enter"): ("contract", "agreement"),
    stem("contract"): ("contract", "agreement"),
    stem("enrol"): ("enrolment", "course"),
    stem("register"): ("account", "registration"),
}
"""What a verb is mostly done to, for items that name no thing."""

_SIGNS_UP = re.compile(
    r"(?:any |new )?(?:sign(?:ing)?[- ]?ups?|registrations?|register(?:ing)?|enrolments?)(?: (?:online|anywhere))?"
)
_HANDS_IN = re.compile(
    r"\b(?:submi(?:t|ts|tting)|sending|send|filing|file)\b(?: (?:in|off))?(?: [a-z]+)? forms?\b|\bforms? submissions?\b"
)

_HELD = frozenset(
    stem(word) for word in "account membership profile subscription contract agreement lease tenancy insurance".split()
)
_OPENS = frozenset(stem(word) for word in "open opening create creation start register registration make set".split())
_CLOSES = frozenset(
    stem(word)
    for word in "close closure delete deletion cancel cancellation end terminate deactivate remove shut".split()
)


_KEPT_IN_FILE = frozenset(stem(word) for word in "store save keep add register enter saving storing adding".split())
_PAID_WITH = tuple(
    tuple(stem(word) for word in pair.split())
    for pair in ("payment card", "credit card", "payment method", "bank card", "payment details", "bank account")
)
"""What can be charged later, once it is kept."""


def listed_acts(acts: str) -> tuple[Term, ...]:
    """The terms of "the act is one of these"; none where fewer than two weigh, or most cannot be read."""
    found = [_terms_of(item) for item in _items_of(acts)]
    common = idioms_in(acts)
    read = sum(map(bool, found)) + len(common)
    if read < _SEVERAL or read * 2 < len(found):
        return ()
    return tuple(dict.fromkeys((*(one for named in found for one in named), *common)))


_SEVERAL = 2


_TOPICS: dict[str, tuple[Term, ...]] = {
    "money": (term("effect", "purchase"),),
    "accounts": (term("act", "create", "is", "account"), term("act", "delete", "is", "account")),
}
"""Things that stand in a list for what is done with them."""

_HELD_ACTS = re.compile(
    r"(?:open|clos|terminat|creat|delet)(?:e|ed|ing)?(?:,? (?:or|and) (?:open|clos|terminat|creat|delet)(?:e|ed|ing)?)+"
    r" (?:(?:an?|any|the|user|customer|new) )*accounts?"
)
"""To open and to close accounts, which are other acts than to open and to close pages."""


def accounts_held(act: str) -> tuple[Term, ...]:
    """The terms of an act that is to make and to end accounts, and nothing else."""
    return tuple(held_acts(act)) if _HELD_ACTS.fullmatch(act.strip()) else ()


def held_acts(item: str) -> list[Term]:
    """ "Opening or closing an account": what is held is made and ended by these, and not looked at."""
    stemmed = {stem(word) for word in words(item)}
    if not (stemmed & _HELD and stemmed & (_OPENS | _CLOSES)):
        return []
    thing = next(one for one in words(item) if stem(one) in _HELD)
    done: list[Effect] = ["create"] if stemmed & _OPENS else []
    if stemmed & _CLOSES:
        done.append("delete")
    return [term("act", effect, "is", thing) for effect in done]


def _items_of(acts: str) -> list[str]:
    """The items, each with its verb and its object.

    Things after the first share its verb ("applying for jobs, credit or benefits"), and verbs before the last share its
    thing ("opening or closing an account").
    """
    items: list[str] = []
    joined: list[bool] = []
    head = ""
    pieces = _JOINTS.split(acts)
    for part, joint in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        part = part.strip(" .:")
        if not part:
            continue
        lead = _LEAD.match(part)
        gerunds = head.partition(" ")[0].endswith("ing")  # "applying for credit, grants": not another verb
        if lead and _is_verb(lead.group("verb"), gerunds=gerunds):
            head = f"{lead.group('verb')}{lead.group('how') or ''}"
        elif _is_verb(part, gerunds=gerunds) or _acts_by_noun(part):
            head = ""
        elif head:
            part = f"{head} {part}"
        items.append(part)
        joined.append("," not in joint and ";" not in joint)
    for number in range(len(items) - 2, -1, -1):
        verb, _, thing = items[number + 1].partition(" ")
        # "Create or delete an account", but "delete or close an account": anything may be deleted.
        alike = verb.endswith("ing") or stem(items[number]) in _OPENS
        if joined[number] and " " not in items[number] and _held_in(thing) and alike:
            items[number] = f"{items[number]} {thing}"
    return items


def _held_in(thing: str) -> bool:
    return bool({stem(word) for word in words(thing)} & _HELD)


def _is_verb(word: str, *, gerunds: bool) -> bool:
    named = not gerunds and (match_at(VERBS, [stem(word)], 0) is not None or stem(word) in _USUAL)
    return " " not in word and (word.endswith("ing") or named)


def _acts_by_noun(part: str) -> bool:
    return any(match_at(NOUNS, [stem(word)], 0) for word in words(part))


def _terms_of(item: str) -> list[Term]:
    item = _ADVERBS.sub(" ", item)
    stemmed = [stem(word) for word in words(item)]
    if (topic := _TOPICS.get(item.strip())) is not None:
        return list(topic)
    if set(words(item)[1:]) & STATES:
        return []  # "deleting archived tickets": on some things only
    if _SIGNS_UP.fullmatch(item):
        return [term("act", "create", "is", one) for one in ("account", "registration", "membership")]
    if _HANDS_IN.search(item):
        return [term("effect", "submit")]
    if held := held_acts(item):
        return held
    if set(stemmed) & _KEPT_IN_FILE and (
        paid_with := next((one for one in _PAID_WITH if set(one) <= set(stemmed)), None)
    ):
        thing = " ".join(word for word in words(item) if stem(word) in paid_with)
        return [term("act", effect, "is", thing) for effect in ("create", "update", "change_settings")]
    named, rest = _verb_of(item)
    effects = sorted(named - _PASSING)
    things = _things_in(rest)
    wide = [effect for effect in effects if effect not in _NARROW]
    narrow = [effect for effect in effects if effect in _NARROW] if not wide else []
    terms = [term("act", effect, "is", one) for effect in wide for one in things]
    terms = terms if things else [term("effect", effect) for effect in wide]
    usual = [one for word in stemmed for one in _USUAL.get(word, ())]
    if usual and not wide:
        terms += [term("act", "submit", "is", one) for one in dict.fromkeys((*things, *usual))]
    if "create" in narrow and things:
        terms += [term("act", "create", "is", one) for one in things]
    return terms


_PERFORMS = frozenset(stem(word) for word in "make complete conclude perform execute finalise finalize".split())
"""Verbs that leave it to their object to say what is done."""


def _verb_of(item: str) -> tuple[frozenset[Effect], str]:
    """The effects of the verb that opens an item, or of the act that it names, and what it says of the thing."""
    tokens = words(item)
    stemmed = [stem(word) for word in tokens]
    if not tokens:
        return frozenset(), ""
    # "Reviews" are written; "make a payment" is to pay.
    by_noun = tokens[-1].endswith("s") if len(tokens) == 1 else stemmed[0] in _PERFORMS
    if by_noun and (named := NOUNS.get((stemmed[-1],))):
        return named, ""
    if hit := match_at(VERBS, stemmed, 0):
        return hit[0], " ".join(tokens[hit[1] :])
    parsed = parse_act(item)
    return parsed.effects, parsed.rest


def _things_in(rest: str) -> list[str]:
    """The things that an item names, by their last word; none where they could be anything."""
    rest = re.sub(r"^(?:to|for|in|on|of|with|into|up for|any|the|an?) ", "", rest.strip())
    head = _TAIL.split(rest)[0]
    kept = [word for word in words(head) if word not in STOP_WORDS]
    kept = [word for word in kept if not is_participle(word)]
    return [kept[-1]] if kept and stem(kept[-1]) not in _NAMES_NOTHING else []

"""Which acts a ban means: effects and senses of its verbs, the things that they act on, and what describes these.

No content word is dropped: what is neither effect nor thing describes the act, and narrows what is certain only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from harmonyguard.policies.atom import Term
from harmonyguard.policies.lexicon import NOUNS, STATES, VERBS, match_at
from harmonyguard.policies.rule import AnyOf
from harmonyguard.policies.senses import senses_in
from harmonyguard.policies.words import STOP_WORDS, stem, words
from harmonyguard.policy_agent.reading import Ban
from harmonyguard.policy_agent.reading.grammar import is_participle, verb_behind
from harmonyguard.steps import EFFECTS, REVERSIBLE_EFFECTS, Effect

from .building import in_state, term
from .changes_by import other_number_of
from .listed_acts import accounts_held
from .noun_phrases import NounPhrase, modifiers_in, noun_phrase
from .telling_things import telling, things_alike

LASTING: tuple[Effect, ...] = tuple(
    e for e in EFFECTS if e not in ("read", "navigate", "search", "authenticate", "ask_user", "tell_user")
)
_SAYING = frozenset(
    stem(word)
    for word in """mention quote cite promise name repeat reveal disclose recommend suggest advise include write
    put type
        paste note contain say state divulge pass hand use share tell leak give express voice""".split()
)
_SAYS: tuple[Effect, ...] = ("send", "share", "submit", "enter", "create", "update", "upload", "tell_user")
_LIGHT = frozenset(
    stem(word)
    for word in """make do execute perform place put issue take give conduct process handle lodge start initiate carry
        grant authorise authorize run set complete finalise move release trigger effect commission""".split()
)
"""Verbs that leave it to their object to say what is done: "transfers are executed", "place an order"."""

_SETS = frozenset(
    stem(word)
    for word in """change alter modify edit update adjust amend correct revise set enter type fill overwrite touch put
        record raise lower increase decrease reduce grant""".split()
)
"""Verbs by which a field is set."""

_SETTING: frozenset[Effect] = frozenset({"update", "enter", "share"})

_ASSIGNS = frozenset(stem(word) for word in "assign reassign".split())
_ASSIGNED = (term("field", "assignee"), term("field", "assigned to"))
"""The fields by which a thing is assigned."""

_STANDS_AS = frozenset(
    "close reopen archive lock approve reject cancel publish resolve escalate suspend deactivate activate".split()
)
"""Senses that a status field can have as its value."""


@dataclass
class Scope:
    """The groups of "the act is this one", and words that could not be typed."""

    groups: list[AnyOf] = field(default_factory=list)
    remainder: list[str] = field(default_factory=list)
    effects: tuple[Effect, ...] = ()


def scope_of(ban: Ban, also_set: tuple[str, ...] = ()) -> Scope:
    """The act that a ban is on; without groups when nothing of it is known.

    `also_set` names fields of which the setting is the act as well.
    """
    if accounts := accounts_held(f"{ban.verb} {ban.what}"):
        return Scope(groups=[AnyOf(terms=accounts)])
    verbs, rest = _verbs(ban.verb)
    what, tail = (ban.what, rest) if ban.what else (rest, "")
    phrase = noun_phrase(what)
    for modifier in modifiers_in(tail):
        phrase.narrow(modifier)
    things, described, states = phrase.names, phrase.described, phrase.states
    for_good = [one for one in phrase.remainder if _FOR_GOOD.search(one)]
    remainder = [one for one in phrase.remainder if one not in for_good]
    held = _held_in(f"{what} {tail}")
    says = any(stem(verb.split()[0]) in _SAYING for verb in verbs)
    effects = _effects_of(verbs, things)
    scope = Scope(remainder=remainder, effects=tuple(sorted(effects)))
    # "Close a ticket of priority P1" tells which is closed; what is changed may be what is told of it.
    changes_state = bool(verbs) and all(senses_in(verb) & _STANDS_AS for verb in verbs)
    settings = _settings(described) if not (says or changes_state) else []
    told: list[str] = []
    if says:
        effects = effects.union(_SAYS)
        scope.effects = tuple(sorted(effects - {"enter", "tell_user"}))
        kept = [one for one in described if one in held]
        told = list(dict.fromkeys(things))
        described = [one for one in described if one not in held and one not in told]
        things = [one for one in kept if not _is_medium(one)]
    elif not states and effects & _SETTING and any(stem(verb.split()[0]) in _SETS for verb in verbs):
        settings += [term("field", thing) for thing in things]
    if not verbs and not things and not described and not told:
        return scope
    if things and not says and all(_COUNTED.match(thing) for thing in things):
        # "Change the number of guests" changes that number, and not a guest.
        scope.groups = list(other_number_of([_COUNTED.sub("", thing) for thing in things], " ".join(verbs)))
        return scope
    named = _done_to(verbs, effects, says=says, on_anything=not things)
    things = telling(verbs, things)
    acts = _acts_named(verbs, things)
    if acts:
        # "Transfers are executed", "place an order": the thing says what is done, and pages may name it otherwise.
        # Money that goes back and a bill that is settled are purchases to a page, and neither is an order.
        telling_verbs = all(senses_in(thing.split()[-1]) for thing in things)
        done = [term("verb", one) for thing in things for one in _verbs_for(thing.split()[-1])] if telling_verbs else []
        done = done or [term("effect", effect) for effect in sorted(acts)]
        named[-1] = AnyOf(terms=(*done, *things_alike(things)))
    elif things:
        named.append(AnyOf(terms=things_alike(things)))
    if things and not says:
        settings += [term("field", "status", "is", state) for verb in verbs for state in states_of(verb)]
    settings += _roles_granted(verbs, things)
    settings += [term("field", word) for word in also_set]
    if phrase.measures:
        named = [AnyOf(terms=(*group.terms, term("effect", "enter"))) if _on_doing(group) else group for group in named]
    if settings:
        # Setting the field is the act as well: the form that would send it need not be sent.
        named = [AnyOf(terms=(*group.terms, *settings)) for group in named]
    if any(stem(verb.split()[0]) in _ASSIGNS for verb in verbs):
        named = [AnyOf(terms=(*group.terms, *_ASSIGNED)) if _on_doing(group) else group for group in named]
    scope.groups = [*named, *(AnyOf(terms=(one,)) for one in phrase.measures)]
    if states:
        scope.groups.append(in_state(states))
    if told:  # "Names, salaries and health data must not be told": each of them is what is told.
        scope.groups.append(AnyOf(terms=tuple(term("described", one) for one in told)))
    scope.groups += [AnyOf(terms=(term("described", one),)) for one in dict.fromkeys(described)]
    scope.groups += [AnyOf(terms=tuple(term("effect", effect) for effect in _LOST)) for _ in for_good[:1]]
    return scope


def _roles_granted(verbs: list[str], things: list[str]) -> list[Term]:
    """ "Grant the editor or owner role": the field of that name is set so. The last thing says what they all are."""
    if not things or not things[-1].endswith((" role", " roles")) or not any(stem(one) in _GRANTS for one in verbs):
        return []
    return [term("field", "role", "is", re.sub(r" roles?$", "", thing)) for thing in things]


_GRANTS = frozenset(stem(word) for word in "grant give assign".split())
_FOR_GOOD = re.compile(
    r"\b(?:can|could) ?not (?:easily |later )?be (?:undone|reversed|reverted|taken back|recovered)\b"
)
_LOST = tuple(e for e in LASTING if e not in REVERSIBLE_EFFECTS and e != "submit")
"""Effects that nothing undoes. That a form is sent says nothing yet of what comes of it."""


def _held_in(text: str) -> frozenset[str]:
    """What stands after "in" or "on": where something is said."""
    held = NounPhrase()
    for modifier in modifiers_in(text):
        if re.match(r"(?:in|into|on|onto)\b", modifier):
            held.narrow(modifier)
    return frozenset(held.described)


def _is_medium(name: str) -> bool:
    """ "In a message": any text may be one."""
    return all(stem(word) in _MEDIA for word in name.split())


_MEDIA = frozenset(
    stem(word)
    for word in """message mail email e answer reply response note text field form page chat comment post output message
        communication internal free public other""".split()
)


def _done_to(verbs: list[str], effects: set[Effect], *, says: bool, on_anything: bool) -> list[AnyOf]:
    """What is done: one of the effects, by one of the verbs. Without a known effect it may be any that lasts."""
    if says or not verbs:
        return [AnyOf(terms=tuple(term("effect", effect) for effect in sorted(effects) or LASTING))]
    carriers: set[Effect] = {"update", "submit"} if effects - _PASSING and not on_anything else set()
    possible = sorted(effects | carriers) if effects else LASTING
    done = tuple(term("verb", verb) for verb in verbs)
    return [AnyOf(terms=tuple(term("effect", effect) for effect in possible)), AnyOf(terms=done)]


def _verbs_for(noun: str) -> tuple[str, ...]:
    """What is done by whom an act's noun tells: who places an order may book as well."""
    return (noun, "book") if senses_in(noun) == senses_in("order") else (noun,)


GOES_BACK = frozenset(stem(word) for word in "refund reimbursement compensation repayment".split())
"""Sums that calls and controls name by their verb: "refund_order"."""


def _acts_named(verbs: list[str], things: list[str]) -> set[Effect]:
    """The effects of things that are acts themselves, when their verb says no more than that they are done."""
    pays = bool(things) and all(stem(thing.split()[-1]) in _MONEY for thing in things)
    if not things or not all(stem(v.split()[0]) in _LIGHT or (pays and stem(v.split()[0]) in _SENDS) for v in verbs):
        return set()
    found = [NOUNS.get((stem(thing.split()[-1]),), frozenset()) for thing in things]
    paid: set[Effect] = {"purchase"} if any(stem(thing.split()[-1]) in _MONEY for thing in things) else set()
    return paid.union(*found) if all(found) or paid else set()


_COUNTED = re.compile(r"^(?:number|count)s? (?:of )?(?=[a-z])")


def _on_doing(group: AnyOf) -> bool:
    return all(one.atom.kind in ("effect", "verb") for one in group.terms)


def _settings(described: list[str]) -> list[Term]:
    """Fields that a description may name: "visibility world" is what the field "Visibility" is set to.

    What only says where a thing is ("outside the company") names none.
    """
    told = [one.split() for one in described]
    return [term("field", word) for one in told if len(one) in (2, 3) and one[0] not in _NAMES_NONE for word in one]


_NAMES_NONE = frozenset(
    """new existing open other current own outside inside within beyond between among across against without towards
    toward per before after until since during with for from in on at by as to contain contains show shows mention
    mentions hold holds include includes have has list lists name names quote quotes carry carries""".split()
)


_PASSING = frozenset({"read", "navigate", "search", "authenticate", "download"})


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|,")


def _verbs(text: str) -> tuple[list[str], str]:
    """The verbs that open a phrase, joined by commas and "or", and what follows them."""
    matches = list(_WORD.finditer(text))
    tokens = [match.group() for match in matches]
    stemmed = [stem(token) for token in tokens]
    found: list[str] = []
    position = last = 0
    while position < len(tokens):
        token, joined = tokens[position], bool(found) and position > last
        hit = match_at(VERBS, stemmed, position) or (match_at(NOUNS, stemmed, position) if not found else None)
        if (
            hit
            and hit[1] > 1
            and is_participle(token)
            and tokens[position + 1] in _PARTICLES
            and tokens[position + 2 : position + 3] == ["the"]
        ):
            hit = (hit[0], 1)  # "logged in the future" is no log-in
        if joined and token in STATES and tokens[position - 1] not in _JOINS and position + 1 < len(tokens):
            break  # "edit closed tickets": the state of a thing, not another verb
        if hit and (joined or not found):
            found.append(" ".join(tokens[position : position + hit[1]]))
            last = position = position + hit[1]
        elif (joined or not found) and (verb := verb_behind(token)) is not None:
            found.append(verb)
            last = position = position + 1
        elif (found and token in _JOINS) or (not found and token in STOP_WORDS and position + 1 < len(tokens)):
            position += 1
        elif not found or (joined and is_participle(token)):
            found.append(token)
            last = position = position + 1
        else:
            break
    return found, text[matches[last - 1].end() :].strip(" ,") if found else text


_PARTICLES = frozenset({"in", "on", "off", "out", "up"})
_JOINS = frozenset({",", "or", "and", "otherwise"})


_SENT_BACK: frozenset[Effect] = frozenset({"update", "purchase"})


def _effects_of(verbs: list[str], things: list[str]) -> set[Effect]:
    effects: set[Effect] = set()
    for verb in verbs:
        stemmed = [stem(word) for word in words(verb)]
        hit = match_at(VERBS, stemmed, 0) or match_at(NOUNS, stemmed, 0)
        effects |= hit[0] if hit else frozenset()
        for thing in things:
            # "Accounts are closed": an account that is closed is gone.
            if (of_thing := match_at(VERBS, [*stemmed, stem(thing.split()[-1])], 0)) and of_thing[1] > len(stemmed):
                effects |= of_thing[0]
        if things and stemmed[:1] == ["return"]:
            # What is sent back, not who goes back.
            effects.discard("navigate")
            effects |= _SENT_BACK
    if any(stem(verb.split()[0]) in _LIGHT for verb in verbs):
        for thing in things:
            last = stem(thing.split()[-1])
            effects |= NOUNS.get((last,), frozenset())
            if last in _MONEY:
                effects.add("purchase")
    return effects


_SENDS = frozenset(stem(word) for word in "send wire transfer pay remit spend".split())
"""Verbs that move money when it is money that they are done to."""

_MONEY = frozenset(stem(word) for word in "money funds payment transfer sum amount deposit".split())


def states_of(verb: str) -> list[str]:
    """What a status reads once the verb is done to its record ("close": "closed"); nothing for most verbs."""
    return [_as_state(verb)] if senses_in(verb) & _STANDS_AS else []


def _as_state(verb: str) -> str:
    word = verb.split()[0]
    if is_participle(word):
        return word
    word = word.removesuffix("ing")
    return f"{word}d" if word.endswith("e") else f"{word}ed"

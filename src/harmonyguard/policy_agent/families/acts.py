"""Which acts a ban means: effects and senses of its verbs, the things that they act on, and what describes these.

No content word is dropped: what is neither effect nor thing describes the act, and narrows what is certain only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from harmonyguard.policies.atom import Term
from harmonyguard.policies.lexicon import GENERIC_OBJECTS, NOUNS, STATES, VERBS, match_at
from harmonyguard.policies.rule import AnyOf
from harmonyguard.policies.senses import senses_in
from harmonyguard.policies.words import STOP_WORDS, stem, words
from harmonyguard.policy_agent.reading import Ban
from harmonyguard.policy_agent.reading.grammar import AGENT, is_participle, verb_behind
from harmonyguard.steps import EFFECTS, REVERSIBLE_EFFECTS, Effect

from .building import in_state, term
from .measures import measure_in
from .telling_things import telling, things_alike, without_system

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
        record""".split()
)
"""Verbs by which a field is set."""

_STANDS_AS = frozenset(
    "close reopen archive lock approve reject cancel publish resolve escalate suspend deactivate activate".split()
)
"""Senses that a status field can have as its value."""

_FRAME = re.compile(
    rf"\b(?:by {AGENT}|online|by hand|manually|elsewhere|anywhere|at all|in any way|on (?:its|their|your|his|her) own"
    r"(?: account| initiative)?|on (?:the |a )?\w+(?:'s|s')? behalf|on behalf of (?:the |a |any )?\w+|in the (?:system"
    r"|application|app|chat|portal)|off it|off them|(?:from|to|into|in|on|off|for) (?:it|them|anyone|anybody|someone"
    r"|others|other people|third parties|another (?:person|party))|of (?:it|them|anyone|anybody|someone)|instead"
    r"|in advance|beforehand|as such|as well|in the"
    r" (?:\w+'s )?(?:place|stead|name)|in place of (?:the )?\w+|under (?:his or her|his|her|their|its|the"
    r" \w+'s?) names?|either)\b"
)
_CUT = re.compile(
    r"(?<![\w-])(?P<cut>in|on|at|from|to|into|onto|with|by|via|through|of|for|that|which|who|whose|as|using"
    r"|regarding|about|under"
    r"|belonging|containing|related|above|over|exceeding|below|between|outside|inside|within|beyond|against|towards?"
    r"|per"
    r"|marked|found|written|older|newer|larger|smaller|longer|shorter|higher|lower|more|less|open|owned|made|placed"
    r"|named"
    r"|called|ending|starting|without|among|across|is|are|was|were|has|have|had|be)(?![\w-])"
)
_DETERMINERS = frozenset(
    """any the a an all each every this that these those such other another no some their its your our my existing
    new specific own of single more two several multiple many few both somebody someone anybody anyone
    people nothing anything him her""".split()
)
_EMPTY = frozenset(
    stem(word) for word in "immediately explicitly directly permanently never again first ever yet already".split()
)
_SPLIT = re.compile(r"\s*(?:,|/|\bor\b|\band\b|&)\s*(?:\bor\b|\band\b)?\s*")


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
    verbs, rest = _verbs(ban.verb)
    what, tail = (ban.what, rest) if ban.what else (rest, "")
    things, described, measures, states, remainder = _things(what)
    for chunk in _chunks(tail):
        _sort(chunk, described, measures, states, remainder)
    for_good = [one for one in remainder if _FOR_GOOD.search(one)]
    remainder = [one for one in remainder if one not in for_good]
    held = _held_in(f"{what} {tail}")
    says = any(stem(verb.split()[0]) in _SAYING for verb in verbs)
    effects = _effects_of(verbs, things)
    scope = Scope(remainder=remainder, effects=tuple(sorted(effects)))
    settings = _settings(described) if not says else []
    if says:
        effects = effects.union(_SAYS)
        scope.effects = tuple(sorted(effects - {"enter", "tell_user"}))
        kept = [one for one in described if one in held]
        described = [*things, *(one for one in described if one not in held)]
        things = [one for one in kept if not _is_medium(one)]
    elif not states and effects & {"update", "enter"} and any(stem(verb.split()[0]) in _SETS for verb in verbs):
        settings += [term("field", thing) for thing in things]
    if not verbs and not things and not described:
        return scope
    named = _done_to(verbs, effects, says=says, on_anything=not things)
    things = telling(verbs, things)
    acts = _acts_named(verbs, things)
    if acts:
        # "Transfers are executed", "place an order": the thing says what is done, and pages may name it otherwise.
        # Money that goes back is a purchase to a page, and most purchases are no refund.
        back = all(stem(thing.split()[-1]) in _GOES_BACK for thing in things)
        done = [term("verb", thing.split()[-1]) for thing in things] if back else []
        done = done or [term("effect", effect) for effect in sorted(acts)]
        named[-1] = AnyOf(terms=(*done, *things_alike(things)))
    elif things:
        named.append(AnyOf(terms=things_alike(things)))
    if things and not says:
        settings += [term("field", "status", "is", state) for verb in verbs for state in states_of(verb)]
    settings += [term("field", word) for word in also_set]
    if measures:
        named = [AnyOf(terms=(*group.terms, term("effect", "enter"))) if _on_doing(group) else group for group in named]
    if settings:
        # Setting the field is the act as well: the form that would send it need not be sent.
        named = [AnyOf(terms=(*group.terms, *settings)) for group in named]
    scope.groups = [*named, *(AnyOf(terms=(one,)) for one in measures)]
    if states:
        scope.groups.append(in_state(states))
    scope.groups += [AnyOf(terms=(term("described", one),)) for one in dict.fromkeys(described)]
    scope.groups += [AnyOf(terms=tuple(term("effect", effect) for effect in _LOST)) for _ in for_good[:1]]
    return scope


_FOR_GOOD = re.compile(
    r"\b(?:can|could) ?not (?:easily |later )?be (?:undone|reversed|reverted|taken back|recovered)\b"
)
_LOST = tuple(e for e in LASTING if e not in REVERSIBLE_EFFECTS and e != "submit")
"""Effects that nothing undoes. That a form is sent says nothing yet of what comes of it."""


def _held_in(text: str) -> frozenset[str]:
    """What stands after "in" or "on": where something is said."""
    found: list[str] = []
    for chunk in _chunks(text):
        if re.match(r"(?:in|into|on|onto)\b", chunk):
            _sort(chunk, found, [], [], [])
    return frozenset(found)


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


_GOES_BACK = frozenset(stem(word) for word in "refund reimbursement compensation repayment".split())


def _acts_named(verbs: list[str], things: list[str]) -> set[Effect]:
    """The effects of things that are acts themselves, when their verb says no more than that they are done."""
    pays = bool(things) and all(stem(thing.split()[-1]) in _MONEY for thing in things)
    if not things or not all(stem(v.split()[0]) in _LIGHT or (pays and stem(v.split()[0]) in _SENDS) for v in verbs):
        return set()
    found = [NOUNS.get((stem(thing.split()[-1]),), frozenset()) for thing in things]
    paid: set[Effect] = {"purchase"} if any(stem(thing.split()[-1]) in _MONEY for thing in things) else set()
    return paid.union(*found) if all(found) or paid else set()


def _on_doing(group: AnyOf) -> bool:
    return all(one.atom.kind in ("effect", "verb") for one in group.terms)


def _settings(described: list[str]) -> list[Term]:
    """Fields that a description may name: "visibility world" is what the field "Visibility" is set to.

    What only says where a thing is ("outside the company") names none.
    """
    told = [one.split() for one in described]
    return [term("field", word) for one in told if len(one) in (2, 3) and one[0] not in _WHERE for word in one]


_WHERE = frozenset("outside inside within beyond between among across against without towards toward per".split())


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


_SENDS = frozenset(stem(word) for word in "send wire transfer pay remit".split())
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


def _things(text: str) -> tuple[list[str], list[str], list[Term], list[str], list[str]]:
    """Names of things, descriptions, measures, states and what is left of a noun phrase."""
    described: list[str] = []
    measures: list[Term] = []
    states: list[str] = []
    remainder: list[str] = []
    alternatives: list[str] = []
    for inner in re.findall(r"\(([^()]*)\)", text):
        if re.search(r"\d", inner) or len(inner.split()) > 8:
            remainder.append(inner)
        else:
            alternatives += [part for part in _SPLIT.split(inner) if part]
    text = _FRAME.sub(" ", re.sub(r"\([^()]*\)", " ", text)).strip(" ,")
    described += ["own"] if _OWN.search(text) else []
    if owned := _OWNED.match(text):
        described += [] if owned["of"] in _NOBODYS else [owned["of"]]
        text = owned["what"]
    if examples := re.search(
        r",?\s*\b(?:such as|for example|for instance|including|like|e\.g\.?)\s+(?P<list>.+)$", text
    ):
        alternatives += [part for part in _SPLIT.split(examples.group("list")) if part]
        text = text[: examples.start()]
    if found := measure_in(text):
        measures.append(found[0])
        text = found[1]
    text = _OF.sub(r"\1 ", text)
    cut = _CUT.search(text, pos=_start(text))
    head, tail = (text[: cut.start()], text[cut.start() :]) if cut else (text, "")
    names = _names(head, states)
    chunks = _chunks(tail)
    if not names and chunks and chunks[0].startswith("of "):
        names = _names(chunks[0], states)
        chunks = chunks[1:] if names else chunks
    for chunk in chunks:
        _sort(chunk, described, measures, states, remainder)
    names += [name for part in alternatives for name in _names(part, [])]
    if not names and (some := _SOME_OF_THEM.match(text.strip())):
        # "Other pages": without what it tells them from, a ban on all of them.
        remainder.append(some.group())
    return list(dict.fromkeys(names)), described, measures, states, remainder


_SOME_OF_THEM = re.compile(r"(?:(?:any|all|the|of|to|on) )*(?:other|another|such|that|these|those)\b.*")
"""A thing that is only told from others of a kind that every act is on."""

_OWN = re.compile(r"\b(?:your|my|his|her|their|our) own (?!\w+ing\b)(?=\w)")
_OWNED = re.compile(r"^(?:the |an? |any |each |every )?(?P<of>[a-z-]+)(?:'s|s') (?P<what>[a-z][a-z -]*)$")
_NOBODYS = frozenset("user customer client person agent assistant somebody someone anybody anyone else".split())
""" "The contact's title" is the title, where it is a contact's. Whose it is when it is the user's, no page says."""

_OF = re.compile(r"\b(number|amount|name|address|date|status|type|level|list)s? of\s+(?:the |a |an |its |their )?")


def _start(text: str) -> int:
    """Where a noun phrase may first be cut: after its determiners, and after the state of "open tickets"."""
    match = re.match(r"^(?:of |the |any |a |an |all |more |that |open (?=\w))+", text)
    return match.end() if match else 0


def _names(head: str, states: list[str]) -> list[str]:
    found: list[str] = []
    for part in _SPLIT.split(head.strip(" ,")):
        kept = [w for w in words(part) if w not in STOP_WORDS and w not in _DETERMINERS and stem(w) not in _EMPTY]
        kept = without_system(kept)
        stating = [word for word in kept[:-1] if word in STATES]
        states += [word for word in stating if word not in states]
        kept = [word for word in kept if word not in stating]
        if kept and not all(stem(word) in GENERIC_OBJECTS for word in kept):
            found.append(" ".join(kept))
    return found


def _chunks(tail: str) -> list[str]:
    """The modifiers of a phrase, one a preposition or relative clause."""
    tail = _FRAME.sub(" ", tail).strip(" ,.")
    if _PARTICIPLES.match(tail):
        return [tail]
    cuts = [
        match.start()
        for match in re.finditer(
            r"(?<![\w-])(?:in|on|at|from|to|into|onto|with|by|via|of|for|that|which|who|as|about|under|within"
            r"|between|without)(?![\w-])",
            tail,
        )
    ]
    bounds = sorted({0, *cuts, len(tail)})
    return [chunk for a, b in pairwise(bounds) if (chunk := tail[a:b].strip(" ,"))]


def _sort(chunk: str, described: list[str], measures: list[Term], states: list[str], remainder: list[str]) -> None:
    """One modifier: a measure, a state, or a description; or one whose words alone would say something else."""
    if match := _IN_A_STATE.match(chunk):
        states += re.findall(r"['\"]([^'\"]+)['\"]", match.group("values"))
        return
    if match := _PARTICIPLES.match(chunk):
        parts = re.split(r",? or |, ", match.group("states"))
        if all(is_participle(part.split()[0]) for part in parts) and any(" " in part for part in parts):
            states += parts
            return
    if found := measure_in(chunk):
        measures.append(found[0])
        chunk = found[1]
    left = [word for word in words(chunk) if word not in STOP_WORDS]
    left = [word for word in left if word not in _RELATIVE]
    if _SAYS_MORE.search(chunk):
        remainder.append(chunk)
    elif left and all(word in STATES for word in left):
        states += left
    elif any(stem(word) not in GENERIC_OBJECTS for word in left):
        described.append(" ".join(left))


_SAYS_MORE = re.compile(
    r"\b(?:not|never|no|nobody|cannot)\b"  # "fields which nobody mentioned"
    r"|\b(?:more|less|fewer|greater|higher|lower) than\b"  # a measure that was not understood
    r"|^to (?:all|every|each) |\bat once$"  # to one of them is another act
)
_IN_A_STATE = re.compile(
    r"^(?:with|in|of|whose|having) (?:an? |the )?(?:status|state|stage|phase)(?: is| of)? "
    r"(?P<values>['\"][^'\"]+['\"](?:(?:,| or|, or)+ ['\"][^'\"]+['\"])*)$"
)
_PARTICIPLES = re.compile(
    r"^(?:that|which) (?:is|are|has been|have been|was|were)(?: already)? (?P<states>[a-z]+(?: (?:in|out|off|up))?"
    r"(?:(?:, | or |, or )[a-z]+(?: (?:in|out|off|up))?)*)$"
)
"""What has been done to a thing, as statuses have it: "checked in", "picked up or written off"."""

_RELATIVE = frozenset("marked found written made placed owned named called already".split())
